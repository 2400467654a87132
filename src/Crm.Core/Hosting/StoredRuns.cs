namespace Crm.Core.Hosting;

/// <summary>The runs of a base, with what is kept of each in both stores.</summary>
internal sealed class StoredRuns(IScoreStore scores, IModelStore models)
{
    internal async Task<Stored<ScoreRun>?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        (await scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(stored => stored.Value.Id == run);

    /// <summary>Saves a run alone.</summary>
    internal Task<Stored<ScoreRun>> SaveAsync(Stored<ScoreRun> seen, ScoreRun changed, CancellationToken cancellationToken) =>
        SaveAsync(seen, changed, [], cancellationToken);

    /// <summary>Saves a run with scores of it.</summary>
    internal async Task<Stored<ScoreRun>> SaveAsync(
        Stored<ScoreRun> seen, ScoreRun changed, IReadOnlyList<CustomerScore> written, CancellationToken cancellationToken) =>
        new(changed, await scores.SaveAsync(new(changed, seen.Version), written, cancellationToken).ConfigureAwait(false));

    // The run last: while it is there, what belongs to it can be found and removed.
    internal async Task RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        await models.RemoveAsync(run, cancellationToken).ConfigureAwait(false);
        await scores.RemoveAsync(run, cancellationToken).ConfigureAwait(false);

        // Once more: an erasure that had read what was there a moment ago may have written it back.
        await models.RemoveAsync(run, cancellationToken).ConfigureAwait(false);
    }
}
