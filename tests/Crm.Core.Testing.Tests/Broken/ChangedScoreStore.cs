using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>A store that does as another does, but for what is changed in it.</summary>
internal sealed class ChangedScoreStore : IScoreStore
{
    internal IScoreStore Inner { get; init; } = new InMemoryScoreStore();

    internal Func<IScoreStore, Stored<ScoreRun>, IReadOnlyList<CustomerScore>, CancellationToken, Task<StoreVersion>> Save { get; init; } =
        async (inner, run, scores, token) => await inner.SaveAsync(run, scores, token);

    internal Func<IScoreStore, CancellationToken, Task<IReadOnlyList<Stored<ScoreRun>>>> ReadRuns { get; init; } = async (inner, token) => await inner.ReadRunsAsync(token);

    internal Func<IScoreStore, RunId, CustomerId, CancellationToken, Task<CustomerScore?>> Find { get; init; } =
        async (inner, run, id, token) => await inner.FindAsync(run, id, token);

    internal Func<IScoreStore, RunId, CancellationToken, IAsyncEnumerable<CustomerScore>> ReadAll { get; init; } = (inner, run, token) => inner.ReadAllAsync(run, token);

    internal Func<IScoreStore, RunId, CancellationToken, Task> Remove { get; init; } = async (inner, run, token) => await inner.RemoveAsync(run, token);

    internal Func<IScoreStore, CustomerId, CancellationToken, Task<ErasureStatement>> Erase { get; init; } = async (inner, id, token) => await inner.EraseAsync(id, token);

    internal Func<IScoreStore, CustomerId, CancellationToken, IAsyncEnumerable<HeldData>> ReadHeld { get; init; } = (inner, id, token) => inner.ReadHeldDataAsync(id, token);

    public string DataName { get; init; } = "scores";

    /// <summary>Gives a store that changes each run before it is kept.</summary>
    internal static ChangedScoreStore KeepingRuns(Func<ScoreRun, ScoreRun> change) => new()
    {
        Save = async (inner, run, scores, token) => await inner.SaveAsync(run with { Value = change(run.Value) }, scores, token),
    };

    /// <summary>Gives a store that changes each score before it is kept.</summary>
    internal static ChangedScoreStore Keeping(Func<CustomerScore, CustomerScore> change) => new()
    {
        Save = async (inner, run, scores, token) => await inner.SaveAsync(run, [.. scores.Select(change)], token),
    };

    public async ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken) =>
        await Save(Inner, run, scores, cancellationToken);

    public async ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken) => await ReadRuns(Inner, cancellationToken);

    public async ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken) => await Find(Inner, run, customer, cancellationToken);

    public IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken) => ReadAll(Inner, run, cancellationToken);

    public async ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => await Remove(Inner, run, cancellationToken);

    public async ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => await Erase(Inner, customer, cancellationToken);

    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => ReadHeld(Inner, customer, cancellationToken);
}
