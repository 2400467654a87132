namespace Crm.Core.Pyramids;

/// <summary>Those who stood in one tier and stand in another now, or in the same.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct MigrationCell
{
    /// <summary>Gets the tier before; null for who was not in the pyramid.</summary>
    public required Tier? From { get; init; }

    /// <summary>Gets the tier now; null for who is not in the pyramid any more.</summary>
    public required Tier? To { get; init; }

    /// <summary>Gets how many customers.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets their share of all who stood in the tier before, from 0 to 1; those of a row sum to 1. Null where nobody did.</summary>
    public required double? Probability { get; init; }

    /// <summary>Gets what they were worth together before; 0 for who was not in the pyramid.</summary>
    public required double ValueBefore { get; init; }

    /// <summary>Gets what they are worth together now; 0 for who is not in the pyramid any more.</summary>
    public required double ValueAfter { get; init; }

    /// <summary>Gets what their move is worth: the value now less the value before.</summary>
    public double Change => ValueAfter - ValueBefore;
}
