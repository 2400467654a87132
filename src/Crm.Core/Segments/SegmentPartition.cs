namespace Crm.Core.Segments;

/// <summary>A base divided: every customer in one segment, or in none.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SegmentPartition
{
    private readonly SegmentMembers _members;
    private readonly int[] _segments;
    private readonly long[] _counts;

    private SegmentPartition(SegmentMembers members, int[] segments, long[] counts, SegmentFold[] folds)
    {
        (_members, _segments, _counts, Folds) = (members, segments, counts, Array.AsReadOnly(folds));
    }

    /// <summary>Gets the segments that were left with too few and fell back on their parents, in the order in which they did.</summary>
    public IReadOnlyList<SegmentFold> Folds { get; }

    /// <summary>Gets how many customers are in no segment.</summary>
    public long Unassigned => _counts[^1];

    /// <summary>Gives the segment of a customer.</summary>
    /// <param name="row">The row of the customer.</param>
    /// <returns>The segment; <see cref="SegmentId.None"/> for one who is in none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public SegmentId SegmentOf(int row)
    {
        int segment = _segments[Guard.Row(row, _segments.Length)];
        return segment < 0 ? SegmentId.None : _members.Book.Definitions[segment].Segment.Id;
    }

    /// <summary>Gives the size of every segment that has any, and what its customers are worth.</summary>
    /// <param name="values">What each customer is worth; finite, of any sign; empty where that does not matter.</param>
    /// <returns>A summary for each segment that has a customer, in the order of the book.</returns>
    /// <exception cref="ArgumentException">The length is not that of the base.</exception>
    /// <exception cref="RowFaultsException">A value is not finite; the first 20 are named, with their total.</exception>
    public IReadOnlyList<SegmentSummary> Summaries(ReadOnlySpan<double> values = default)
    {
        _members.CheckValues(values);
        var sums = new double[_counts.Length];
        for (int row = 0; row < values.Length; row++)
        {
            sums[_segments[row] < 0 ? ^1 : _segments[row]] += values[row];
        }

        double? total = values.Length == 0 ? null : SegmentMembers.SumOf(values, null);
        return Array.AsReadOnly([.. _members.Book.Definitions.Index().Where(entry => _counts[entry.Index] > 0).Select(entry => new SegmentSummary
        {
            Segment = entry.Item.Segment,
            Customers = _counts[entry.Index],
            Base = _segments.Length,
            Value = total is null ? null : sums[entry.Index],
            BaseValue = total,
        })]);
    }

    internal static SegmentPartition Of(SegmentMembers members, long leastSize)
    {
        SegmentBook book = members.Book;
        int[] parents = [.. book.Definitions.Select(definition => definition.Segment.Parent == SegmentId.None ? -1 : book.IndexOf(definition.Segment.Parent))];
        int[] depths = [.. parents.Select((_, place) => Depth(place, parents))];
        int[] deepestFirst = [.. Enumerable.Range(0, parents.Length).OrderByDescending(place => depths[place]).ThenBy(place => place)];
        var segments = new int[members.Ids.Count];
        var counts = new long[parents.Length + 1];
        for (int row = 0; row < segments.Length; row++)
        {
            segments[row] = First(members, row, deepestFirst);
            counts[segments[row] < 0 ? ^1 : segments[row]]++;
        }

        int[] takers = [.. Enumerable.Range(0, parents.Length)];
        SegmentFold[] folds = [.. Fold(book, deepestFirst, parents, counts, takers, leastSize)];
        for (int row = 0; folds.Length > 0 && row < segments.Length; row++)
        {
            while (segments[row] >= 0 && takers[segments[row]] != segments[row])
            {
                segments[row] = takers[segments[row]];
            }
        }

        return new(members, segments, counts, folds);
    }

    // Deepest first, so that what falls back on a parent counts before the parent is looked at.
    private static IEnumerable<SegmentFold> Fold(SegmentBook book, int[] deepestFirst, int[] parents, long[] counts, int[] takers, long leastSize)
    {
        foreach (int place in deepestFirst)
        {
            long count = counts[place];
            if (count == 0 || count >= leastSize)
            {
                continue;
            }

            takers[place] = parents[place];
            counts[parents[place] < 0 ? ^1 : parents[place]] += count;
            counts[place] = 0;
            yield return new(book.Definitions[place].Segment.Id, book.Definitions[place].Segment.Parent, count);
        }
    }

    private static int First(SegmentMembers members, int row, int[] places)
    {
        foreach (int place in places)
        {
            if (members.IsMember(row, place))
            {
                return place;
            }
        }

        return -1;
    }

    private static int Depth(int place, int[] parents)
    {
        int depth = 0;
        for (int at = place; at >= 0; at = parents[at])
        {
            depth++;
        }

        return depth;
    }
}
