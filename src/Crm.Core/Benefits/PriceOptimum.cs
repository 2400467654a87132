namespace Crm.Core.Benefits;

/// <summary>The price at which a margin is greatest; of equally good prices, the lowest.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class PriceOptimum
{
    internal PriceOptimum(PricePoint point, Money margin, bool isAtLowEnd, bool isAtHighEnd)
    {
        Point = point;
        Margin = margin;
        IsAtLowEnd = isAtLowEnd;
        IsAtEnd = isAtLowEnd || isAtHighEnd;
    }

    /// <summary>Gets the price.</summary>
    public Money Price => Point.Price;

    /// <summary>Gets the margin that is greatest at it.</summary>
    public Money Margin { get; }

    /// <summary>Gets all that the offer does at this price.</summary>
    public PricePoint Point { get; }

    /// <summary>Gets a value indicating whether this is the lowest or the highest of the prices given, so that the best price may lie beyond them.</summary>
    public bool IsAtEnd { get; }

    /// <summary>Gets a value indicating whether this is the lowest of the prices given.</summary>
    internal bool IsAtLowEnd { get; }

    /// <summary>Gives the optimum in words.</summary>
    /// <returns>The text, in English and the invariant culture.</returns>
    public override string ToString() => MarketWords.Of(this);
}
