namespace Crm.Core.Pyramids;

/// <summary>A tier of a scheme, and where it is cut.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct TierDefinition
{
    /// <summary>Gets the tier.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Gets the share of customers or of value it holds, as a fraction; null in a scheme of thresholds.</summary>
    public decimal? Share { get; init; }

    /// <summary>Gets what a customer of it is worth at least; null for the last tier, which has no least, and in schemes of shares.</summary>
    public double? Least { get; init; }
}
