namespace Crm.Core.Cli.Report.Charts;

/// <summary>Two bars side by side in each group: actual and expected, customers and value.</summary>
internal static class PairedBars
{
    internal static string Draw(
        Frame frame, string id, string title, string description, (string First, string Second) names, string groupsName, IReadOnlyList<PairedBar> groups, Func<double, string> label)
    {
        var svg = new Svg(frame, id, frame.Height, title, description);
        Axis y = Axis.FromZero(groups.Max(group => Math.Max(group.First, group.Second)), frame.Bottom, frame.Top);
        frame.Grid(svg, y, label);
        double width = (frame.Right - frame.Left) / groups.Count;
        double bar = Math.Min(26, (width - 6) / 2);
        int namedEvery = (int)Math.Ceiling(groups.Max(group => group.Name.Length) * 8.5 / width);
        for (int i = 0; i < groups.Count; i++)
        {
            double middle = frame.Left + ((i + 0.5) * width);
            Bar(svg, frame, "actual", middle - bar - 1, bar, y, groups[i].First, $"{groups[i].Name}: {names.First} {label(groups[i].First)}");
            Bar(svg, frame, "expected", middle + 1, bar, y, groups[i].Second, $"{groups[i].Name}: {names.Second} {label(groups[i].Second)}");
            if (i % namedEvery == 0)
            {
                svg.Label("tick", middle, frame.Bottom + 18, "middle", groups[i].Name);
            }
        }

        svg.Line("axis", frame.Left, frame.Bottom, frame.Right, frame.Bottom);
        frame.XTitle(svg, groupsName);
        frame.Legend(svg, frame.Left, ("actual", names.First), ("expected", names.Second));
        return svg.ToString();
    }

    private static void Bar(Svg svg, Frame frame, string kind, double x, double width, Axis y, double value, string tip) =>
        svg.Rectangle(kind, x, y.At(value), width, frame.Bottom - y.At(value), tip);
}
