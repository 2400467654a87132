using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <content>Ways in which a save is wrong.</content>
internal static partial class BrokenScoreStores
{
    // The last one to write wins; but a new one is new, what an erasure has marked is looked at, and so is what comes with scores.
    private static async Task<StoreVersion> OverwriteAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token) => await inner.SaveAsync(
        scores.Count == 0 && run.Version != StoreVersion.None && await FoundAsync(inner, run.Value.Id, token) is { Value.ErasedSince: 0 } found
            ? run with { Version = found.Version } : run,
        scores,
        token);

    private static async Task<StoreVersion> CheckThenSaveAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        StoreVersion held = await HeldAsync(inner, run.Value.Id, token);
        if (held != run.Version || held == StoreVersion.None)
        {
            return await inner.SaveAsync(run, scores, token);
        }

        await Task.Delay(1, token); // where another writer comes between
        return await ForceAsync(inner, _ => run.Value, run.Value.Id, token, scores);
    }

    private static async Task<StoreVersion> CheckThenBeginAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        if (run.Version != StoreVersion.None || await HeldAsync(inner, run.Value.Id, token) != StoreVersion.None)
        {
            return await inner.SaveAsync(run, scores, token);
        }

        await Task.Delay(1, token); // where another writer comes between
        return await ForceAsync(inner, _ => run.Value, run.Value.Id, token, scores);
    }

    // REPLACE INTO runs, and ON DELETE CASCADE takes the scores of the row that was replaced.
    private static async Task<StoreVersion> ReplaceAndCascadeAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        StoreVersion version = await inner.SaveAsync(run, scores, token);
        if (scores.Count > 0 || run.Version == StoreVersion.None)
        {
            return version;
        }

        await inner.RemoveAsync(run.Value.Id, token);
        return await inner.SaveAsync(run with { Version = StoreVersion.None }, [], token);
    }

    // The scores first, and no way back where the run is refused.
    private static async Task<StoreVersion> ScoresBeforeTheCheckAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        try
        {
            return await inner.SaveAsync(run, scores, token);
        }
        catch (ConcurrencyConflictException) when (scores.Count > 0 && run.Value.ErasedSince == 0)
        {
            if (await FoundAsync(inner, run.Value.Id, token) is { } found)
            {
                await inner.SaveAsync(found, scores, token);
            }

            throw;
        }
    }

    // The run in a transaction of its own, its scores in the next.
    private static async Task<StoreVersion> ScoresAfterTheCheckAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        StoreVersion version = await inner.SaveAsync(run, [], token);
        if (scores.Count == 0)
        {
            return version;
        }

        await Task.Delay(1, CancellationToken.None); // where an erasure comes between
        return await ForceAsync(inner, now => now ?? run.Value, run.Value.Id, CancellationToken.None, scores);
    }

    private static async Task<StoreVersion> RunBeforeScoresAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        StoreVersion version = await inner.SaveAsync(run, [], token);
        if (scores.Count == 0)
        {
            return version;
        }

        await Task.Delay(2, token);
        return await inner.SaveAsync(run with { Version = version }, scores, token);
    }

    // Row by row, and the run with the last.
    private static async Task<StoreVersion> InPiecesAsync(IScoreStore inner, Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken token)
    {
        if (await FoundAsync(inner, run.Value.Id, token) is not { } found || found.Version != run.Version)
        {
            return await inner.SaveAsync(run, scores, token);
        }

        for (int place = 0; place < scores.Count - 1; place++)
        {
            found = found with { Version = await inner.SaveAsync(found, [scores[place]], token) };
            await Task.Delay(1, token);
        }

        return await inner.SaveAsync(run with { Version = found.Version }, [.. scores.TakeLast(1)], token);
    }
}
