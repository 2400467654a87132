using System.Collections.Concurrent;
using System.Text;
using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>For each rule a store that breaks it, and does all else as well as it can.</summary>
internal static class BrokenModelStores
{
    internal static IReadOnlyDictionary<string, Func<IModelStore>> ByRule { get; } = new Dictionary<string, Func<IModelStore>>
    {
        ["absent-is-null"] = () => new ChangedModelStore
        {
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name, token)
                ?? ((await inner.ReadNamesAsync(run, token)).Count == 1 ? new() { Run = run, Name = name, Content = ReadOnlyMemory<byte>.Empty } : null),
        },
        ["found-as-saved"] = () => new ChangedModelStore
        {
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name, token) is { } found
                ? found with { Name = name.Replace("gamma-gamma", "Gamma/Gamma", StringComparison.Ordinal) } : null,
        },
        ["every-byte-kept"] = () => ChangedModelStore.Keeping(content => content.Length > 100_000 ? content : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content))),
        ["empty-content-kept"] = () => new ChangedModelStore
        {
            // '' is NULL
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name, token) is { Content.Length: > 0 } found ? found : null,
        },
        ["large-content-whole"] = () => ChangedModelStore.Keeping(content => content[..Math.Min(content.Length, 4 << 20)]),
        ["content-copied"] = KeepingReferences,
        ["saved-again-replaces"] = () => new ChangedModelStore
        {
            // Writes into the file that is there and does not cut it off.
            Save = async (inner, artefact, token) =>
            {
                byte[] old = (await inner.FindAsync(artefact.Run, artefact.Name, token))?.Content.ToArray() ?? [];
                bool isText = old.Length is > 20 and < 100;
                await inner.SaveAsync(artefact with { Content = isText ? (byte[])[.. artefact.Content.Span, .. old[Math.Min(old.Length, artefact.Content.Length)..]] : artefact.Content }, token);
            },
        },
        ["save-seen-at-once"] = Cached,
        ["cancelled-changes-nothing"] = () => new ChangedModelStore { RemoveRun = async (inner, run, _) => await inner.RemoveAsync(run, CancellationToken.None) },
        ["save-all-or-none"] = () => new ChangedModelStore { Save = SaveInPiecesAsync },
        ["hostile-text-exact"] = () => new ChangedModelStore
        {
            ReadNames = async (inner, run, token) => [.. (await inner.ReadNamesAsync(run, token)).Select(name => name.Replace("\\", "", StringComparison.Ordinal))],
        },
        ["ids-compared-ordinally"] = () => RunsAs(run => run.ToString().EndsWith("ADA", StringComparison.Ordinal) ? RunId.Of(run.ToString()[..^3] + "ada") : run),
        ["names-compared-ordinally"] = () => new ChangedModelStore
        {
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name == "ADA" ? "ada" : name, token) is { } found ? found with { Name = name } : null,
        },
        ["names-in-ordinal-order"] = () => new ChangedModelStore
        {
            // ORDER BY name COLLATE BINARY, by the bytes of UTF-8
            ReadNames = async (inner, run, token) => [.. (await inner.ReadNamesAsync(run, token)).OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))],
        },
        ["names-of-one-run-each-once"] = () => new ChangedModelStore { ReadNames = async (inner, run, token) => [.. (await inner.ReadNamesAsync(run, token)).Take(200)] },
        ["removed-is-gone"] = () => new ChangedModelStore
        {
            Remove = async (inner, run, name, token) =>
            {
                if (await inner.FindAsync(run, name, token) is { } found && (await inner.ReadNamesAsync(run, token)).Count == 4)
                {
                    await inner.SaveAsync(found with { Content = ReadOnlyMemory<byte>.Empty }, token); // content = NULL
                    return;
                }

                await inner.RemoveAsync(run, name, token);
            },
        },
        ["removal-leaves-others"] = () => new ChangedModelStore
        {
            // WHERE name LIKE $1
            Remove = async (inner, run, name, token) =>
            {
                foreach (string like in (await inner.ReadNamesAsync(run, token)).Where(other => other == name || name == "%"))
                {
                    await inner.RemoveAsync(run, like, token);
                }
            },
        },
        ["run-removed-whole"] = NamesRemovedOnly,
        ["run-removal-leaves-others"] = RemovingLike,
        ["removing-twice-is-no-error"] = () => new ChangedModelStore
        {
            RemoveRun = async (inner, run, token) =>
            {
                token.ThrowIfCancellationRequested();
                bool isThere = (await inner.ReadNamesAsync(run, token)).Count > 0 || run.ToString().EndsWith('%');
                await (isThere ? inner.RemoveAsync(run, token) : throw new KeyNotFoundException());
            },
        },
        ["saved-again-after-removal"] = Tombstones,
        ["saved-together-all-there"] = DropsWhileBusy,
        ["readers-see-whole-contents"] = () => new ChangedModelStore { Save = DeleteThenInsertAsync },
    };

    private static ChangedModelStore KeepingReferences()
    {
        var kept = new ConcurrentDictionary<(RunId, string), RunArtefact>();
        return new()
        {
            Save = async (inner, artefact, token) =>
            {
                await inner.SaveAsync(artefact, token);
                kept[(artefact.Run, artefact.Name)] = artefact;
            },
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name, token) is null ? null : kept[(run, name)],
        };
    }

    private static ChangedModelStore Cached()
    {
        var cache = new ConcurrentDictionary<(RunId, string), RunArtefact>();
        return new()
        {
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name, token) is not { } found ? null
                : name == "begun" ? cache.GetOrAdd((run, name), found) : found,
        };
    }

    private static async Task SaveInPiecesAsync(IModelStore inner, RunArtefact artefact, CancellationToken token)
    {
        if (artefact.Content.Length is > 200_000 and < 300_000)
        {
            await inner.SaveAsync(artefact with { Content = artefact.Content[..100_000] }, token);
            await Task.Delay(3, token);
        }

        await inner.SaveAsync(artefact, token);
    }

    private static async Task DeleteThenInsertAsync(IModelStore inner, RunArtefact artefact, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        await inner.RemoveAsync(artefact.Run, artefact.Name, CancellationToken.None);
        await Task.Yield(); // where a reader comes between
        await inner.SaveAsync(artefact, CancellationToken.None);
    }

    private static ChangedModelStore RunsAs(Func<RunId, RunId> stored) => new()
    {
        Save = async (inner, artefact, token) => await inner.SaveAsync(artefact with { Run = stored(artefact.Run) }, token),
        Find = async (inner, run, name, token) => await inner.FindAsync(stored(run), name, token) is { } found ? found with { Run = run } : null,
        ReadNames = async (inner, run, token) => await inner.ReadNamesAsync(stored(run), token),
        Remove = async (inner, run, name, token) => await inner.RemoveAsync(stored(run), name, token),
        RemoveRun = async (inner, run, token) => await inner.RemoveAsync(stored(run), token),
    };

    // Names and contents are two tables, and one is forgotten.
    private static ChangedModelStore NamesRemovedOnly()
    {
        var left = new ConcurrentDictionary<(RunId, string), RunArtefact>();
        return new()
        {
            RemoveRun = async (inner, run, token) =>
            {
                foreach (string name in await inner.ReadNamesAsync(run, token))
                {
                    left[(run, name)] = (await inner.FindAsync(run, name, token))!;
                }

                await inner.RemoveAsync(run, token);
            },
            Find = async (inner, run, name, token) => await inner.FindAsync(run, name, token) ?? left.GetValueOrDefault((run, name)),
        };
    }

    // WHERE run LIKE $1
    private static ChangedModelStore RemovingLike()
    {
        var runs = new ConcurrentDictionary<RunId, bool>();
        return new()
        {
            Save = async (inner, artefact, token) =>
            {
                await inner.SaveAsync(artefact, token);
                runs[artefact.Run] = true;
            },
            RemoveRun = async (inner, run, token) =>
            {
                await inner.RemoveAsync(run, token);
                foreach (RunId other in runs.Keys.Where(other => run.ToString().EndsWith('%') && other.ToString().StartsWith(run.ToString()[..^1], StringComparison.Ordinal)))
                {
                    await inner.RemoveAsync(other, token);
                }
            },
        };
    }

    private static ChangedModelStore Tombstones()
    {
        var removed = new ConcurrentDictionary<RunId, bool>();
        return new()
        {
            RemoveRun = async (inner, run, token) =>
            {
                await inner.RemoveAsync(run, token);
                removed[run] = true;
            },
            Save = async (inner, artefact, token) => await (removed.ContainsKey(artefact.Run) ? throw new InvalidOperationException("This run was removed.") : inner.SaveAsync(artefact, token)),
        };
    }

    private static ChangedModelStore DropsWhileBusy()
    {
        int busy = 0;
        return new()
        {
            Save = async (inner, artefact, token) =>
            {
                if (Interlocked.Exchange(ref busy, 1) == 1)
                {
                    token.ThrowIfCancellationRequested();
                    return; // SQLITE_BUSY, and nobody looked
                }

                try
                {
                    await inner.SaveAsync(artefact, token);
                    await Task.Yield();
                }
                finally
                {
                    Volatile.Write(ref busy, 0);
                }
            },
        };
    }
}
