using System.Runtime.CompilerServices;

namespace Crm.Core.Hosting;

/// <summary>Runs and scores in memory: the reference every other store is compared with, and enough for tests and samples.</summary>
/// <remarks>Nothing outlives the process. Thread-safe.</remarks>
public sealed class InMemoryScoreStore : IScoreStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, Stored<ScoreRun>> _runs = [];
    private readonly Dictionary<RunId, Dictionary<CustomerId, CustomerScore>> _scores = [];
    private long _version;

    /// <inheritdoc/>
    public string DataName => "scores";

    /// <inheritdoc/>
    public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var all = ValueList<CustomerScore>.Of(scores, nameof(scores));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            StoreVersion found = _runs.GetValueOrDefault(run.Value.Id)?.Version ?? StoreVersion.None;
            if (found != run.Version)
            {
                throw new ConcurrencyConflictException($"Run {run.Value.Id}", run.Version, found);
            }

            var version = StoreVersion.Of(FormattableString.Invariant($"{++_version}"));
            _runs[run.Value.Id] = new(run.Value, version);
            var written = _scores.TryGetValue(run.Value.Id, out var before) ? before : _scores[run.Value.Id] = [];
            foreach (CustomerScore score in all)
            {
                written[score.Customer] = score;
            }

            return new(version);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(ValueList<Stored<ScoreRun>>.Of(_runs.Values.OrderByDescending(run => run.Value.StartedAt).ToArray(), nameof(cancellationToken)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(_scores.GetValueOrDefault(run)?.GetValueOrDefault(customer));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        CustomerScore[] all;
        lock (_gate)
        {
            all = [.. _scores.GetValueOrDefault(run)?.Values ?? Enumerable.Empty<CustomerScore>()];
        }

        foreach (CustomerScore score in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return score;
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _runs.Remove(run);
            _scores.Remove(run);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            int removed = 0;
            foreach (var (run, scores) in _scores)
            {
                if (!scores.Remove(customer))
                {
                    continue;
                }

                removed++;
                ScoreRun of = _runs[run].Value;
                _runs[run] = new(of with { ErasedSince = of.ErasedSince + 1 }, StoreVersion.Of(FormattableString.Invariant($"{++_version}")));
            }

            return new(new ErasureStatement { Store = DataName, Removed = removed });
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        HeldData[] held;
        lock (_gate)
        {
            held = [.. _scores.Where(of => of.Value.ContainsKey(customer)).Select(of => new HeldData($"score of run {of.Key}", ScoreJson.Write(of.Value[customer])))];
        }

        foreach (HeldData score in held)
        {
            yield return score;
        }
    }
}
