using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>A segment: how large, what its customers spent, who came and went.</summary>
internal sealed record SegmentLine
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? Parent { get; init; }

    /// <summary>Gets who is in it, in words.</summary>
    public required string? Words { get; init; }

    public required long Customers { get; init; }

    public required double ShareOfCustomers { get; init; }

    /// <summary>Gets what its customers spent, less what was given back; null where there are no amounts.</summary>
    public required double? Spent { get; init; }

    public required double? ShareOfSpent { get; init; }

    public required double? MeanSpent { get; init; }

    /// <summary>Gets how many are in it who were not on the earlier day, new customers among them; null where there is none.</summary>
    public required long? Entered { get; init; }

    /// <summary>Gets how many were in it on the earlier day and are not any more, those who gave all back among them; null where there is none.</summary>
    public required long? Left { get; init; }

    internal static IReadOnlyList<SegmentLine> Of(Segmented segmented)
    {
        int count = segmented.Segments.Count;
        var (customers, entered, left) = (new long[count], new long[count], new long[count]);
        var sums = new double[count];
        ReadOnlySpan<double> spent = segmented.Histories.TotalSpend;
        double total = 0;
        int[] wasIn = new int[count]; // by segment the last customer who was in it, from 1
        for (int row = 0; row < segmented.Now.Count; row++)
        {
            double own = spent.Length == 0 ? 0 : spent[row];
            total += own;
            foreach (int place in segmented.Before?.OfCustomers[row] ?? [])
            {
                wasIn[place] = row + 1;
                left[place]++;
            }

            foreach (int place in segmented.Now[row])
            {
                customers[place]++;
                sums[place] += own;
                bool stayed = wasIn[place] == row + 1;
                entered[place] += stayed ? 0 : 1;
                left[place] -= stayed ? 1 : 0;
            }
        }

        foreach (int place in segmented.Before?.OfGone.SelectMany(places => places) ?? [])
        {
            left[place]++;
        }

        bool hasSpent = spent.Length > 0;
        return [.. segmented.Segments.Index().Select(entry => new SegmentLine
        {
            Id = entry.Item.Id.ToString(),
            Name = entry.Item.Name,
            Parent = entry.Item.Parent == SegmentId.None ? null : entry.Item.Parent.ToString(),
            Words = entry.Item.Words,
            Customers = customers[entry.Index],
            ShareOfCustomers = segmented.Now.Count == 0 ? 0 : (double)customers[entry.Index] / segmented.Now.Count,
            Spent = hasSpent ? sums[entry.Index] : null,
            ShareOfSpent = hasSpent && total > 0 ? sums[entry.Index] / total : null,
            MeanSpent = hasSpent && customers[entry.Index] > 0 ? sums[entry.Index] / customers[entry.Index] : null,
            Entered = segmented.Before is null ? null : entered[entry.Index],
            Left = segmented.Before is null ? null : left[entry.Index],
        })];
    }
}
