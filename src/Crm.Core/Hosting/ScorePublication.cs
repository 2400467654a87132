using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Writes the scores of a run in batches, and shows them by one write at the end.</summary>
/// <remarks>
/// Each batch is saved with the run, in the version that was seen: where another refresh has carried the run on, or an erasure has taken a score of it, that is a
/// conflict, however long the batch was held up on its way to the store, and nothing of it is written.
/// </remarks>
internal sealed class ScorePublication(StoredRuns runs, IModelStore models, IClock clock, int batchSize)
{
    /// <summary>Writes and shows; null where somebody was erased meanwhile, who may have been written back among them.</summary>
    internal async Task<Stored<ScoreRun>?> PublishAsync(Stored<ScoreRun> run, ScoreRun? shown, ScoreTable table, CancellationToken cancellationToken)
    {
        try
        {
            for (int from = run.Value.Written; from < table.Count; from = run.Value.Written)
            {
                int to = (int)Math.Min(table.Count, (long)from + batchSize);
                run = await runs.SaveAsync(run, run.Value with { Written = to }, table.Rows(from, to), cancellationToken).ConfigureAwait(false);
            }

            if (await models.FindAsync(run.Value.Id, RunArtefact.Begun, cancellationToken).ConfigureAwait(false) is null)
            {
                return null;
            }

            // Of two runs the one shown later counts, even where the clock was set back between them.
            Instant now = clock.GetCurrentInstant();
            Instant after = shown?.PublishedAt is { } before ? before + Duration.FromNanoseconds(1) : now;
            return await runs.SaveAsync(run, run.Value with { PublishedAt = Instant.Max(now, after) }, cancellationToken).ConfigureAwait(false);
        }
        catch (ConcurrencyConflictException)
        {
            Stored<ScoreRun>? left = await runs.FindAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
            if (left is { Value: { ErasedSince: > 0, PublishedAt: null } })
            {
                return null;
            }

            throw;
        }
    }
}
