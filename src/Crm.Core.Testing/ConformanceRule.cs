namespace Crm.Core.Testing;

/// <summary>One promise of a store interface that a store can be tested for.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Name">Its name, the same in every version: "versions-never-repeat".</param>
/// <param name="Why">Why it matters, in one sentence.</param>
/// <param name="Requires">What a store must declare for the rule to apply to it.</param>
public sealed record ConformanceRule(string Name, string Why, StoreCapabilities Requires)
{
    /// <summary>
    /// Gets the interface whose promise it is, where that is one a store may implement besides: "ICustomerReferences". On a store that does not
    /// it is skipped. Null where it is a promise of every store.
    /// </summary>
    public string? Interface { get; init; }
}
