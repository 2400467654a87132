using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>The concentration curve: what part of the value the most valuable customers hold, beside what equal customers would.</summary>
internal static class ConcentrationChart
{
    internal static string Draw(Frame frame, string id, string title, string description, IReadOnlyList<ConcentrationPoint> curve, ReportNumbers numbers)
    {
        var svg = new Svg(frame, id, frame.Height, title, description);
        Axis x = Axis.Of(0, 1, frame.Left, frame.Right, frame.IsNarrow ? 4 : 5);
        Axis y = Axis.Of(0, Math.Max(1, curve.Max(point => point.ShareOfValue)), frame.Bottom, frame.Top - 12);
        frame.Grid(svg, y, share => numbers.Percent(share, 0));
        foreach (double tick in x.Ticks)
        {
            svg.Label("tick", x.At(tick), frame.Bottom + 18, tick == 1 ? "end" : "middle", numbers.Percent(tick, 0));
        }

        svg.Polyline("line-equal", [(x.At(0), y.At(0)), (x.At(1), y.At(1))]);
        svg.Polygon("under", [.. curve.Select(point => (x.At(point.ShareOfCustomers), y.At(point.ShareOfValue))), (x.At(1), y.At(1))]);
        svg.Polyline("line-expected", curve.Select(point => (x.At(point.ShareOfCustomers), y.At(point.ShareOfValue))));
        foreach (ConcentrationPoint point in (ConcentrationPoint[])[Nearest(curve, 0.05), Nearest(curve, 0.20)])
        {
            svg.Circle("dot", x.At(point.ShareOfCustomers), y.At(point.ShareOfValue), 4);
            svg.Label("mark", x.At(point.ShareOfCustomers) + 9, y.At(point.ShareOfValue) + 14, "start",
                $"top {numbers.Percent(point.ShareOfCustomers, 0)}: {numbers.Percent(point.ShareOfValue, 0)}");
        }

        svg.Line("axis", frame.Left, frame.Bottom, frame.Right, frame.Bottom);
        frame.XTitle(svg, "share of customers, most valuable first");
        return svg.ToString();
    }

    private static ConcentrationPoint Nearest(IReadOnlyList<ConcentrationPoint> curve, double share) =>
        curve.MinBy(point => Math.Abs(point.ShareOfCustomers - share))!;
}
