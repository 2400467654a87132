using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Who was in which segment from when until when, read from moves.</summary>
/// <remarks>
/// Made of the moves of one customer, or of a base: 100 bytes a stay. What it says of a moment is what <see cref="ISegmentStore.ReadMembersAsync"/> says of it. Immutable and thread-safe.
/// </remarks>
public sealed class SegmentHistory
{
    private readonly ILookup<SegmentId, SegmentStay> _bySegment;
    private readonly ILookup<CustomerId, SegmentStay> _byCustomer;

    private SegmentHistory(SegmentStay[] stays)
    {
        Stays = Array.AsReadOnly(stays);
        _bySegment = stays.ToLookup(stay => stay.Segment);
        _byCustomer = stays.ToLookup(stay => stay.Customer);
    }

    /// <summary>Gets all stays: customers and segments in the order in which they first moved, the stays of one from the first to the last.</summary>
    public IReadOnlyList<SegmentStay> Stays { get; }

    /// <summary>Reads moves.</summary>
    /// <param name="moves">The moves, in any order; those after <see cref="AsOf.TrueAt"/> and those recorded after <see cref="AsOf.KnownAt"/> are left aside.</param>
    /// <param name="asOf">The point of view.</param>
    /// <returns>The history. Who enters twice entered once, at the first; who left without having entered was not in.</returns>
    /// <exception cref="ArgumentException">The moves are null, or one of them is.</exception>
    public static SegmentHistory Of(IEnumerable<SegmentMove> moves, AsOf asOf)
    {
        var list = ValueList<SegmentMove>.Of(moves, nameof(moves));
        return new([.. list.Where(move => move.Counts(asOf)).GroupBy(move => (move.Customer, move.Segment)).SelectMany(StaysOf)]);
    }

    /// <summary>Gives who was in a segment at a moment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="moment">The moment.</param>
    /// <returns>The stays, of each customer one.</returns>
    public IEnumerable<SegmentStay> MembersOf(SegmentId segment, Instant moment) => _bySegment[segment].Where(stay => stay.Holds(moment));

    /// <summary>Gives the segments a customer was in at a moment.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="moment">The moment.</param>
    /// <returns>The stays, of each segment one.</returns>
    public IEnumerable<SegmentStay> SegmentsOf(CustomerId customer, Instant moment) => _byCustomer[customer].Where(stay => stay.Holds(moment));

    /// <summary>Counts who went from which segment to which between two moments.</summary>
    /// <param name="segments">The segments. A customer in several of them counts in the first; one in none in <see cref="SegmentId.None"/>.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The second.</param>
    /// <returns>The flow, of all customers who were in one of the segments at one of the moments.</returns>
    /// <exception cref="ArgumentException">The segments are null, one stands twice or is none, or the second moment is before the first.</exception>
    public SegmentFlow FlowBetween(IReadOnlyList<SegmentId> segments, Instant from, Instant to)
    {
        var list = ValueList<SegmentId>.Of(segments, nameof(segments));
        if (list.Distinct().Count() != list.Count || list.Contains(SegmentId.None))
        {
            throw new ArgumentException("Each segment is named once, and none is not one.", nameof(segments));
        }

        if (to < from)
        {
            throw new ArgumentException(FormattableString.Invariant($"The flow goes from the earlier moment to the later; {to} is before {from}."), nameof(to));
        }

        var counts = new long[list.Count + 1, list.Count + 1];
        foreach (IGrouping<CustomerId, SegmentStay> stays in _byCustomer)
        {
            counts[PlaceOf(stays, list, from), PlaceOf(stays, list, to)]++;
        }

        counts[list.Count, list.Count] = 0; // who was in none of them at both moments is not looked at
        return new(list, counts);
    }

    private static int PlaceOf(IEnumerable<SegmentStay> stays, ValueList<SegmentId> segments, Instant moment)
    {
        int first = segments.Count;
        foreach (SegmentStay stay in stays)
        {
            if (stay.Holds(moment) && segments.IndexOf(stay.Segment) is >= 0 and var place && place < first)
            {
                first = place;
            }
        }

        return first;
    }

    private static IEnumerable<SegmentStay> StaysOf(IEnumerable<SegmentMove> moves)
    {
        SegmentMove? entered = null;
        foreach (SegmentMove move in Decisive(moves))
        {
            if (move.Entered)
            {
                entered ??= move;
            }
            else if (entered is not null)
            {
                yield return Stay(entered, move);
                entered = null;
            }
        }

        if (entered is not null)
        {
            yield return Stay(entered, null);
        }
    }

    // Of several moves of one moment the one that comes after the others counts.
    private static IEnumerable<SegmentMove> Decisive(IEnumerable<SegmentMove> moves) => moves
        .GroupBy(move => move.At).OrderBy(group => group.Key).Select(group => group.Aggregate((decided, next) => next.IsAfter(decided) ? next : decided));

    private static SegmentStay Stay(SegmentMove entered, SegmentMove? left) => new()
    {
        Customer = entered.Customer,
        Segment = entered.Segment,
        Entered = entered.At,
        Left = left?.At,
        WhyEntered = entered.Why,
        WhyLeft = left?.Why,
    };
}
