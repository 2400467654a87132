namespace Crm.Core.Segments;

/// <summary>How large a segment is, and what its customers are worth.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SegmentSummary
{
    /// <summary>Gets the segment.</summary>
    public required Segment Segment { get; init; }

    /// <summary>Gets how many customers are in it.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets how many customers there are.</summary>
    public required long Base { get; init; }

    /// <summary>Gets what its customers are worth together; null where no values were given.</summary>
    public double? Value { get; init; }

    /// <summary>Gets what all customers are worth together; null where no values were given.</summary>
    public double? BaseValue { get; init; }

    /// <summary>Gets the share of the customers, from 0 to 1; 0 of an empty base.</summary>
    public double Share => Base == 0 ? 0 : (double)Customers / Base;

    /// <summary>Gets the share of the value; null where no values were given, or where they sum to nothing or less, of which there are no shares.</summary>
    public double? ValueShare => BaseValue > 0 ? Value / BaseValue : null;

    /// <summary>Gets what a customer in it is worth on average; null where no values were given or nobody is in it.</summary>
    public double? MeanValue => Customers == 0 ? null : Value / Customers;

    /// <summary>Gives the id and the size.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Segment}: {Customers} of {Base}");
}
