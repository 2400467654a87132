namespace Crm.Core.Testing;

/// <summary>What a store says it can do beyond the least. A rule that needs what a store does not declare is skipped, and the report says so.</summary>
/// <remarks>
/// The interfaces promise all of it. A host that leaves one out declares that its own store does not keep that promise, and knows from
/// the report which answers to distrust. Nothing is ever detected: a store that half works would be excused by its own fault.
/// </remarks>
[Flags]
public enum StoreCapabilities
{
    /// <summary>Only what every store has.</summary>
    None = 0,

    /// <summary>Points of view in the past: what was known at a moment, not only what is known now.</summary>
    TimeTravel = 1,

    /// <summary>Moments finer than a microsecond, the most many databases keep.</summary>
    Nanoseconds = 2,

    /// <summary>Moments of the years before 1 and up to 9999, beyond what many databases call a date.</summary>
    AllInstants = 4,

    /// <summary>Several threads at once.</summary>
    Concurrency = 8,

    /// <summary>All that the interfaces promise.</summary>
    All = TimeTravel | Nanoseconds | AllInstants | Concurrency,
}
