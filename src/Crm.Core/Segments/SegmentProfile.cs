namespace Crm.Core.Segments;

/// <summary>What sets one segment apart from all other customers.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record SegmentProfile
{
    /// <summary>Gets the segment, with its id, its name and what sets it apart in words.</summary>
    public required Segment Segment { get; init; }

    /// <summary>Gets how many customers are in it: those it is the most likely segment of.</summary>
    public required int Customers { get; init; }

    /// <summary>Gets their share of all customers.</summary>
    public required double Share { get; init; }

    /// <summary>Gets the differences in all features, the greatest first.</summary>
    public required IReadOnlyList<SegmentDifference> Differences { get; init => field = ValueList<SegmentDifference>.Of(value, nameof(Differences)); }

    /// <summary>Gives the id with the number of customers.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Segment}: {Customers} {Plural.Of(Customers, "customer")}");
}
