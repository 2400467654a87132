using Crm.Core.Hosting;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing;

/// <summary>Every promise of <see cref="IScoreStore"/> as a rule, to try on a store of one's own.</summary>
/// <remarks>
/// <para>
/// It needs no test framework: a rule that is broken throws <see cref="ConformanceException"/>. One test with <see cref="RuleNames"/> as
/// its data gets every later rule too.
/// </para>
/// <para>
/// Ids are new in every run and everything else in the store is left alone, so that a shared database will do; what a run wrote
/// stays there. A store that can be disposed of is, after its rule. Thread-safe.
/// </para>
/// </remarks>
public static class ScoreStoreConformance
{
    private static readonly RuleSet<IScoreStore> _rules = new(nameof(IScoreStore), [.. ScoreRunRules.All, .. ScoreRules.All, .. ScoreRemovalRules.All, .. ScoreErasureRules.All, .. ScoreThreadRules.All]);

    /// <summary>Gets the rules, each with the reason for it.</summary>
    public static IReadOnlyList<ConformanceRule> Rules => _rules.Rules;

    /// <summary>Gets the names of the rules.</summary>
    public static IReadOnlyList<string> RuleNames => _rules.Names;

    /// <summary>Tries one rule on a new store.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="newStore">Gives a store to try it on, over empty or shared storage.</param>
    /// <param name="capabilities">What the store can do; all that the interface promises by default.</param>
    /// <param name="cancellationToken">Stops the trial.</param>
    /// <returns>The result: passed, or skipped for want of a capability.</returns>
    /// <exception cref="ConformanceException">The store breaks the rule.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no rule of that name.</exception>
    public static Task<ConformanceResult> RunAsync(
        string rule,
        Func<Task<IScoreStore>> newStore,
        StoreCapabilities capabilities = StoreCapabilities.All,
        CancellationToken cancellationToken = default) => _rules.RunAsync(rule, newStore, capabilities, cancellationToken);

    /// <summary>Tries every rule, each on a new store, one after another.</summary>
    /// <param name="newStore">Gives a store to try a rule on, over empty or shared storage.</param>
    /// <param name="capabilities">What the store can do; all that the interface promises by default.</param>
    /// <param name="cancellationToken">Stops the trials.</param>
    /// <returns>What came of each, passed or failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="newStore"/> is null.</exception>
    public static Task<ConformanceReport> RunAllAsync(
        Func<Task<IScoreStore>> newStore,
        StoreCapabilities capabilities = StoreCapabilities.All,
        CancellationToken cancellationToken = default) => _rules.RunAllAsync(newStore, capabilities, cancellationToken);
}
