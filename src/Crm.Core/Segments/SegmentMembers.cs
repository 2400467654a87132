using System.Numerics;

namespace Crm.Core.Segments;

/// <summary>Who of a base is in which segment.</summary>
/// <remarks>One bit for each customer and segment. Immutable and thread-safe.</remarks>
public sealed class SegmentMembers
{
    private const int Word = RangeKernel.Word;

    private readonly SegmentBook _book;
    private readonly ulong[][] _members;
    private readonly long[] _counts;

    internal SegmentMembers(SegmentBook book, IReadOnlyList<CustomerId> ids, ulong[][] members, long[] counts) =>
        (_book, Ids, _members, _counts) = (book, ids, members, counts);

    /// <summary>Gets the customers, one for each row.</summary>
    public IReadOnlyList<CustomerId> Ids { get; }

    /// <summary>Gets the segments.</summary>
    public SegmentBook Book => _book;

    /// <summary>Says whether a customer is in a segment.</summary>
    /// <param name="row">The row of the customer.</param>
    /// <param name="segment">The segment.</param>
    /// <returns>Whether they are.</returns>
    /// <exception cref="ArgumentException">There is no such row, or the book has no such segment.</exception>
    public bool IsMember(int row, SegmentId segment) => IsMember(Guard.Row(row, Ids.Count), _book.IndexOf(segment));

    /// <summary>Gives the segments of a customer.</summary>
    /// <param name="row">The row of the customer.</param>
    /// <returns>The segments, in the order of the book.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public IReadOnlyList<SegmentId> SegmentsOf(int row)
    {
        Guard.Row(row, Ids.Count);
        return [.. _book.Definitions.Where((_, place) => IsMember(row, place)).Select(definition => definition.Segment.Id)];
    }

    /// <summary>Says how many customers are in a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public long CountOf(SegmentId segment) => _counts[_book.IndexOf(segment)];

    /// <summary>Gives the rows of the customers in a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>The rows, in their order.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public IEnumerable<int> RowsOf(SegmentId segment)
    {
        ulong[] bits = _members[_book.IndexOf(segment)];
        return Rows(bits);
    }

    /// <summary>Says how many customers are in both of two segments.</summary>
    /// <param name="one">A segment.</param>
    /// <param name="other">Another.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public long OverlapOf(SegmentId one, SegmentId other)
    {
        ulong[] bits = _members[_book.IndexOf(one)];
        ulong[] others = _members[_book.IndexOf(other)];
        long both = 0;
        for (int word = 0; word < bits.Length; word++)
        {
            both += BitOperations.PopCount(bits[word] & others[word]);
        }

        return both;
    }

    /// <summary>Gives the size of every segment.</summary>
    /// <returns>A summary for each segment, in the order of the book, without value.</returns>
    public IReadOnlyList<SegmentSummary> Summaries() => Summaries([]);

    /// <summary>Gives the size of every segment, and what its customers are worth.</summary>
    /// <param name="values">What each customer is worth; finite, of any sign.</param>
    /// <returns>A summary for each segment, in the order of the book.</returns>
    /// <exception cref="ArgumentException">The length is not that of the base.</exception>
    /// <exception cref="RowFaultsException">A value is not finite; the first 20 are named, with their total.</exception>
    public IReadOnlyList<SegmentSummary> Summaries(ReadOnlySpan<double> values)
    {
        CheckValues(values);
        double? total = values.Length == 0 ? null : SumOf(values, null);
        var summaries = new SegmentSummary[_members.Length];
        for (int segment = 0; segment < summaries.Length; segment++)
        {
            summaries[segment] = new()
            {
                Segment = _book.Definitions[segment].Segment,
                Customers = _counts[segment],
                Base = Ids.Count,
                Value = values.Length == 0 ? null : SumOf(values, _members[segment]),
                BaseValue = total,
            };
        }

        return Array.AsReadOnly(summaries);
    }

    /// <summary>
    /// Puts each customer into one segment: of those they are in the deepest below its parents, of equally deep ones the first in the book. One that
    /// is left with too few falls back on its parent, the deepest first.
    /// </summary>
    /// <param name="leastSize">How many customers a segment has at least; 1 for no limit.</param>
    /// <returns>The segment of every customer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="leastSize"/> is below 1.</exception>
    public SegmentPartition Partition(long leastSize = 1)
    {
        Guard.InRange((double)leastSize, 1, long.MaxValue, "", nameof(leastSize));
        return SegmentPartition.Of(this, leastSize);
    }

    internal bool IsMember(int row, int segment) => (_members[segment][row / Word] >> (row % Word) & 1) != 0;

    /// <summary>The sum over rows, in their order, or over those of which the bits are set.</summary>
    internal static double SumOf(ReadOnlySpan<double> values, ulong[]? bits)
    {
        double sum = 0;
        for (int row = 0; row < values.Length; row++)
        {
            sum += bits is null || (bits[row / Word] >> (row % Word) & 1) != 0 ? values[row] : 0;
        }

        return sum;
    }

    internal void CheckValues(ReadOnlySpan<double> values)
    {
        if (values.Length == 0)
        {
            return;
        }

        Guard.SameLength(Ids.Count, values.Length, "rows");
        var faults = new RowFaultList();
        for (int row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
            {
                faults.Add(row, "value", $"{values[row]}", "a finite number");
            }
        }

        faults.ThrowIfAny(nameof(values));
    }

    /// <summary>How many bits are set.</summary>
    internal static long CountOf(ReadOnlySpan<ulong> bits)
    {
        long count = 0;
        unchecked
        {
            foreach (ulong word in bits)
            {
                count += BitOperations.PopCount(word);
            }
        }

        return count;
    }

    private static IEnumerable<int> Rows(ulong[] bits)
    {
        for (int word = 0; word < bits.Length; word++)
        {
            for (ulong left = bits[word]; left != 0; left &= left - 1)
            {
                yield return (word * Word) + BitOperations.TrailingZeroCount(left);
            }
        }
    }
}
