using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>Lorenz curves: what part of the value the least valuable customers hold together, now and before; the nearer to the line of equal customers, the more alike they are.</summary>
internal static class LorenzChart
{
    internal static string Draw(Frame frame, string id, string title, string description, (string Name, IReadOnlyList<LorenzPoint> Curve) now, (string Name, IReadOnlyList<LorenzPoint> Curve) before, ReportNumbers numbers)
    {
        var svg = new Svg(frame, id, frame.Height, title, description);
        double least = Math.Min(0, now.Curve.Concat(before.Curve).Min(point => point.ShareOfValue));
        Axis x = Axis.Of(0, 1, frame.Left, frame.Right, frame.IsNarrow ? 4 : 5);
        Axis y = Axis.Of(least, 1, frame.Bottom, frame.Top - 6);
        frame.Grid(svg, y, share => numbers.Percent(share, 0));
        foreach (double tick in x.Ticks)
        {
            svg.Label("tick", x.At(tick), frame.Bottom + 18, tick == 1 ? "end" : "middle", numbers.Percent(tick, 0));
        }

        (double X, double Y) At(LorenzPoint point) => (x.At(point.ShareOfCustomers), y.At(point.ShareOfValue));
        svg.Polyline("line-equal", [(x.At(0), y.At(0)), (x.At(1), y.At(1))]);
        svg.Polyline("line-actual", now.Curve.Select(At));
        if (before.Curve.Count > 0)
        {
            svg.Polyline("line-expected", before.Curve.Select(At));
            frame.Legend(svg, frame.Left, ("actual", now.Name), ("expected", before.Name));
        }

        svg.Line("axis", frame.Left, y.At(0), frame.Right, y.At(0));
        frame.XTitle(svg, "share of customers, least valuable first");
        return svg.ToString();
    }
}
