namespace Crm.Core.Testing;

/// <summary>What came of trying a rule on a store.</summary>
public enum ConformanceOutcome
{
    /// <summary>The store keeps it.</summary>
    Passed,

    /// <summary>The store breaks it.</summary>
    Failed,

    /// <summary>It was not tried: the store does not declare, or not implement, what it needs.</summary>
    Skipped,
}
