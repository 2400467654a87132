namespace Crm.Core.Customers;

/// <summary>How many values of an attribute one source has given.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Source">The source.</param>
/// <param name="Customers">Of how many customers the value comes from it.</param>
public sealed record AttributeSource(SourceId Source, long Customers)
{
    /// <summary>Gives source and number.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source} {Customers}");
}
