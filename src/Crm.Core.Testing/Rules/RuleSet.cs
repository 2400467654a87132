using System.Diagnostics;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>The rules of one interface, and how they are tried.</summary>
internal sealed class RuleSet<TStore>
    where TStore : class
{
    private readonly string _contract;
    private readonly Rule<TStore>[] _rules;

    internal RuleSet(string contract, params IEnumerable<Rule<TStore>> rules)
    {
        _contract = contract;
        _rules = [.. rules];
        Rules = Array.AsReadOnly([.. _rules.Select(PublicOf)]);
        Names = Array.AsReadOnly([.. _rules.Select(rule => rule.Name)]);
    }

    internal IReadOnlyList<ConformanceRule> Rules { get; }

    internal IReadOnlyList<string> Names { get; }

    internal async Task<ConformanceResult> RunAsync(
        string rule, Func<Task<TStore>> newStore, StoreCapabilities capabilities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(newStore);
        Rule<TStore> found = Array.Find(_rules, one => one.Name == rule) ?? throw new ArgumentException(
            $"{_contract} has no rule '{rule}'. It has {string.Join(", ", Names)}.", nameof(rule));
        return (await TryAsync(found, newStore, capabilities, cancellationToken).ConfigureAwait(false)).Result is var (result, cause)
            && result.Outcome == ConformanceOutcome.Failed
            ? throw new ConformanceException(_contract, result.Rule, result.Expected!, result.Actual!, cause) : result;
    }

    internal async Task<ConformanceReport> RunAllAsync(
        Func<Task<TStore>> newStore, StoreCapabilities capabilities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(newStore);
        var results = new List<ConformanceResult>();
        string store = "no store";
        foreach (Rule<TStore> rule in _rules)
        {
            var (tried, name) = await TryAsync(rule, newStore, capabilities, cancellationToken).ConfigureAwait(false);
            results.Add(tried.Result);
            store = name ?? store;
        }

        return new() { Contract = _contract, Store = store, Capabilities = capabilities, Results = results.AsReadOnly() };
    }

    private static ConformanceRule PublicOf(Rule<TStore> rule) => new(rule.Name, rule.Why, rule.Requires) { Interface = rule.Besides?.Name };

    private static ConformanceResult Skipped(Rule<TStore> rule, string because) =>
        new() { Rule = PublicOf(rule), Outcome = ConformanceOutcome.Skipped, SkippedBecause = because, Took = Duration.Zero };

    private static async Task<((ConformanceResult Result, Exception? Cause) Result, string? Store)> TryAsync(
        Rule<TStore> rule, Func<Task<TStore>> newStore, StoreCapabilities capabilities, CancellationToken cancellationToken)
    {
        StoreCapabilities missing = rule.Requires & ~capabilities;
        if (missing != StoreCapabilities.None)
        {
            return ((Skipped(rule, $"the store does not declare {missing}"), null), null);
        }

        TStore store = await newStore().ConfigureAwait(false)
            ?? throw new ArgumentException("The function gave no store.", nameof(newStore));
        try
        {
            return rule.Besides?.IsInstanceOfType(store) == false
                ? ((Skipped(rule, $"the store does not implement {rule.Besides.Name}"), null), store.GetType().Name)
                : (await CheckAsync(rule, new(store, cancellationToken)).ConfigureAwait(false), store.GetType().Name);
        }
        finally
        {
            await Disposal.Of(store).ConfigureAwait(false);
        }
    }

    private static async Task<(ConformanceResult Result, Exception? Cause)> CheckAsync(Rule<TStore> rule, Trial<TStore> trial)
    {
        long started = Stopwatch.GetTimestamp();
        ConformanceResult Result(ConformanceOutcome outcome) =>
            new() { Rule = PublicOf(rule), Outcome = outcome, Took = Duration.FromTimeSpan(Stopwatch.GetElapsedTime(started)) };

        try
        {
            // A store that is deaf to the token must not keep its caller waiting.
            await Task.Run(() => rule.Check(trial), CancellationToken.None).WaitAsync(trial.Token).ConfigureAwait(false);
            return (Result(ConformanceOutcome.Passed), null);
        }
        catch (BrokenPromise broken)
        {
            return (Result(ConformanceOutcome.Failed) with { Expected = broken.Expected, Actual = broken.Actual }, broken.InnerException);
        }
        catch (Exception thrown) when (!trial.Token.IsCancellationRequested)
        {
            // Its message may hold anything the store put there; it is the cause of the exception, and in no line of ours.
            return (Result(ConformanceOutcome.Failed) with { Expected = "no exception", Actual = $"the store threw {thrown.GetType().Name}" }, thrown);
        }
    }
}
