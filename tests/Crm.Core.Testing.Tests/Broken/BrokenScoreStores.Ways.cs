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

    private static RunId[] Runs(IEnumerable<Stored<ScoreRun>> stored) => [.. stored.Select(one => one.Value.Id)];

    private static async Task<StoreVersion> ForceAsync(
        IScoreStore inner, Func<ScoreRun?, ScoreRun> change, RunId run, CancellationToken token, params IReadOnlyList<CustomerScore> scores)
    {
        while (true)
        {
            Stored<ScoreRun>? found = await FoundAsync(inner, run, token);
            try
            {
                return await inner.SaveAsync(new(change(found?.Value), found?.Version ?? StoreVersion.None), scores, token);
            }
            catch (ConcurrencyConflictException)
            {
                await Task.Yield();
            }
        }
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
            Save = async (inner, run, scores, token) =>
            {
                // A batch empties the cache, a single score does not.
                if (scores.Count != 1)
                {
                    cache.Clear();
                }

                return await inner.SaveAsync(run, scores, token);
            },
            Find = async (inner, run, id, token) => await inner.FindAsync(run, id, token) is not { } found ? null : cache.GetOrAdd((run, id), found),
        };
    }

    // A counter of each run, which begins again when the run was removed.
    private static ChangedScoreStore VersionsBeginAgain()
    {
        var versions = new ConcurrentDictionary<RunId, List<StoreVersion>>();
        StoreVersion Counted(RunId run, StoreVersion version)
        {
            List<StoreVersion> given = versions.GetOrAdd(run, _ => []);
            lock (given)
            {
                if (!given.Contains(version))
                {
                    given.Add(version);
                }

                return StoreVersion.Of((given.IndexOf(version) + 1).ToString(CultureInfo.InvariantCulture));
            }
        }

        return new()
        {
            Save = async (inner, run, scores, token) =>
            {
                token.ThrowIfCancellationRequested();
                StoreVersion held = await HeldAsync(inner, run.Value.Id, token);
                StoreVersion counted = held == StoreVersion.None ? held : Counted(run.Value.Id, held);
                return counted == run.Version
                    ? Counted(run.Value.Id, await inner.SaveAsync(run with { Version = held }, scores, token))
                    : throw new ConcurrencyConflictException("Run", run.Version, counted);
            },
            ReadRuns = async (inner, token) =>
                [.. (await inner.ReadRunsAsync(token)).Select(stored => stored with { Version = Counted(stored.Value.Id, stored.Version) })],
            Remove = async (inner, run, token) =>
            {
                await inner.RemoveAsync(run, token);
                versions.TryRemove(run, out _);
            },
        };
    }

    // UPDATE scores SET value = $2 WHERE customer = $1, in whatever run.
    private static ChangedScoreStore OneValue() => new()
    {
        Save = async (inner, run, scores, token) =>
        {
            StoreVersion version = await inner.SaveAsync(run, scores, token);
            foreach (RunId other in Runs(scores.Count == 0 ? [] : await inner.ReadRunsAsync(token)))
            {
                foreach (CustomerScore score in scores)
                {
                    if (await inner.FindAsync(other, score.Customer, token) is { } found && found.Value != score.Value)
                    {
                        await ForceAsync(inner, now => now!, other, token, found with { Value = score.Value });
                    }
                }
            }

            return version;
        },
    };

    // The scores of the last of several batches are read by nobody.
    private static ChangedScoreStore LastBatchForgotten()
    {
        var batches = new ConcurrentDictionary<RunId, int>();
        return new()
        {
            Save = async (inner, run, scores, token) =>
            {
                StoreVersion version = await inner.SaveAsync(run, scores, token);
                batches.AddOrUpdate(run.Value.Id, 1, (_, before) => before + 1);
                return version;
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
            Save = async (inner, run, scores, token) =>
            {
                StoreVersion version = await inner.SaveAsync(run, scores, token);
                lock (order)
                {
                    var written = scores.Select(score => (run.Value.Id, score.Customer)).ToHashSet();
                    order.RemoveAll(written.Contains);
                    order.AddRange(written);
                }

                return version;
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
            Save = async (inner, run, scores, token) =>
            {
                if (!hidden.ContainsKey(run.Value.Id))
                {
                    return await inner.SaveAsync(run, scores, token);
                }

                if (run.Version != StoreVersion.None)
                {
                    throw new ConcurrencyConflictException("Run", run.Version, StoreVersion.None);
                }

                hidden.TryRemove(run.Value.Id, out _);
                return await ForceAsync(inner, _ => run.Value, run.Value.Id, token, scores);
            },
            ReadRuns = async (inner, token) => [.. (await inner.ReadRunsAsync(token)).Where(stored => !hidden.ContainsKey(stored.Value.Id))],
            Find = async (inner, run, id, token) => hidden.ContainsKey(run) ? null : await inner.FindAsync(run, id, token),
            ReadAll = (inner, run, token) => hidden.ContainsKey(run) ? AsyncEnumerable.Empty<CustomerScore>() : inner.ReadAllAsync(run, token),
            ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Where(_ => hidden.IsEmpty),
        };
    }

    // The scores of a run that was removed go into a table of old ones, which an export still finds.
    private static ChangedScoreStore Archived()
    {
        var old = new ConcurrentBag<CustomerScore>();
        return new()
        {
            Remove = async (inner, run, token) =>
            {
                await foreach (CustomerScore score in inner.ReadAllAsync(run, token))
                {
                    old.Add(score);
                }

                await inner.RemoveAsync(run, token);
            },
            ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Concat(
                old.Where(score => score.Customer == id).Select(score => new HeldData("old score", ScoreJson.Write(score))).ToAsyncEnumerable()),
        };
    }

    // DELETE FROM runs, and then DELETE FROM scores: whoever is stopped between leaves scores behind.
    private static ChangedScoreStore RunRemovedFirst()
    {
        var left = new ConcurrentDictionary<RunId, List<CustomerScore>>();
        return new()
        {
            Remove = async (inner, run, token) =>
            {
                left[run] = await inner.ReadAllAsync(run, token).ToListAsync(token);
                await inner.RemoveAsync(run, token);
                await Task.Delay(3, token);
                left.TryRemove(run, out _);
            },
            ReadAll = (inner, run, token) => left.TryGetValue(run, out var scores) ? scores.ToAsyncEnumerable() : inner.ReadAllAsync(run, token),
        };
    }

    // The run that is being written is left out: nobody sees it yet.
    private static ChangedScoreStore ErasingFromRunsOfBefore() => new()
    {
        Erase = async (inner, id, token) =>
        {
            var runs = await inner.ReadRunsAsync(token);
            Stored<ScoreRun>? begun = runs.Count > 1 && runs[0].Value.PublishedAt is null && runs[0].Value.StartedAt > runs[1].Value.StartedAt ? runs[0] : null;
            CustomerScore? score = begun is null ? null : await inner.FindAsync(begun.Value.Id, id, token);
            ErasureStatement statement = await inner.EraseAsync(id, token);
            if (score is null)
            {
                return statement;
            }

            await ForceAsync(inner, _ => begun!.Value, begun!.Value.Id, CancellationToken.None, score);
            return statement with { Removed = statement.Removed - 1 };
        },
    };

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
            Save = async (inner, run, scores, token) => before.TryGetValue(run.Value.Id, out StoreVersion seen) && seen == run.Version
                ? await inner.SaveAsync(run with { Version = await HeldAsync(inner, run.Value.Id, token) }, scores, token) : await inner.SaveAsync(run, scores, token),
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
            Save = async (inner, run, scores, token) =>
            {
                if (Interlocked.Exchange(ref busy, 1) == 1)
                {
                    return await inner.SaveAsync(run, [], token); // SQLITE_BUSY of the scores, and nobody looked
                }

                try
                {
                    StoreVersion version = await inner.SaveAsync(run, scores, token);
                    await Task.Yield();
                    return version;
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
            Save = async (inner, run, scores, token) => await inner.SaveAsync(run, [.. scores.Where(score => !erased.ContainsKey(score.Customer))], token),
        };
    }
}
