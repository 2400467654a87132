namespace Crm.Core.Hosting;

/// <summary>Where runs and their scores are kept. A host implements it over its own storage.</summary>
/// <remarks>
/// <para>
/// The scores of a run are too many for one write. They are written in batches, each in one save with the run, and count from the one save that
/// sets the run's <see cref="ScoreRun.PublishedAt"/>. So a score always belongs to a run that is there, and no batch gets into a run that somebody
/// else has changed since it was seen.
/// </para>
/// <para>
/// A run and a score are whole values: each is found as it was saved, numbers to the bit (<see cref="ScoreJson"/> makes one text of it).
/// </para>
/// <para>
/// Erasing a customer marks each run it takes a score from, in one write with taking it: the run's <see cref="ScoreRun.ErasedSince"/> grows by
/// one, and its version is a new one, so that who has seen it before can neither take the mark away nor write the score back. Runs without a score of
/// the customer stay as they are.
/// </para>
/// <para>
/// Every member may be called by several threads at once. A write that has returned is seen by every read that begins after it. A token
/// that is cancelled beforehand makes every member throw <see cref="OperationCanceledException"/> and change nothing. Ids are compared
/// ordinally.
/// </para>
/// </remarks>
public interface IScoreStore : IPersonalDataStore
{
    /// <summary>Saves a run together with scores of it, all or nothing. A score of a customer that is there already is written over, whole; others stay.</summary>
    /// <param name="run">The run, with the version that was seen, <see cref="StoreVersion.None"/> for a new one.</param>
    /// <param name="scores">The scores, of each customer at most one; none to save the run alone.</param>
    /// <param name="cancellationToken">Stops the work before anything is saved, or not at all.</param>
    /// <returns>The new version, never given before for that run.</returns>
    /// <exception cref="ConcurrencyConflictException">The stored version is not the one that was seen. Nothing is saved, of the run or of the scores.</exception>
    ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken);

    /// <summary>Gives every saved run once, the last begun first; those begun at one moment in an order of the store's own.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The runs with their versions.</returns>
    ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken);

    /// <summary>Finds the score of a customer in a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The score, or null where there is none.</returns>
    ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Gives every score of a run once, in an order of the store's own; one written meanwhile as it was before or after.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The scores.</returns>
    IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Removes a run and its scores. One that is not there is no error.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the work; scores removed by then may stay removed. While one is left the run is there too, by which it is found.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken);
}
