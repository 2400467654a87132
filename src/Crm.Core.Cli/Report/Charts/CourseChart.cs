using System.Globalization;
using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>What was done and what was expected over time, with the band of what may happen and the test period shaded.</summary>
internal static class CourseChart
{
    private const double LabelWidth = 62;
    private const int ManyWeeks = 120;

    /// <summary>Draws the chart; points are in the order of time.</summary>
    internal static string Draw(
        Frame frame, string id, string title, string description, IReadOnlyList<CoursePoint> points, TrackedSums tracked, ReportNumbers numbers)
    {
        var svg = new Svg(frame, id, frame.Height, title, description);
        double most = points.Max(point => Math.Max(Math.Max(point.Actual, point.Expected), point.High ?? 0));
        Axis y = Axis.FromZero(most, frame.Bottom, frame.Top);
        Axis x = Axis.Of(0, points.Count - 1, frame.Left + 4, frame.Right);
        Shade(svg, frame, tracked, points.Count, x);
        frame.Grid(svg, y, numbers.Short);
        Days(svg, frame, points, x);
        if (points.All(point => point.High is not null))
        {
            svg.Polygon("band", [
                .. points.Select((point, i) => (x.At(i), y.At(point.High!.Value))),
                .. points.Select((point, i) => (x.At(i), y.At(point.Low!.Value))).Reverse()]);
        }

        svg.Polyline(points.Count > ManyWeeks ? "line-actual thin" : "line-actual", points.Select((point, i) => (x.At(i), y.At(point.Actual))));
        svg.Polyline("line-expected", points.Select((point, i) => (x.At(i), y.At(point.Expected))));
        frame.Legend(svg, frame.Left, ("actual", "actual"), ("expected", "expected"), ("band", $"{numbers.Level(tracked.Level)} band"));
        return svg.ToString();
    }

    // A week stands at its last day, so that day d of the data, counted from 1, stands at d / 7 − 1.
    private static void Shade(Svg svg, Frame frame, TrackedSums tracked, int weeks, Axis x)
    {
        double known = (tracked.KnownDays / 7.0) - 1;
        if (tracked.HeldOutDays == 0 || known >= weeks - 1)
        {
            return;
        }

        double from = x.At(Math.Max(0, known));
        svg.Rectangle("held-out", from, frame.Top, frame.Right - from, frame.Bottom - frame.Top);
        svg.Label("tick", Math.Min(from + 6, frame.Right - 60), frame.Top + 14, "start", "held out");
    }

    // Some days are named, evenly, the first one always; one too near the edge is not.
    private static void Days(Svg svg, Frame frame, IReadOnlyList<CoursePoint> points, Axis x)
    {
        int spaces = (int)((frame.Right - frame.Left) / (1.4 * LabelWidth));
        int step = Math.Max(1, (points.Count - 1) / spaces);
        for (int i = 0; i < points.Count && (i == 0 || x.At(i) - (i == step ? frame.Left : x.At(i - step)) >= LabelWidth); i += step)
        {
            svg.Line("axis", x.At(i), frame.Bottom, x.At(i), frame.Bottom + 4);
            bool isAtEdge = x.At(i) + (LabelWidth / 2) > frame.Right;
            if (!isAtEdge || x.At(i) - x.At(Math.Max(0, i - step)) >= 1.5 * LabelWidth)
            {
                string anchor = i == 0 ? "start" : isAtEdge ? "end" : "middle";
                svg.Label("tick", isAtEdge ? frame.Right : x.At(i), frame.Bottom + 18, anchor, DateTime.ParseExact(points[i].LastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                    .ToString("MMM yyyy", CultureInfo.InvariantCulture));
            }
        }

        svg.Line("axis", frame.Left, frame.Bottom, frame.Right, frame.Bottom);
        frame.XTitle(svg, "week ending in");
    }
}
