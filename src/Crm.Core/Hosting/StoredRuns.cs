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

    /// <summary>Removes a run that is not shown, with all that belongs to it; one that is gone leaves nothing under its name either.</summary>
    /// <remarks>The run is saved first in the version in which it was seen unshown: another refresh that is still at it can neither show it nor write into it any more.</remarks>
    /// <exception cref="ConcurrencyConflictException">Another refresh has shown it meanwhile. It stays.</exception>
    internal async Task RemoveUnshownAsync(RunId run, CancellationToken cancellationToken)
    {
        for (bool isTaken = false; !isTaken;)
        {
            Stored<ScoreRun>? found = await FindAsync(run, cancellationToken).ConfigureAwait(false);
            if (found?.Value.PublishedAt is not null)
            {
                throw new ConcurrencyConflictException($"Run {run}", StoreVersion.None, found.Version);
            }

            try
            {
                if (found is not null)
                {
                    await SaveAsync(found, found.Value, cancellationToken).ConfigureAwait(false);
                }

                isTaken = true;
            }
            catch (ConcurrencyConflictException)
            {
                // An erasure has marked it, or another refresh has written: each of them ends, so this does.
            }
        }

        await RemoveAsync(run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes runs that are not shown.</summary>
    /// <exception cref="ConcurrencyConflictException">Another refresh has shown one of them meanwhile. It stays.</exception>
    internal async Task RemoveUnshownAsync(IEnumerable<Stored<ScoreRun>> abandoned, CancellationToken cancellationToken)
    {
        foreach (Stored<ScoreRun> run in abandoned)
        {
            await RemoveUnshownAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what was kept under the name of a run that is gone, where no erasure would look. What fails here is left: something has failed already.</summary>
    internal async Task RemoveIfGoneAsync(RunId run)
    {
        try
        {
            if (await FindAsync(run, CancellationToken.None).ConfigureAwait(false) is null)
            {
                await models.RemoveAsync(run, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // The refresh ends with what went wrong before.
        }
    }

    // The run last: while it is there, what belongs to it can be found and removed.
    internal async Task RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        await models.RemoveAsync(run, cancellationToken).ConfigureAwait(false);
        await scores.RemoveAsync(run, cancellationToken).ConfigureAwait(false);

        // Once more: an erasure that had read what was there a moment ago may have written it back.
        await models.RemoveAsync(run, cancellationToken).ConfigureAwait(false);
    }
}
