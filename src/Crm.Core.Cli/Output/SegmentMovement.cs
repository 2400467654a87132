using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>How many customers are where they were on the earlier day.</summary>
/// <param name="Stayed">Who is in the same segment, or in none on both days; of several the one that counts.</param>
/// <param name="Moved">Who is in another one.</param>
/// <param name="New">Who had not bought by the earlier day.</param>
/// <param name="Gone">Who is a customer no more, having given all back.</param>
/// <param name="Changed">Of those who stayed and those who moved: who came into or left any segment.</param>
internal sealed record SegmentMovement(long Stayed, long Moved, long New, long Gone, long Changed)
{
    internal static SegmentMovement? Of(Segmented segmented)
    {
        if (segmented.Before is not { } earlier)
        {
            return null;
        }

        var (stayed, moved, joined, changed) = (0L, 0L, 0L, 0L);
        for (int row = 0; row < segmented.Now.Count; row++)
        {
            if (earlier.OfCustomers[row] is not { } before)
            {
                joined++;
                continue;
            }

            bool isSame = segmented.Main(before) == segmented.Main(segmented.Now[row]);
            stayed += isSame ? 1 : 0;
            moved += isSame ? 0 : 1;
            changed += before.SequenceEqual(segmented.Now[row]) ? 0 : 1;
        }

        return new(stayed, moved, joined, earlier.OfGone.Count, changed);
    }
}
