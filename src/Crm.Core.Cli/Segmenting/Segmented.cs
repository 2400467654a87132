using Crm.Core.Cli.Output;
using Crm.Core.Histories;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Cli.Segmenting;

/// <summary>A base in segments, as it stands and as it stood on an earlier day.</summary>
internal sealed record Segmented
{
    /// <summary>The rule of <see cref="Main"/>, in words.</summary>
    internal const string WhichCounts =
        "For who moved from where to where a customer in several segments counts in the one deepest below its parents, and of equally deep ones in the first in the file.";

    /// <summary>Gets how the segments were made: "rules", "rfm" or "discovered".</summary>
    internal required string By { get; init; }

    /// <summary>Gets the segments.</summary>
    internal required IReadOnlyList<Segment> Segments { get; init; }

    /// <summary>Gets the histories through the last day.</summary>
    internal required PurchaseHistories Histories { get; init; }

    /// <summary>Gets for each customer the places of their segments.</summary>
    internal required IReadOnlyList<IReadOnlyList<int>> Now { get; init; }

    /// <summary>Gets where customers were on the earlier day; null where there is none with which to compare.</summary>
    internal EarlierSegments? Before { get; init; }

    /// <summary>Gets the earlier day.</summary>
    internal LocalDate? Since { get; init; }

    /// <summary>Gets who is in which segment where a customer can be in several; null where nobody can.</summary>
    internal SegmentMembers? Members { get; init; }

    /// <summary>Gets how a file of customers fits; null where there is none.</summary>
    internal CustomersFound? CustomersFile { get; init; }

    /// <summary>Gets the RFM scores; null where there are none.</summary>
    internal RfmTable? Rfm { get; init; }

    /// <summary>Gets what was found in the data; null where nothing was looked for.</summary>
    internal DiscoveredSegments? Found { get; init; }

    /// <summary>Gets for each customer how probable the segment is that was found; empty where none was looked for.</summary>
    internal double[] Probabilities { get; init; } = [];

    /// <summary>Gets what to know of how the segments were made, a sentence each.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets the one segment that counts for who has gone where: the deepest, of equally deep ones the first; −1 for none.</summary>
    internal int Main(IReadOnlyList<int>? places)
    {
        int main = -1;
        foreach (int place in places ?? [])
        {
            main = main < 0 || Depths[place] > Depths[main] || (Depths[place] == Depths[main] && place < main) ? place : main;
        }

        return main;
    }

    private int[] Depths => field ??= DepthsOf(Segments);

    private static int[] DepthsOf(IReadOnlyList<Segment> segments)
    {
        var byId = segments.ToDictionary(segment => segment.Id);
        return [.. segments.Select(segment =>
        {
            int depth = 0;
            for (Segment? at = segment; at is not null; at = byId.GetValueOrDefault(at.Parent))
            {
                depth++;
            }

            return depth;
        })];
    }
}
