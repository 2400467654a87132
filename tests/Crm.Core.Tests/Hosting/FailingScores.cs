using Crm.Core.Hosting;

namespace Crm.Core.Tests.Hosting;

internal sealed class FailingScores(IScoreStore inner, FailingCalls faults) : IScoreStore
{
    /// <summary>Gets or sets what happens before scores reach the store, after the refresh has sent them.</summary>
    internal Func<IReadOnlyList<CustomerScore>, Task>? BeforeWrite { get; set; }

    /// <summary>Gets or sets what happens when scores are written, before the refresh is told.</summary>
    internal Func<Task>? OnWrite { get; set; }

    public string DataName => inner.DataName;

    public async ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken)
    {
        faults.Count();
        if (scores.Count > 0 && BeforeWrite is { } beforeWrite)
        {
            await beforeWrite(scores);
        }

        StoreVersion version = await inner.SaveAsync(run, scores, cancellationToken);
        if (scores.Count > 0 && OnWrite is { } onWrite)
        {
            await onWrite();
        }

        return version;
    }

    public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.ReadRunsAsync(cancellationToken);
    }

    public ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken) => inner.FindAsync(run, customer, cancellationToken);

    public IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.ReadAllAsync(run, cancellationToken);
    }

    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.RemoveAsync(run, cancellationToken);
    }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
}
