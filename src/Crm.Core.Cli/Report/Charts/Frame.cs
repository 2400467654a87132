namespace Crm.Core.Cli.Report.Charts;

/// <summary>The frame that the charts share: size, margins, grid, the height of what is drawn.</summary>
internal static class Frame
{
    internal const double Width = 440;
    internal const double Height = 280;
    internal const double Left = 48;
    internal const double Right = Width - 10;
    internal const double Top = 34;
    internal const double Bottom = Height - 44;

    internal static void Grid(Svg svg, Axis y, Func<double, string> label)
    {
        foreach (double tick in y.Ticks)
        {
            svg.Line("grid", Left, y.At(tick), Right, y.At(tick));
            svg.Label("tick", Left - 6, y.At(tick) + 4, "end", label(tick));
        }
    }

    internal static void XTitle(Svg svg, string text) => svg.Label("tick", (Left + Right) / 2, Height - 6, "middle", text);

    /// <summary>Names the two series above the drawing, each behind a mark of its own.</summary>
    internal static void Legend(Svg svg, params ReadOnlySpan<(string Kind, string Name)> series)
    {
        double x = Left;
        foreach (var (kind, name) in series)
        {
            svg.Rectangle(kind, x, 10, 14, 10);
            svg.Label("legend", x + 20, 19, "start", name);
            x += 40 + (7.4 * name.Length);
        }
    }
}
