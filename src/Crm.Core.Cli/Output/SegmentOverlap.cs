using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>How many customers are in both of two segments.</summary>
internal sealed record SegmentOverlap(string One, string Other, long Customers)
{
    internal static IReadOnlyList<SegmentOverlap> Of(Segmented segmented)
    {
        if (!segmented.IsOverlapping)
        {
            return [];
        }

        var counts = new Dictionary<(int One, int Other), long>();
        foreach (IReadOnlyList<int> places in segmented.Now)
        {
            for (int one = 0; one < places.Count; one++)
            {
                for (int other = one + 1; other < places.Count; other++)
                {
                    var key = (places[one], places[other]);
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
            }
        }

        return [.. counts.OrderBy(entry => entry.Key).Select(entry => new SegmentOverlap(
            segmented.Segments[entry.Key.One].Id.ToString(), segmented.Segments[entry.Key.Other].Id.ToString(), entry.Value))];
    }
}
