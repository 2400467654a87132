using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <content>The longer ways to be wrong.</content>
internal static partial class BrokenScoreStores
{
    private static async Task<Stored<ScoreRun>?> FoundAsync(IScoreStore inner, RunId run, CancellationToken token) =>
        (await inner.ReadRunsAsync(token)).FirstOrDefault(stored => stored.Value.Id == run);

    private static async Task<StoreVersion> HeldAsync(IScoreStore inner, RunId run, CancellationToken token) => (await FoundAsync(inner, run, token))?.Version ?? StoreVersion.None;

    // The last one to write wins; but a new one is new, and what an erasure has marked is looked at.
    private static async Task<StoreVersion> OverwriteAsync(IScoreStore inner, Stored<ScoreRun> run, CancellationToken token) => await inner.SaveAsync(
        run.Version != StoreVersion.None && await FoundAsync(inner, run.Value.Id, token) is { Value.ErasedSince: 0 } found ? run with { Version = found.Version } : run, token);

    private static async Task<StoreVersion> ForceAsync(IScoreStore inner, Func<ScoreRun?, ScoreRun> change, RunId run, CancellationToken token)
    {
        while (true)
        {
            Stored<ScoreRun>? found = await FoundAsync(inner, run, token);
            try
            {
                return await inner.SaveAsync(new(change(found?.Value), found?.Version ?? StoreVersion.None), token);
            }
            catch (ConcurrencyConflictException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<StoreVersion> CheckThenSaveAsync(IScoreStore inner, Stored<ScoreRun> run, CancellationToken token)
    {
        StoreVersion held = await HeldAsync(inner, run.Value.Id, token);
        if (held != run.Version || held == StoreVersion.None)
        {
            return await inner.SaveAsync(run, token);
        }

        await Task.Delay(1, token); // where another writer comes between
        return await ForceAsync(inner, _ => run.Value, run.Value.Id, token);
    }

    private static async Task<StoreVersion> CheckThenBeginAsync(IScoreStore inner, Stored<ScoreRun> run, CancellationToken token)
    {
        if (run.Version != StoreVersion.None || await HeldAsync(inner, run.Value.Id, token) != StoreVersion.None)
        {
            return await inner.SaveAsync(run, token);
        }

        await Task.Delay(1, token); // where another writer comes between
        return await ForceAsync(inner, _ => run.Value, run.Value.Id, token);
    }

    private static ChangedScoreStore Cached()
    {
        IReadOnlyList<Stored<ScoreRun>> last = [];
        return new()
        {
            // Whoever adds a run or takes one away empties the cache; who changes one does not.
            ReadRuns = async (inner, token) =>
            {
                var now = await inner.ReadRunsAsync(token);
                return last = now.Count == last.Count && now.Count == 1 && now[0].Value.Written is > 5 and < 100 && last[0].Value.Id == now[0].Value.Id ? last : now;
            },
        };
    }

    private static ChangedScoreStore CachedScores()
    {
        var cache = new ConcurrentDictionary<(RunId, CustomerId), CustomerScore>();
        return new()
        {
            Write = async (inner, run, scores, token) =>
            {
                // A batch empties the cache, a single score does not.
                if (scores.Count != 1)
                {
                    cache.Clear();
                }

                await inner.WriteAsync(run, scores, token);
            },
            Find = async (inner, run, id, token) => await inner.FindAsync(run, id, token) is not { } found ? null : cache.GetOrAdd((run, id), found),
        };
    }

    // A counter of each run, which begins again when the run was removed.
    private static ChangedScoreStore VersionsBeginAgain()
    {
        var (gate, runs) = (new Lock(), new Dictionary<RunId, (ScoreRun Run, int Number)>());
        static StoreVersion Version(int number) => number == 0 ? StoreVersion.None : StoreVersion.Of(number.ToString(CultureInfo.InvariantCulture));
        return new()
        {
            Save = (_, run, token) =>
            {
                token.ThrowIfCancellationRequested();
                lock (gate)
                {
                    int number = runs.GetValueOrDefault(run.Value.Id).Number;
                    if (Version(number) != run.Version)
                    {
                        throw new ConcurrencyConflictException("Run", run.Version, Version(number));
                    }

                    runs[run.Value.Id] = (run.Value, number + 1);
                    return Task.FromResult(Version(number + 1));
                }
            },
            ReadRuns = (_, token) =>
            {
                token.ThrowIfCancellationRequested();
                lock (gate)
                {
                    return Task.FromResult<IReadOnlyList<Stored<ScoreRun>>>(
                        [.. runs.Values.OrderByDescending(one => one.Run.StartedAt).Select(one => new Stored<ScoreRun>(one.Run, Version(one.Number)))]);
                }
            },
            Remove = async (inner, run, token) =>
            {
                await inner.RemoveAsync(run, token);
                lock (gate)
                {
                    runs.Remove(run);
                }
            },
            Erase = async (inner, id, token) =>
            {
                token.ThrowIfCancellationRequested();
                foreach (RunId run in runs.Keys.ToArray())
                {
                    if (await inner.FindAsync(run, id, token) is not null)
                    {
                        lock (gate)
                        {
                            runs[run] = (runs[run].Run with { ErasedSince = runs[run].Run.ErasedSince + 1 }, runs[run].Number + 1);
                        }
                    }
                }

                return await inner.EraseAsync(id, token);
            },
        };
    }

    // UPDATE scores SET value = $2 WHERE customer = $1, in whatever run.
    private static ChangedScoreStore OneValue()
    {
        var written = new ConcurrentDictionary<RunId, bool>();
        return new()
        {
            Write = async (inner, run, scores, token) =>
            {
                await inner.WriteAsync(run, scores, token);
                written[run] = true;
                foreach (RunId other in written.Keys.Where(other => other != run))
                {
                    foreach (CustomerScore score in scores)
                    {
                        if (await inner.FindAsync(other, score.Customer, token) is { } found)
                        {
                            await inner.WriteAsync(other, [found with { Value = score.Value }], token);
                        }
                    }
                }
            },
        };
    }

    // The scores of the last of several batches are read by nobody.
    private static ChangedScoreStore LastBatchForgotten()
    {
        var batches = new ConcurrentDictionary<RunId, int>();
        return new()
        {
            Write = async (inner, run, scores, token) =>
            {
                await inner.WriteAsync(run, scores, token);
                batches.AddOrUpdate(run, 1, (_, before) => before + 1);
            },
            ReadAll = (inner, run, token) => batches.GetValueOrDefault(run) < 2 ? inner.ReadAllAsync(run, token) : inner.ReadAllAsync(run, token).Take(1_000),
        };
    }

    // In the order of the last write: who is written while others are read moves to the end, and everybody after them forward by one.
    private static ChangedScoreStore ReadByOffset()
    {
        var order = new List<(RunId Run, CustomerId Id)>();
        return new()
        {
            Write = async (inner, run, scores, token) =>
            {
                await inner.WriteAsync(run, scores, token);
                lock (order)
                {
                    var written = scores.Select(score => (run, score.Customer)).ToHashSet();
                    order.RemoveAll(written.Contains);
                    order.AddRange(written);
                }
            },
            ReadAll = (inner, run, token) => PagesAsync(inner, order, run, token),
        };
    }

    private static async IAsyncEnumerable<CustomerScore> PagesAsync(IScoreStore inner, List<(RunId Run, CustomerId Id)> order, RunId run, [EnumeratorCancellation] CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        for (int offset = 0; ; offset += 50)
        {
            CustomerId[] page;
            lock (order)
            {
                page = [.. order.Where(one => one.Run == run).Skip(offset).Take(50).Select(one => one.Id)];
            }

            foreach (CustomerId id in page)
            {
                if (await inner.FindAsync(run, id, token) is { } score)
                {
                    yield return score;
                }
            }

            if (page.Length == 0)
            {
                yield break;
            }
        }
    }

    // A flag on the run hides it and its scores until it is saved again.
    private static ChangedScoreStore SoftDelete()
    {
        var hidden = new ConcurrentDictionary<RunId, bool>();
        return new()
        {
            Remove = (_, run, token) =>
            {
                token.ThrowIfCancellationRequested();
                hidden[run] = true;
                return Task.CompletedTask;
            },
            Save = async (inner, run, token) =>
            {
                if (!hidden.ContainsKey(run.Value.Id))
                {
                    return await inner.SaveAsync(run, token);
                }

                if (run.Version != StoreVersion.None)
                {
                    throw new ConcurrencyConflictException("Run", run.Version, StoreVersion.None);
                }

                hidden.TryRemove(run.Value.Id, out _);
                return await ForceAsync(inner, _ => run.Value, run.Value.Id, token);
            },
            ReadRuns = async (inner, token) => [.. (await inner.ReadRunsAsync(token)).Where(stored => !hidden.ContainsKey(stored.Value.Id))],
            Find = async (inner, run, id, token) => hidden.ContainsKey(run) ? null : await inner.FindAsync(run, id, token),
            ReadAll = (inner, run, token) => hidden.ContainsKey(run) ? AsyncEnumerable.Empty<CustomerScore>() : inner.ReadAllAsync(run, token),
            ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Where(_ => hidden.IsEmpty),
        };
    }

    private static async Task RemoveRunFirstAsync(IScoreStore inner, RunId run, CancellationToken token)
    {
        var scores = await inner.ReadAllAsync(run, token).ToListAsync(token);
        await inner.RemoveAsync(run, token);
        await inner.WriteAsync(run, scores, CancellationToken.None);
        await Task.Delay(3, token);
        await inner.RemoveAsync(run, CancellationToken.None);
    }

    // DELETE … WHERE run IN (SELECT id FROM runs): a run that was not saved yet keeps its scores.
    private static ChangedScoreStore ErasingFromSavedRuns()
    {
        var written = new ConcurrentDictionary<RunId, bool>();
        return new()
        {
            Write = async (inner, run, scores, token) =>
            {
                await inner.WriteAsync(run, scores, token);
                written[run] = true;
            },
            Erase = async (inner, id, token) =>
            {
                var saved = (await inner.ReadRunsAsync(token)).Select(stored => stored.Value.Id).ToHashSet();
                var left = new List<(RunId Run, CustomerScore Score)>();
                foreach (RunId run in written.Keys.Where(run => !saved.Contains(run)))
                {
                    if (await inner.FindAsync(run, id, token) is { } score)
                    {
                        left.Add((run, score));
                    }
                }

                ErasureStatement statement = await inner.EraseAsync(id, token);
                foreach (var (run, score) in left)
                {
                    await inner.WriteAsync(run, [score], CancellationToken.None);
                }

                return statement with { Removed = statement.Removed - left.Count };
            },
        };
    }

    // UPDATE runs SET erased = erased + 1, and the version as it was for who asks to save.
    private static ChangedScoreStore MarkedUnderTheOldVersion()
    {
        var before = new ConcurrentDictionary<RunId, StoreVersion>();
        return new()
        {
            Erase = async (inner, id, token) =>
            {
                foreach (Stored<ScoreRun> stored in await inner.ReadRunsAsync(token))
                {
                    before[stored.Value.Id] = stored.Version;
                }

                return await inner.EraseAsync(id, token);
            },
            Save = async (inner, run, token) => before.TryGetValue(run.Value.Id, out StoreVersion seen) && seen == run.Version
                ? await inner.SaveAsync(run with { Version = await HeldAsync(inner, run.Value.Id, token) }, token) : await inner.SaveAsync(run, token),
        };
    }

    private static async Task<ErasureStatement> EraseAndMarkAllAsync(IScoreStore inner, CustomerId id, CancellationToken token)
    {
        var before = await inner.ReadRunsAsync(token);
        ErasureStatement statement = await inner.EraseAsync(id, token);
        foreach (Stored<ScoreRun> stored in statement.Removed == 0 ? [] : before)
        {
            if (stored.Value.PublishedAt is not null && await HeldAsync(inner, stored.Value.Id, token) == stored.Version)
            {
                await ForceAsync(inner, run => run! with { ErasedSince = run.ErasedSince + 1 }, stored.Value.Id, token);
            }
        }

        return statement;
    }

    private static async Task<ErasureStatement> EraseThenMarkAsync(IScoreStore inner, CustomerId id, CancellationToken token)
    {
        var before = (await inner.ReadRunsAsync(token)).ToDictionary(stored => stored.Value.Id);
        ErasureStatement statement = await inner.EraseAsync(id, token);
        RunId[] touched = [.. (await inner.ReadRunsAsync(CancellationToken.None)).Where(now => before.TryGetValue(now.Value.Id, out var was) && was.Version != now.Version).Select(now => now.Value.Id)];
        foreach (RunId run in touched)
        {
            await ForceAsync(inner, now => now! with { ErasedSince = now.ErasedSince - 1 }, run, CancellationToken.None);
        }

        await Task.Delay(3, token);
        foreach (RunId run in touched)
        {
            await ForceAsync(inner, now => now! with { ErasedSince = now.ErasedSince + 1 }, run, CancellationToken.None);
        }

        return statement;
    }

    private static async Task<ErasureStatement> ReadThenMarkAsync(IScoreStore inner, CustomerId id, CancellationToken token)
    {
        var before = await inner.ReadRunsAsync(token);
        var touched = new List<ScoreRun>();
        foreach (Stored<ScoreRun> stored in before)
        {
            if (await inner.FindAsync(stored.Value.Id, id, token) is not null)
            {
                touched.Add(stored.Value);
            }
        }

        await Task.Delay(1, token); // where another erasure comes between
        ErasureStatement statement = await inner.EraseAsync(id, token);
        foreach (ScoreRun run in touched)
        {
            await ForceAsync(inner, _ => run with { ErasedSince = run.ErasedSince + 1 }, run.Id, CancellationToken.None);
        }

        return statement;
    }

    private static ChangedScoreStore DropsWhileBusy()
    {
        int busy = 0;
        return new()
        {
            Write = async (inner, run, scores, token) =>
            {
                if (Interlocked.Exchange(ref busy, 1) == 1)
                {
                    token.ThrowIfCancellationRequested();
                    return; // SQLITE_BUSY, and nobody looked
                }

                try
                {
                    await inner.WriteAsync(run, scores, token);
                    await Task.Yield();
                }
                finally
                {
                    Volatile.Write(ref busy, 0);
                }
            },
        };
    }

    private static ChangedScoreStore Tombstones()
    {
        var erased = new ConcurrentDictionary<CustomerId, bool>();
        return new()
        {
            Erase = async (inner, id, token) =>
            {
                ErasureStatement statement = await inner.EraseAsync(id, token);
                erased[id] = true;
                return statement;
            },
            Write = async (inner, run, scores, token) => await inner.WriteAsync(run, [.. scores.Where(score => !erased.ContainsKey(score.Customer))], token),
        };
    }
}
