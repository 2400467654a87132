using Crm.Core.Histories;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing;

/// <summary>Every promise of <see cref="IHistorySource"/> as a rule, to try on a source of one's own: it gives what the purchases themselves give.</summary>
/// <remarks>
/// <para>
/// It needs no test framework: a rule that is broken throws <see cref="ConformanceException"/>. One test with <see cref="RuleNames"/> as
/// its data gets every later rule too.
/// </para>
/// <para>
/// Purchases are appended in EUR to the store beside the source, which keeps the promises of its own interface; so the storage is empty, or holds purchases
/// in EUR only. Where a source may refuse (<see cref="NotSupportedException"/>), refusing keeps the rule. Stores that can be disposed of are,
/// after their rule. Thread-safe.
/// </para>
/// </remarks>
public static class HistorySourceConformance
{
    private static readonly RuleSet<HistorySourceSetup> _rules = new(nameof(IHistorySource), HistoryRules.All);

    /// <summary>Gets the rules, each with the reason for it.</summary>
    public static IReadOnlyList<ConformanceRule> Rules => _rules.Rules;

    /// <summary>Gets the names of the rules.</summary>
    public static IReadOnlyList<string> RuleNames => _rules.Names;

    /// <summary>Tries one rule on a new source.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <param name="newSetup">Gives a source and its store to try it on.</param>
    /// <param name="capabilities">What the store can do; all that its interface promises by default.</param>
    /// <param name="cancellationToken">Stops the trial.</param>
    /// <returns>The result: passed, or skipped for want of a capability.</returns>
    /// <exception cref="ConformanceException">The source breaks the rule.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no rule of that name.</exception>
    public static Task<ConformanceResult> RunAsync(
        string rule,
        Func<Task<HistorySourceSetup>> newSetup,
        StoreCapabilities capabilities = StoreCapabilities.All,
        CancellationToken cancellationToken = default) => _rules.RunAsync(rule, newSetup, capabilities, cancellationToken);

    /// <summary>Tries every rule, each on a new source, one after another.</summary>
    /// <param name="newSetup">Gives a source and its store to try a rule on.</param>
    /// <param name="capabilities">What the store can do; all that its interface promises by default.</param>
    /// <param name="cancellationToken">Stops the trials.</param>
    /// <returns>What came of each, passed or failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="newSetup"/> is null.</exception>
    public static Task<ConformanceReport> RunAllAsync(
        Func<Task<HistorySourceSetup>> newSetup,
        StoreCapabilities capabilities = StoreCapabilities.All,
        CancellationToken cancellationToken = default) => _rules.RunAllAsync(newSetup, capabilities, cancellationToken);
}
