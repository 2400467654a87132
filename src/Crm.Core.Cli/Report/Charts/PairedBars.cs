namespace Crm.Core.Cli.Report.Charts;

/// <summary>Two bars side by side in each group: actual and expected, customers and value.</summary>
internal static class PairedBars
{
    internal static string Draw(
        string id, string title, string description, (string First, string Second) names, string groupsName, IReadOnlyList<PairedBar> groups, Func<double, string> label)
    {
        var svg = new Svg(id, Frame.Width, Frame.Height, title, description);
        Axis y = Axis.FromZero(groups.Max(group => Math.Max(group.First, group.Second)), Frame.Bottom, Frame.Top);
        Frame.Grid(svg, y, label);
        double width = (Frame.Right - Frame.Left) / groups.Count;
        double bar = Math.Min(26, (width - 6) / 2);
        int namedEvery = (int)Math.Ceiling(groups.Max(group => group.Name.Length) * 8.5 / width);
        for (int i = 0; i < groups.Count; i++)
        {
            double middle = Frame.Left + ((i + 0.5) * width);
            Bar(svg, "actual", middle - bar - 1, bar, y, groups[i].First, $"{groups[i].Name}: {names.First} {label(groups[i].First)}");
            Bar(svg, "expected", middle + 1, bar, y, groups[i].Second, $"{groups[i].Name}: {names.Second} {label(groups[i].Second)}");
            if (i % namedEvery == 0)
            {
                svg.Label("tick", middle, Frame.Bottom + 18, "middle", groups[i].Name);
            }
        }

        svg.Line("axis", Frame.Left, Frame.Bottom, Frame.Right, Frame.Bottom);
        Frame.XTitle(svg, groupsName);
        Frame.Legend(svg, ("actual", names.First), ("expected", names.Second));
        return svg.ToString();
    }

    private static void Bar(Svg svg, string kind, double x, double width, Axis y, double value, string tip) =>
        svg.Rectangle(kind, x, y.At(value), width, Frame.Bottom - y.At(value), tip);
}
