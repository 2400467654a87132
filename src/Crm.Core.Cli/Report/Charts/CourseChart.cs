using System.Globalization;
using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>What was done and what was expected over time, with the band of what may happen and the test period shaded.</summary>
internal static class CourseChart
{
    private const double LabelWidth = 62;
    private const int ManyWeeks = 120;

    /// <summary>Draws the chart; points are in the order of time.</summary>
    internal static string Draw(string id, string title, string description, IReadOnlyList<CoursePoint> points, TrackedSums tracked, ReportNumbers numbers)
    {
        var svg = new Svg(id, Frame.Width, Frame.Height, title, description);
        double most = points.Max(point => Math.Max(Math.Max(point.Actual, point.Expected), point.High ?? 0));
        Axis y = Axis.FromZero(most, Frame.Bottom, Frame.Top);
        Axis x = Axis.Of(0, points.Count - 1, Frame.Left + 4, Frame.Right);
        Shade(svg, tracked, points.Count, x);
        Frame.Grid(svg, y, numbers.Short);
        Days(svg, points, x);
        if (points.All(point => point.High is not null))
        {
            svg.Polygon("band", [
                .. points.Select((point, i) => (x.At(i), y.At(point.High!.Value))),
                .. points.Select((point, i) => (x.At(i), y.At(point.Low!.Value))).Reverse()]);
        }

        svg.Polyline(points.Count > ManyWeeks ? "line-actual thin" : "line-actual", points.Select((point, i) => (x.At(i), y.At(point.Actual))));
        svg.Polyline("line-expected", points.Select((point, i) => (x.At(i), y.At(point.Expected))));
        Frame.Legend(svg, ("actual", "actual"), ("expected", "expected"), ("band", $"{numbers.Level(tracked.Level)} band"));
        return svg.ToString();
    }

    // A week stands at its last day, so that day d of the data, counted from 1, stands at d / 7 − 1.
    private static void Shade(Svg svg, TrackedSums tracked, int weeks, Axis x)
    {
        double known = (tracked.KnownDays / 7.0) - 1;
        if (tracked.HeldOutDays == 0 || known >= weeks - 1)
        {
            return;
        }

        double from = x.At(Math.Max(0, known));
        svg.Rectangle("held-out", from, Frame.Top, Frame.Right - from, Frame.Bottom - Frame.Top);
        svg.Label("tick", Math.Min(from + 6, Frame.Right - 60), Frame.Top + 14, "start", "held out");
    }

    // About five days are named, evenly, the first one always; one too near the edge is not.
    private static void Days(Svg svg, IReadOnlyList<CoursePoint> points, Axis x)
    {
        int step = Math.Max(1, (points.Count - 1) / 4);
        for (int i = 0; i < points.Count && (i == 0 || x.At(i) - (i == step ? Frame.Left : x.At(i - step)) >= LabelWidth); i += step)
        {
            svg.Line("axis", x.At(i), Frame.Bottom, x.At(i), Frame.Bottom + 4);
            bool isAtEdge = x.At(i) + (LabelWidth / 2) > Frame.Right;
            if (!isAtEdge || x.At(i) - x.At(Math.Max(0, i - step)) >= 1.5 * LabelWidth)
            {
                string anchor = i == 0 ? "start" : isAtEdge ? "end" : "middle";
                svg.Label("tick", isAtEdge ? Frame.Right : x.At(i), Frame.Bottom + 18, anchor, DateTime.ParseExact(points[i].LastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                    .ToString("MMM yyyy", CultureInfo.InvariantCulture));
            }
        }

        svg.Line("axis", Frame.Left, Frame.Bottom, Frame.Right, Frame.Bottom);
        Frame.XTitle(svg, "week ending in");
    }
}
