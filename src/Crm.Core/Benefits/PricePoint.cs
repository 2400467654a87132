namespace Crm.Core.Benefits;

/// <summary>What an offer does at a price.</summary>
/// <remarks>The figures by segment: <c>market.WithPrice(offer, point.Price).Shares</c>, which are the same to the bit. Immutable and thread-safe.</remarks>
public sealed record PricePoint
{
    /// <summary>Gets the price.</summary>
    public required Money Price { get; init; }

    /// <summary>Gets the share of all customers, their number and the margin of the offer under first choice.</summary>
    public required Demand FirstChoice { get; init; }

    /// <summary>Gets the share of all customers, their number and the margin of the offer under logit.</summary>
    public required Demand Logit { get; init; }

    /// <summary>Gets the margin of all offers under first choice: what others lose to the offer counts. Null where one of them is not known.</summary>
    public Money? FirstChoiceRangeMargin { get; init; }

    /// <summary>Gets the margin of all offers under logit: what others lose to the offer counts. Null where one of them is not known.</summary>
    public Money? LogitRangeMargin { get; init; }
}
