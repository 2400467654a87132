namespace Crm.Core.Pyramids;

/// <summary>A tier of a pyramid read from a sketch: its floor, how many stand above it and what they are worth, and what the exact figures lie between.</summary>
/// <remarks>
/// The figures without a bound in their name are those of the stated floors, exact. The bounds hold the figures of the pyramid that
/// <see cref="PyramidScheme.Rank(IReadOnlyList{CustomerId}, ReadOnlySpan{double})"/> makes of the values themselves. Immutable and thread-safe.
/// </remarks>
public sealed record SketchedTier
{
    /// <summary>Gets the tier.</summary>
    public required Tier Tier { get; init; }

    /// <summary>Gets the floor: who is worth more stands in this tier or above it. Minus infinity for the last.</summary>
    public required double Floor { get; init; }

    /// <summary>Gets what the floor in the values themselves is not below; it is not above <see cref="Floor"/>.</summary>
    public required double FloorLow { get; init; }

    /// <summary>Gets the number of customers between this floor and the one above it.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets what the number in the values themselves is not below.</summary>
    public required long CustomersLow { get; init; }

    /// <summary>Gets what the number in the values themselves is not above.</summary>
    public required long CustomersHigh { get; init; }

    /// <summary>Gets their share of all customers, from 0 to 1.</summary>
    public required double ShareOfCustomers { get; init; }

    /// <summary>Gets the sum of their values, exact and then rounded to the nearest double.</summary>
    public required double Value { get; init; }

    /// <summary>Gets what the sum in the values themselves is not below.</summary>
    public required double ValueLow { get; init; }

    /// <summary>Gets what the sum in the values themselves is not above.</summary>
    public required double ValueHigh { get; init; }

    /// <summary>Gets their share of the value of all, or null where that is not above 0.</summary>
    public required double? ShareOfValue { get; init; }
}
