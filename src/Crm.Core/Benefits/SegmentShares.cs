namespace Crm.Core.Benefits;

/// <summary>What the customers of a segment choose, or those of all segments together.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SegmentShares
{
    internal SegmentShares(SegmentId? segment, long customers, OfferShares[] offers, OfferShares? nothing)
    {
        Segment = segment;
        Customers = customers;
        Offers = Array.AsReadOnly(offers);
        BuyingNothing = nothing;
        FirstChoiceMargin = Sum(offers, offer => offer.FirstChoice.Margin);
        LogitMargin = Sum(offers, offer => offer.Logit.Margin);
    }

    /// <summary>Gets the segment, <see cref="SegmentId.None"/> for customers in none; null for all segments together.</summary>
    public SegmentId? Segment { get; }

    /// <summary>Gets the number of customers, 0 or more.</summary>
    public long Customers { get; }

    /// <summary>Gets the shares of the offers, in the order of the market.</summary>
    public IReadOnlyList<OfferShares> Offers { get; }

    /// <summary>Gets the shares of buying nothing; null where everyone buys one of the offers.</summary>
    public OfferShares? BuyingNothing { get; }

    /// <summary>Gets the expected margin of all offers under first choice; null where the margin of one of them is not known.</summary>
    public Money? FirstChoiceMargin { get; }

    /// <summary>Gets the expected margin of all offers under logit; null where the margin of one of them is not known.</summary>
    public Money? LogitMargin { get; }

    /// <summary>Gets the shares of an offer.</summary>
    /// <param name="offer">The offer.</param>
    /// <exception cref="KeyNotFoundException">The offer is not in the market.</exception>
    public OfferShares this[OfferId offer] => Find(offer) ?? throw new KeyNotFoundException($"Offer '{offer}' is not in this market.");

    /// <summary>The shares of the offer at a place; those of buying nothing behind the last.</summary>
    internal OfferShares Alternative(int place) => place < Offers.Count ? Offers[place] : BuyingNothing!;

    internal OfferShares? Find(OfferId offer)
    {
        foreach (OfferShares shares in Offers)
        {
            if (shares.Offer == offer)
            {
                return shares;
            }
        }

        return null;
    }

    // From left to right, so that the same offers give the same sum.
    private static Money? Sum(OfferShares[] offers, Func<OfferShares, Money?> marginOf)
    {
        Money? sum = marginOf(offers[0]);
        foreach (OfferShares offer in offers.AsSpan(1))
        {
            sum = sum is { } before && marginOf(offer) is { } margin ? before + margin : null;
        }

        return sum;
    }
}
