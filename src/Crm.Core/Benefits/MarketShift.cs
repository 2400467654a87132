namespace Crm.Core.Benefits;

/// <summary>What a change does to a market: who chooses what before and after it, and what that earns, by segment and in total.</summary>
/// <remarks>Without a change every difference is exactly 0. Immutable and thread-safe.</remarks>
public sealed class MarketShift
{
    private MarketShift(SegmentShift total, SegmentShift[] segments)
    {
        Total = total;
        Segments = Array.AsReadOnly(segments);
    }

    /// <summary>Gets the shift in each segment, in the order after the change.</summary>
    public IReadOnlyList<SegmentShift> Segments { get; }

    /// <summary>Gets the shift over all customers.</summary>
    public SegmentShift Total { get; }

    /// <summary>Gets the shift in a segment.</summary>
    /// <param name="segment">The segment; <see cref="SegmentId.None"/> for customers in none.</param>
    /// <exception cref="KeyNotFoundException">The markets were given no number of customers for the segment.</exception>
    public SegmentShift this[SegmentId segment] => Segments.FirstOrDefault(shift => shift.Segment == segment)
        ?? throw new KeyNotFoundException($"Segment '{segment}' is not in these markets: they were given no number of customers.");

    /// <summary>Gives the shift in words: what moved, first over all customers, then by segment.</summary>
    /// <returns>The text, in English and the invariant culture.</returns>
    public override string ToString() => MarketWords.Of(this);

    internal static MarketShift Of(MarketShares before, MarketShares after)
    {
        if (before.Market.Currency is { } old && after.Market.Currency is { } current && old != current)
        {
            throw new CurrencyMismatchException(old, current);
        }

        SegmentShares? alone = after.Segments.FirstOrDefault(segment => before.Find(segment.Segment!.Value) is null)
            ?? before.Segments.FirstOrDefault(segment => after.Find(segment.Segment!.Value) is null);
        if (alone is not null)
        {
            throw new ArgumentException(
                $"Segment '{alone.Segment}' is in one market only. Compare markets with the same segments; one may have 0 customers.", nameof(before));
        }

        Money? nothing = (after.Market.Currency ?? before.Market.Currency) is { } currency ? Money.Of(0, currency) : null;
        return new(
            SegmentShift.Of(before.Total, after.Total, nothing),
            [.. after.Segments.Select(segment => SegmentShift.Of(before[segment.Segment!.Value], segment, nothing))]);
    }
}
