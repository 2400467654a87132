using Crm.Core.Hosting;

namespace Crm.Core.Tests.Hosting;

internal sealed class FailingScores(IScoreStore inner, FailingCalls faults) : IScoreStore
{
    internal Func<Task>? OnWrite { get; set; }

    public string DataName => inner.DataName;

    public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.SaveAsync(run, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.ReadRunsAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(RunId run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken)
    {
        faults.Count();
        await inner.WriteAsync(run, scores, cancellationToken);
        if (OnWrite is { } onWrite)
        {
            await onWrite();
        }
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
