namespace Crm.Core.Benefits;

/// <summary>What a change does to the choices of a segment, or of all segments together.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SegmentShift
{
    private SegmentShift(SegmentShares before, SegmentShares after, OfferShift[] offers, OfferShift? nothing)
    {
        Before = before;
        After = after;
        Offers = Array.AsReadOnly(offers);
        BuyingNothing = nothing;
    }

    /// <summary>Gets the segment, <see cref="SegmentId.None"/> for customers in none; null for all segments together.</summary>
    public SegmentId? Segment => After.Segment;

    /// <summary>Gets the shares before the change.</summary>
    public SegmentShares Before { get; }

    /// <summary>Gets the shares after it.</summary>
    public SegmentShares After { get; }

    /// <summary>Gets the shifts of the offers: those after the change in their order, then those that left.</summary>
    public IReadOnlyList<OfferShift> Offers { get; }

    /// <summary>Gets the shift of buying nothing; null where everyone buys one of the offers, before and after.</summary>
    public OfferShift? BuyingNothing { get; }

    /// <summary>Gets the expected margin of all offers under first choice, after less before; null where one of them is not known.</summary>
    public Money? FirstChoiceMarginChange => After.FirstChoiceMargin - Before.FirstChoiceMargin;

    /// <summary>Gets the expected margin of all offers under logit, after less before; null where one of them is not known.</summary>
    public Money? LogitMarginChange => After.LogitMargin - Before.LogitMargin;

    /// <summary>Gets the shift of an offer.</summary>
    /// <param name="offer">An offer of the market before the change or after it.</param>
    /// <exception cref="KeyNotFoundException">The offer is in neither market.</exception>
    public OfferShift this[OfferId offer] => Offers.FirstOrDefault(shift => shift.Offer == offer)
        ?? throw new KeyNotFoundException($"Offer '{offer}' is in neither market.");

    internal static SegmentShift Of(SegmentShares before, SegmentShares after, Money? nothing)
    {
        OfferShares Absent(OfferId offer) => new() { Offer = offer, FirstChoice = new() { Margin = nothing }, Logit = new() { Margin = nothing } };
        IEnumerable<OfferShares> gone = before.Offers.Where(offer => after.Find(offer.Offer) is null);
        return new(
            before,
            after,
            [
                .. after.Offers.Select(offer => new OfferShift(before.Find(offer.Offer) ?? Absent(offer.Offer), offer)),
                .. gone.Select(offer => new OfferShift(offer, Absent(offer.Offer))),
            ],
            before.BuyingNothing is null && after.BuyingNothing is null
                ? null
                : new(before.BuyingNothing ?? Absent(OfferId.None), after.BuyingNothing ?? Absent(OfferId.None)));
    }
}
