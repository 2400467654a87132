namespace Crm.Core.Hosting;

/// <summary>Where runs and their scores are kept. A host implements it over its own storage.</summary>
/// <remarks>
/// <para>
/// A run and its scores are two writes that stand or fall together, without a transaction: the scores count from the one save that sets the
/// run's <see cref="ScoreRun.PublishedAt"/>.
/// </para>
/// <para>Erasing a customer marks each run it takes a score from: its <see cref="ScoreRun.ErasedSince"/> grows by one, and its version changes.</para>
/// <para>
/// Every member may be called by several threads at once. A write that has returned is seen by every read that begins after it. A token
/// that is cancelled beforehand makes every member throw <see cref="OperationCanceledException"/> and change nothing. Ids are compared
/// ordinally.
/// </para>
/// </remarks>
public interface IScoreStore : IPersonalDataStore
{
    /// <summary>Saves a run.</summary>
    /// <param name="run">The run, with the version that was seen, <see cref="StoreVersion.None"/> for a new one.</param>
    /// <param name="cancellationToken">Stops the work before anything is saved, or not at all.</param>
    /// <returns>The new version, never given before for that run.</returns>
    /// <exception cref="ConcurrencyConflictException">The stored version is not the one that was seen. Nothing is saved.</exception>
    ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, CancellationToken cancellationToken);

    /// <summary>Gives every run, the last begun first.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The runs with their versions.</returns>
    ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken);

    /// <summary>Writes scores of a run, all of them or none. A score of a customer that is there already is written over.</summary>
    /// <param name="run">The run; it need not be saved yet.</param>
    /// <param name="scores">The scores, of each customer at most one.</param>
    /// <param name="cancellationToken">Stops the work before anything is written, or not at all.</param>
    /// <returns>A task that ends when they are written.</returns>
    ValueTask WriteAsync(RunId run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken);

    /// <summary>Finds the score of a customer in a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The score, or null where there is none.</returns>
    ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Gives every score of a run once, in an order of the store's own.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The scores.</returns>
    IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Removes a run and its scores. One that is not there is no error.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the work; what was removed by then may stay removed.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken);
}
