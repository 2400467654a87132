namespace Crm.Core.Cli.Report.Charts;

/// <summary>The frame that the charts share: size, margins, grid, the height of what is drawn.</summary>
/// <remarks>
/// A drawing shrinks and grows with the page, and its letters with it. So each is made twice, with letters of one size: roomy for a desk, and
/// narrow for a phone and for paper, where the roomy one would be too small to read. The style of the page shows the one that fits.
/// </remarks>
internal sealed class Frame
{
    private const double LegendLetter = 7.4;

    private readonly double _legendMark;

    private Frame(string kind, double width, double height, double left, double legendMark)
    {
        (Kind, Width, Height, Left, _legendMark) = (kind, width, height, left, legendMark);
    }

    internal static Frame Roomy { get; } = new("roomy", 440, 280, 48, 40);

    internal static Frame Narrow { get; } = new("narrow", 304, 236, 46, 30);

    /// <summary>Gets the name by which the style knows it.</summary>
    internal string Kind { get; }

    internal double Width { get; }

    internal double Height { get; }

    internal double Left { get; }

    internal double Right => Width - 10;

    internal double Top { get; } = 34;

    internal double Bottom => Height - 44;

    internal bool IsNarrow => this == Narrow;

    internal void Grid(Svg svg, Axis y, Func<double, string> label)
    {
        foreach (double tick in y.Ticks)
        {
            svg.Line("grid", Left, y.At(tick), Right, y.At(tick));
            svg.Label("tick", Left - 6, y.At(tick) + 4, "end", label(tick));
        }
    }

    internal void XTitle(Svg svg, string text) => svg.Label("tick", (Left + Right) / 2, Height - 6, "middle", text);

    /// <summary>Names the series above the drawing, each behind a mark of its own.</summary>
    internal void Legend(Svg svg, double from, params ReadOnlySpan<(string Kind, string Name)> series)
    {
        double x = from;
        foreach (var (kind, name) in series)
        {
            svg.Rectangle(kind, x, 10, 14, 10);
            svg.Label("legend", x + 20, 19, "start", name);
            x += _legendMark + (LegendLetter * name.Length);
        }
    }
}
