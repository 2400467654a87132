namespace Crm.Core.Cli.Report.Charts;

/// <summary>Names one below the other, each with one or two bars to the right: for names too long to stand below a bar.</summary>
internal static class BarList
{
    private const double Above = 30;
    private const double LetterWidth = 7.2;

    internal static string Draw(
        Frame frame, string id, string title, string description, (string First, string Second) names, IReadOnlyList<PairedBar> groups, Func<double, string> label)
    {
        bool isPaired = names.Second.Length > 0;
        double row = isPaired ? 40 : 24;
        var svg = new Svg(frame, id, Above + (groups.Count * row) + 6, title, description);
        double from = frame.IsNarrow ? 108 : 160;
        double length = frame.Right - from - 46;
        double most = groups.Count == 0 ? 1 : Math.Max(1e-9, groups.Max(group => Math.Max(group.First, group.Second)));
        int letters = (int)((from - 10) / LetterWidth);
        for (int i = 0; i < groups.Count; i++)
        {
            double top = Above + (i * row);
            string name = groups[i].Name.Length <= letters ? groups[i].Name : string.Concat(groups[i].Name.AsSpan(0, letters - 1), "…");
            svg.Label("mark", from - 8, top + (isPaired ? 21 : 14), "end", name);
            Bar(svg, "actual", from, length, top + 2, groups[i].First / most, $"{groups[i].Name}: {names.First} {label(groups[i].First)}", label(groups[i].First));
            if (isPaired)
            {
                Bar(svg, "expected", from, length, top + 18, groups[i].Second / most, $"{groups[i].Name}: {names.Second} {label(groups[i].Second)}", label(groups[i].Second));
            }
        }

        frame.Legend(svg, from, isPaired ? [("actual", names.First), ("expected", names.Second)] : [("actual", names.First)]);
        return svg.ToString();
    }

    private static void Bar(Svg svg, string kind, double from, double greatest, double y, double part, string tip, string label)
    {
        double width = Math.Max(1.5, Math.Max(0, part) * greatest);
        svg.Rectangle(kind, from, y, width, 14, tip);
        svg.Label("tick", from + width + 5, y + 11.5, "start", label);
    }
}
