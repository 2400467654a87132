namespace Crm.Core.Pyramids;

/// <summary>A tier of a pyramid: how many stand in it and what they are worth.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TierSummary
{
    /// <summary>Gets the tier.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Gets the number of customers in it.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets their share of all customers of the pyramid, from 0 to 1.</summary>
    public required double ShareOfCustomers { get; init; }

    /// <summary>Gets the sum of their values.</summary>
    public required double Value { get; init; }

    /// <summary>Gets their share of the value of all, or null where that is not above 0.</summary>
    public required double? ShareOfValue { get; init; }

    /// <summary>Gets the least value in the tier, or null where it is empty.</summary>
    public required double? Least { get; init; }

    /// <summary>Gets the greatest value in the tier, or null where it is empty.</summary>
    public required double? Greatest { get; init; }
}
