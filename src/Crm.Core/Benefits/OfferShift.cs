namespace Crm.Core.Benefits;

/// <summary>What a change does to the share of an offer, or of buying nothing, and to what it earns.</summary>
/// <remarks>An offer that is not in a market has a share, customers and a margin of 0 there. Immutable and thread-safe.</remarks>
public sealed class OfferShift
{
    internal OfferShift(OfferShares before, OfferShares after)
    {
        Before = before;
        After = after;
    }

    /// <summary>Gets the offer; <see cref="OfferId.None"/> for buying nothing.</summary>
    public OfferId Offer => After.Offer;

    /// <summary>Gets its shares before the change.</summary>
    public OfferShares Before { get; }

    /// <summary>Gets its shares after it.</summary>
    public OfferShares After { get; }

    /// <summary>Gets the share under first choice, after less before, from −1 to 1.</summary>
    public double FirstChoiceShareChange => After.FirstChoice.Share - Before.FirstChoice.Share;

    /// <summary>Gets the share under logit, after less before, from −1 to 1.</summary>
    public double LogitShareChange => After.Logit.Share - Before.Logit.Share;

    /// <summary>Gets the expected margin under first choice, after less before; null where one of them is not known.</summary>
    public Money? FirstChoiceMarginChange => After.FirstChoice.Margin - Before.FirstChoice.Margin;

    /// <summary>Gets the expected margin under logit, after less before; null where one of them is not known.</summary>
    public Money? LogitMarginChange => After.Logit.Margin - Before.Logit.Margin;
}
