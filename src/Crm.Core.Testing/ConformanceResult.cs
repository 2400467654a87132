using NodaTime;

namespace Crm.Core.Testing;

/// <summary>What came of trying one rule on one store.</summary>
/// <remarks>It holds no personal data. Immutable and thread-safe.</remarks>
public sealed record ConformanceResult
{
    /// <summary>Gets the rule.</summary>
    public required ConformanceRule Rule { get; init; }

    /// <summary>Gets whether the store keeps it.</summary>
    public required ConformanceOutcome Outcome { get; init; }

    /// <summary>Gets what the interface promises; null unless it failed.</summary>
    public string? Expected { get; init; }

    /// <summary>Gets what the store did; null unless it failed.</summary>
    public string? Actual { get; init; }

    /// <summary>Gets why it was not tried; null unless it was skipped.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>Gets how long it took.</summary>
    public required Duration Took { get; init; }

    /// <summary>Gives the rule and what came of it on one line.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => Outcome switch
    {
        ConformanceOutcome.Failed => $"{Rule.Name}: failed: expected {Expected}; but {Actual}",
        ConformanceOutcome.Skipped => $"{Rule.Name}: skipped: {SkippedBecause}",
        _ => $"{Rule.Name}: passed",
    };
}
