using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>How many customers are in both of two segments.</summary>
internal sealed record SegmentOverlap(string One, string Other, long Customers)
{
    internal static IReadOnlyList<SegmentOverlap> Of(Segmented segmented, CancellationToken cancellationToken)
    {
        var overlaps = new List<SegmentOverlap>();
        if (segmented.Members is not { } members)
        {
            return overlaps;
        }

        // A bit for each customer: 64 of them at a time, however many segments each is in.
        SegmentId[] filled = [.. segmented.Segments.Select(segment => segment.Id).Where(id => members.CountOf(id) > 0)];
        for (int one = 0; one < filled.Length; one++)
        {
            for (int other = one + 1; other < filled.Length; other++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (members.OverlapOf(filled[one], filled[other]) is > 0 and var both)
                {
                    overlaps.Add(new(filled[one].ToString(), filled[other].ToString(), both));
                }
            }
        }

        return overlaps;
    }
}
