using System.Collections.Concurrent;
using System.Globalization;
using Crm.Core.Segments;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>For each rule a store that breaks it, and does all else as well as it can.</summary>
internal static class BrokenSegmentStores
{
    internal static IReadOnlyDictionary<string, Func<ISegmentStore>> ByRule { get; } = new Dictionary<string, Func<ISegmentStore>>
    {
        ["found-as-saved"] = () => ChangedSegmentStore.Keeping(segment => segment with { Words = Damage.NullIfEmpty(segment.Words) }),
        ["saved-again-replaces"] = () => new ChangedSegmentStore
        {
            Save = async (inner, segment, token) => await inner.SaveAsync(
                segment with { Value = segment.Value with { Words = segment.Value.Words ?? (await FoundAsync(inner, segment.Value.Id, token))?.Value.Words } }, token),
        },
        ["hostile-text-exact"] = () => ChangedSegmentStore.Keeping(segment => segment with { Name = segment.Name.Trim() }),
        ["segments-each-once"] = () => new ChangedSegmentStore { ReadSegments = (inner, token) => inner.ReadSegmentsAsync(token).Concat(inner.ReadSegmentsAsync(token).Take(1)) },
        ["ids-compared-ordinally"] = () => new ChangedSegmentStore
        {
            ReadSegments = (inner, token) => inner.ReadSegmentsAsync(token).DistinctBy(stored => stored.Value.Id.ToString(), StringComparer.OrdinalIgnoreCase),
        },
        ["stale-version-refused"] = () => new ChangedSegmentStore
        {
            Save = async (inner, segment, token) => await inner.SaveAsync(
                segment with { Version = (await FoundAsync(inner, segment.Value.Id, token))?.Version ?? StoreVersion.None }, token),
        },
        ["versions-never-repeat"] = () => new ChangedSegmentStore { Save = SaveByHashAsync },
        ["cancelled-changes-nothing"] = () => new ChangedSegmentStore { Move = async (inner, moves, _) => await inner.MoveAsync(moves, CancellationToken.None) },
        ["moves-found-as-given"] = () => ChangedSegmentStore.KeepingMoves(move => move with { Why = Damage.NullIfEmpty(move.Why) }),
        ["nanoseconds-kept"] = () => ChangedSegmentStore.KeepingMoves(move => move with { At = Damage.Coarse(move.At) }),
        ["extreme-moments-kept"] = () => ChangedSegmentStore.KeepingMoves(move => move with { At = Damage.Clamped(move.At) }),
        ["moves-first-to-last"] = () => new ChangedSegmentStore
        {
            ReadMoves = async (inner, id, token) => [.. (await inner.ReadMovesAsync(id, token)).OrderBy(move => move.RecordedAt)],
        },
        ["move-delivered-twice-is-one"] = () => new ChangedSegmentStore
        {
            Move = async (inner, moves, token) =>
            {
                await inner.MoveAsync(moves, token);
                return moves.Count;
            },
        },
        ["move-stated-again-counts"] = () => new ChangedSegmentStore
        {
            Move = async (inner, moves, token) =>
            {
                var fresh = new List<SegmentMove>();
                foreach (SegmentMove move in moves)
                {
                    bool Alike(SegmentMove known) => (known.Segment, known.Entered, known.At) == (move.Segment, move.Entered, move.At);
                    if (!fresh.Exists(known => known.Customer == move.Customer && Alike(known)) && !(await inner.ReadMovesAsync(move.Customer, token)).Any(Alike))
                    {
                        fresh.Add(move);
                    }
                }

                return await inner.MoveAsync(fresh, token);
            },
        },
        ["empty-batch-moves-nobody"] = () => new ChangedSegmentStore
        {
            Move = async (inner, moves, token) => moves.Count == 0 ? throw new InvalidOperationException("INSERT without VALUES") : await inner.MoveAsync(moves, token),
        },
        ["move-seen-at-once"] = Delayed,
        ["moves-all-or-none"] = () => new ChangedSegmentStore
        {
            Move = async (inner, moves, token) =>
            {
                int moved = 0;
                foreach (SegmentMove move in moves)
                {
                    moved += await inner.MoveAsync([move], token);
                    await Task.Delay(1, token);
                }

                return moved;
            },
        },
        ["moves-of-unknown-segments"] = () => new ChangedSegmentStore
        {
            Move = async (inner, moves, token) => await inner.ReadSegmentsAsync(token).AnyAsync(stored => stored.Value.Id == moves[0].Segment, token)
                ? await inner.MoveAsync(moves, token) : throw new InvalidOperationException("FOREIGN KEY constraint failed"),
        },
        ["last-move-decides"] = () => Remembering((log, segment, asOf) =>
            log.Where(move => move.Segment == segment && move.Counts(asOf) && move.Entered).GroupBy(move => move.Customer).Select(group => group.Last())),
        ["equal-moments-recorded-last"] = () => Remembering((log, segment, asOf) =>
            log.Where(move => move.Segment == segment && move.Counts(asOf)).OrderBy(move => move.At).GroupBy(move => move.Customer).Select(group => group.Last()).Where(move => move.Entered)),
        ["what-was-known-then"] = () => new ChangedSegmentStore
        {
            ReadMembers = (inner, segment, asOf, token) => inner.ReadMembersAsync(segment, AsOf.Hindsight(asOf.TrueAt), token),
        },
        ["members-each-once"] = () => Remembering((log, segment, asOf) => log.Where(move => move.Segment == segment && move.Counts(asOf) && move.Entered)),
        ["members-read-while-erasing"] = ErasedUnderTheReader,
        ["ids-of-moves-ordinal"] = () => new ChangedSegmentStore
        {
            ReadMembers = (inner, segment, asOf, token) => inner.ReadMembersAsync(segment, asOf, token).DistinctBy(move => move.Customer.ToString(), StringComparer.OrdinalIgnoreCase),
        },
        ["data-name-given"] = () => new ChangedSegmentStore { DataName = "" },
        ["erased-is-gone"] = () => new ChangedSegmentStore { Erase = (inner, _, _) => Task.FromResult(Damage.Statement(inner.DataName, redacted: 0)) },
        ["erasure-leaves-others"] = () => new ChangedSegmentStore
        {
            Erase = async (inner, id, token) =>
            {
                await foreach (Stored<Segment> stored in inner.ReadSegmentsAsync(token))
                {
                    await inner.SaveAsync(stored, token);
                }

                return await inner.EraseAsync(id, token);
            },
        },
        ["erasure-stated"] = () => new ChangedSegmentStore { Erase = async (inner, id, token) => await inner.EraseAsync(id, token) with { Removed = 0 } },
        ["erasing-twice-is-no-error"] = () => new ChangedSegmentStore
        {
            Erase = async (inner, id, token) => await inner.EraseAsync(id, token) is { Removed: > 0 } statement ? statement : throw new KeyNotFoundException(),
        },
        ["moved-again-after-erasure"] = Tombstones,
        ["held-data-complete"] = () => new ChangedSegmentStore { ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Take(3) },
        ["no-lost-update"] = () => new ChangedSegmentStore { Save = CheckThenSaveAsync },
        ["moved-together-once"] = () => new ChangedSegmentStore { Move = CountThenMoveAsync },
    };

    private static ChangedSegmentStore ErasedUnderTheReader()
    {
        var offset = new ByOffset();
        return new()
        {
            Erase = offset.EraseAsync,
            ReadMembers = (inner, segment, asOf, token) => offset.ReadAsync(inner.ReadMembersAsync(segment, asOf, token), token),
        };
    }

    private static async Task<Stored<Segment>?> FoundAsync(ISegmentStore inner, SegmentId id, CancellationToken token) =>
        await inner.ReadSegmentsAsync(token).FirstOrDefaultAsync(stored => stored.Value.Id == id, token);

    private static async Task<StoreVersion> SaveByHashAsync(ISegmentStore inner, Stored<Segment> segment, CancellationToken token)
    {
        static StoreVersion Hash(Segment segment) => StoreVersion.Of(segment.GetHashCode().ToString(CultureInfo.InvariantCulture));
        Stored<Segment>? found = await FoundAsync(inner, segment.Value.Id, token);
        StoreVersion held = found is null ? StoreVersion.None : Hash(found.Value);
        if (held != segment.Version)
        {
            throw new ConcurrencyConflictException("Segment", segment.Version, held);
        }

        await inner.SaveAsync(segment with { Version = found?.Version ?? StoreVersion.None }, token);
        return Hash(segment.Value);
    }

    private static async Task<StoreVersion> CheckThenSaveAsync(ISegmentStore inner, Stored<Segment> segment, CancellationToken token)
    {
        StoreVersion held = (await FoundAsync(inner, segment.Value.Id, token))?.Version ?? StoreVersion.None;
        if (held != segment.Version)
        {
            throw new ConcurrencyConflictException("Segment", segment.Version, held);
        }

        await Task.Delay(1, token); // where another writer comes between
        while (true)
        {
            try
            {
                return await inner.SaveAsync(segment with { Version = (await FoundAsync(inner, segment.Value.Id, token))?.Version ?? StoreVersion.None }, token);
            }
            catch (ConcurrencyConflictException)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<int> CountThenMoveAsync(ISegmentStore inner, IReadOnlyList<SegmentMove> moves, CancellationToken token)
    {
        int fresh = 0;
        foreach (SegmentMove move in moves)
        {
            fresh += (await inner.ReadMovesAsync(move.Customer, token)).Any(known => known.At == move.At && known.Segment == move.Segment) ? 0 : 1;
        }

        await Task.Delay(1, token); // where another writer comes between
        await inner.MoveAsync(moves, token);
        return fresh;
    }

    private static ChangedSegmentStore Delayed()
    {
        IReadOnlyList<SegmentMove> pending = [];
        return new()
        {
            Move = async (inner, moves, token) =>
            {
                await inner.MoveAsync(pending, token);
                pending = moves;
                return moves.Count;
            },
        };
    }

    // Members by a rule of its own over the moves in the order they came.
    private static ChangedSegmentStore Remembering(Func<IReadOnlyList<SegmentMove>, SegmentId, AsOf, IEnumerable<SegmentMove>> members)
    {
        var log = new List<SegmentMove>();
        return new()
        {
            Move = async (inner, moves, token) =>
            {
                log.AddRange(moves);
                return await inner.MoveAsync(moves, token);
            },
            ReadMembers = (_, segment, asOf, _) => members(log, segment, asOf).ToAsyncEnumerable(),
        };
    }

    private static ChangedSegmentStore Tombstones()
    {
        var erased = new ConcurrentDictionary<CustomerId, bool>();
        return new()
        {
            Erase = async (inner, id, token) =>
            {
                erased[id] = true;
                return await inner.EraseAsync(id, token);
            },
            Move = async (inner, moves, token) => await inner.MoveAsync([.. moves.Where(move => !erased.ContainsKey(move.Customer))], token),
        };
    }
}
