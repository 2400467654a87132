using System.Globalization;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>What was done and what was expected over time, with the band of what may happen and the test period shaded.</summary>
internal static class CourseChart
{
    /// <summary>Draws the chart; points are in the order of time.</summary>
    internal static string Draw(string id, string title, string description, IReadOnlyList<CoursePoint> points, ReportNumbers numbers)
    {
        var svg = new Svg(id, Frame.Width, Frame.Height, title, description);
        double most = points.Max(point => Math.Max(Math.Max(point.Actual, point.Expected), point.High ?? 0));
        Axis y = Axis.FromZero(most, Frame.Bottom, Frame.Top);
        Axis x = Axis.Of(0, points.Count - 1, Frame.Left + 4, Frame.Right);
        Shade(svg, points, x);
        Frame.Grid(svg, y, numbers.Short);
        Days(svg, points, x);
        if (points.All(point => point.High is not null))
        {
            svg.Polygon("band", [
                .. points.Select((point, i) => (x.At(i), y.At(point.High!.Value))),
                .. points.Select((point, i) => (x.At(i), y.At(point.Low!.Value))).Reverse()]);
        }

        svg.Polyline("line-expected", points.Select((point, i) => (x.At(i), y.At(point.Expected))));
        svg.Polyline("line-actual", points.Select((point, i) => (x.At(i), y.At(point.Actual))));
        Frame.Legend(svg, ("actual", "actual"), ("expected", "expected"), ("band", "what may happen"));
        return svg.ToString();
    }

    private static void Shade(Svg svg, IReadOnlyList<CoursePoint> points, Axis x)
    {
        int first = points.TakeWhile(point => !point.IsHeldOut).Count();
        if (first == points.Count)
        {
            return;
        }

        double from = first == 0 ? Frame.Left : x.At(first - 0.5);
        svg.Rectangle("held-out", from, Frame.Top, Frame.Right - from, Frame.Bottom - Frame.Top);
        svg.Label("tick", Math.Min(from + 6, Frame.Right - 60), Frame.Top + 14, "start", "held out");
    }

    // About five days are named, evenly, the first one always.
    private static void Days(Svg svg, IReadOnlyList<CoursePoint> points, Axis x)
    {
        int step = Math.Max(1, (points.Count - 1) / 4);
        for (int i = 0; i < points.Count; i += step)
        {
            string anchor = i == 0 ? "start" : i + step >= points.Count ? "end" : "middle";
            svg.Line("axis", x.At(i), Frame.Bottom, x.At(i), Frame.Bottom + 4);
            svg.Label("tick", x.At(i), Frame.Bottom + 18, anchor, DateTime.ParseExact(points[i].LastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                .ToString("MMM yyyy", CultureInfo.InvariantCulture));
        }

        svg.Line("axis", Frame.Left, Frame.Bottom, Frame.Right, Frame.Bottom);
        Frame.XTitle(svg, "week ending in");
    }
}
