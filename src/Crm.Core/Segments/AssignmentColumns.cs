namespace Crm.Core.Segments;

/// <summary>Where the assignments of many customers go, a customer each.</summary>
/// <remarks>What is left empty is not written.</remarks>
public sealed record AssignmentColumns
{
    /// <summary>Gets the place of each customer's segment, counted from 0; -1 for one that is far from all.</summary>
    public required Memory<int> Segments { get; init; }

    /// <summary>Gets the probability of the most likely segment, given that the customer belongs to one.</summary>
    public Memory<double> Probabilities { get; init; }

    /// <summary>Gets the distance to the nearest segment, in deviations of that segment.</summary>
    public Memory<double> Distances { get; init; }

    /// <summary>Gives how many customers there is room for.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"assignments of {Segments.Length} {Plural.Of(Segments.Length, "customer")}");

    internal void Check(int customers)
    {
        Guard.SameLength(customers, Segments.Length, "customers", nameof(Segments));
        Guard.SameLength(customers, Probabilities.IsEmpty ? customers : Probabilities.Length, "customers", nameof(Probabilities));
        Guard.SameLength(customers, Distances.IsEmpty ? customers : Distances.Length, "customers", nameof(Distances));
    }
}
