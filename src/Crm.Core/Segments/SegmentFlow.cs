namespace Crm.Core.Segments;

/// <summary>How many customers went from each segment to each between two moments.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SegmentFlow
{
    private readonly long[,] _counts;
    private readonly ValueList<SegmentId> _segments;

    internal SegmentFlow(ValueList<SegmentId> segments, long[,] counts) => (_segments, _counts) = (segments, counts);

    /// <summary>Gets the segments, in the order they were given; who is in none of them is in <see cref="SegmentId.None"/>, which is not among them.</summary>
    public IReadOnlyList<SegmentId> Segments => _segments;

    /// <summary>Gets how many went from one segment to another, or stayed.</summary>
    /// <param name="from">The segment at the first moment; <see cref="SegmentId.None"/> for none of them.</param>
    /// <param name="to">The segment at the second.</param>
    /// <returns>How many; none to none is 0, since nobody looks at them.</returns>
    /// <exception cref="ArgumentException">A segment is not one of <see cref="Segments"/>.</exception>
    public long this[SegmentId from, SegmentId to] => _counts[PlaceOf(from), PlaceOf(to)];

    /// <summary>Says how many were in a segment at the first moment.</summary>
    /// <param name="segment">The segment; <see cref="SegmentId.None"/> for those who came in later.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The segment is not one of <see cref="Segments"/>.</exception>
    public long Before(SegmentId segment)
    {
        int from = PlaceOf(segment);
        return Enumerable.Range(0, _segments.Count + 1).Sum(to => _counts[from, to]);
    }

    /// <summary>Says how many were in a segment at the second moment.</summary>
    /// <param name="segment">The segment; <see cref="SegmentId.None"/> for those who went out.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The segment is not one of <see cref="Segments"/>.</exception>
    public long After(SegmentId segment)
    {
        int to = PlaceOf(segment);
        return Enumerable.Range(0, _segments.Count + 1).Sum(from => _counts[from, to]);
    }

    private int PlaceOf(SegmentId segment) => segment == SegmentId.None ? _segments.Count
        : _segments.IndexOf(segment) is >= 0 and var place ? place
        : throw new ArgumentException($"The flow is not of segment '{segment}'. It is of {string.Join(", ", _segments)}.", nameof(segment));
}
