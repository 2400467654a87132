namespace Crm.Core.Benefits;

/// <summary>What an offer, and the whole range, earns at each of some prices, and the price at which it earns most.</summary>
/// <remarks>
/// <para>
/// The curve has the prices given. An optimum is sought between them too, down to <see cref="PriceUnit"/>, and is never worse than the best of them.
/// </para>
/// <para>
/// Under logit: by golden section between the two neighbours of the best price given, until neither of the prices a unit away is better. With
/// a unit below some millionths of the price a margin of 15 digits cannot tell, and the optimum is no finer than that. A second peak
/// elsewhere, narrower than the prices given lie apart, is not seen. Under first choice the share is a staircase: a margin is greatest at
/// the last price before a step down or, where nobody takes the offer any more, as great from the first price after one on. Every step is
/// found by bisection, so that the optimum is exact to the price unit, and the lowest of equally good prices.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class PriceCurve
{
    internal PriceCurve(OfferId offer, PricePoint[] points, decimal priceUnit)
    {
        Offer = offer;
        Points = Array.AsReadOnly(points);
        PriceUnit = priceUnit;
    }

    /// <summary>Gets the offer.</summary>
    public OfferId Offer { get; }

    /// <summary>Gets the points of the curve, from the lowest price to the highest.</summary>
    public IReadOnlyList<PricePoint> Points { get; }

    /// <summary>
    /// Gets how fine an optimum is sought: the smallest unit of the currency (0.01 for USD), or the last decimal of the prices given where that is
    /// finer.
    /// </summary>
    public decimal PriceUnit { get; }

    /// <summary>Gets the price at which the offer earns most under logit; null where it has no unit cost.</summary>
    public PriceOptimum? Optimum { get; internal init; }

    /// <summary>Gets the price of the offer at which all offers together earn most under logit; null where the margin of one is not known.</summary>
    public PriceOptimum? RangeOptimum { get; internal init; }

    /// <summary>Gets the price at which the offer earns most under first choice; null where it has no unit cost.</summary>
    public PriceOptimum? FirstChoiceOptimum { get; internal init; }

    /// <summary>Gets the price of the offer at which all offers together earn most under first choice; null where the margin of one is not known.</summary>
    public PriceOptimum? FirstChoiceRangeOptimum { get; internal init; }

    /// <summary>Gives the curve as a table, with its optima in words.</summary>
    /// <returns>The text, in English and the invariant culture.</returns>
    public override string ToString() => MarketWords.Of(this);
}
