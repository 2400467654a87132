using Crm.Core.Hosting;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>For each rule a store that breaks it, and does all else as well as it can.</summary>
internal static partial class BrokenScoreStores
{
    internal static IReadOnlyDictionary<string, Func<IScoreStore>> ByRule { get; } = new Dictionary<string, Func<IScoreStore>>
    {
        ["found-as-saved"] = () => ChangedScoreStore.KeepingRuns(run => run with { Fingerprint = Damage.NullIfEmpty(run.Fingerprint) }),
        ["saved-again-replaces"] = () => new ChangedScoreStore
        {
            // An UPDATE that sets what is given: COALESCE(new, old).
            Save = async (inner, run, scores, token) => await inner.SaveAsync(
                run with { Value = run.Value with { Model = run.Value.Model ?? (await FoundAsync(inner, run.Value.Id, token))?.Value.Model } }, scores, token),
        },
        ["save-seen-at-once"] = Cached,
        ["hostile-text-exact"] = () => ChangedScoreStore.KeepingRuns(run => run with { Settings = run.Settings?.Replace("'", "''", StringComparison.Ordinal) }),
        ["nanoseconds-kept"] = () => ChangedScoreStore.KeepingRuns(run => run with { PublishedAt = run.PublishedAt is { } at && at < Instant.MaxValue ? Damage.Coarse(at) : run.PublishedAt }),
        ["extreme-moments-kept"] = () => ChangedScoreStore.KeepingRuns(run => run with { StartedAt = Damage.Clamped(run.StartedAt) }),
        ["ids-compared-ordinally"] = () => new ChangedScoreStore
        {
            ReadRuns = async (inner, token) => [.. (await inner.ReadRunsAsync(token)).DistinctBy(stored => stored.Value.Id.ToString(), StringComparer.OrdinalIgnoreCase)],
        },
        ["last-begun-first"] = () => new ChangedScoreStore
        {
            ReadRuns = async (inner, token) => [.. (await inner.ReadRunsAsync(token)).OrderByDescending(stored => stored.Value.PublishedAt ?? stored.Value.StartedAt)],
        },
        ["runs-each-once"] = () => new ChangedScoreStore { ReadRuns = async (inner, token) => [.. (await inner.ReadRunsAsync(token)).Take(100)] },
        ["stale-version-refused"] = () => new ChangedScoreStore { Save = OverwriteAsync },
        ["versions-never-repeat"] = VersionsBeginAgain,
        ["cancelled-changes-nothing"] = () => new ChangedScoreStore
        {
            // The token is looked at where a run is saved alone.
            Save = async (inner, run, scores, token) => await inner.SaveAsync(run, scores, scores.Count == 0 ? token : CancellationToken.None),
        },
        ["absent-is-null"] = () => new ChangedScoreStore
        {
            // runs LEFT JOIN scores, and NULL is 0
            Find = async (inner, run, id, token) => await inner.FindAsync(run, id, token)
                ?? (await FoundAsync(inner, run, token) is { Value.ErasedSince: 0 } && await inner.ReadAllAsync(run, token).FirstOrDefaultAsync(token) is { } other
                    ? other with { Customer = id, Occasions = 0, Value = 0 } : null),
        },
        ["scores-found-as-written"] = () => ChangedScoreStore.Keeping(score => score with { Segments = [.. score.Segments.Distinct()] }),
        ["doubles-exact"] = () => ChangedScoreStore.Keeping(score => score with { Spent = double.Parse(score.Spent.ToString("G15", Invariant), Invariant) }),
        ["hostile-scores-exact"] = () => ChangedScoreStore.Keeping(score => score with { Tier = Tier.Of(score.Tier.Name.Trim()) }),
        ["ids-of-scores-ordinal"] = () => new ChangedScoreStore
        {
            ReadAll = (inner, run, token) => inner.ReadAllAsync(run, token).DistinctBy(score => score.Customer.ToString(), StringComparer.OrdinalIgnoreCase),
        },
        ["written-again-replaces"] = () => new ChangedScoreStore
        {
            Save = async (inner, run, scores, token) =>
            {
                var merged = new List<CustomerScore>();
                foreach (CustomerScore score in scores)
                {
                    merged.Add(score with { ValueLow = score.ValueLow ?? (await inner.FindAsync(run.Value.Id, score.Customer, token))?.ValueLow });
                }

                return await inner.SaveAsync(run, merged, token);
            },
        },
        ["run-saved-alone-keeps-scores"] = () => new ChangedScoreStore { Save = ReplaceAndCascadeAsync },
        ["refused-save-writes-no-scores"] = () => new ChangedScoreStore { Save = ScoresBeforeTheCheckAsync },
        ["write-seen-at-once"] = CachedScores,
        ["runs-kept-apart"] = OneValue,
        ["scores-each-once"] = LastBatchForgotten,
        ["read-all-while-writing"] = ReadByOffset,
        ["read-all-while-erasing"] = ErasedUnderTheReader,
        ["batch-all-or-none"] = () => new ChangedScoreStore { Save = InPiecesAsync },
        ["run-and-scores-together"] = () => new ChangedScoreStore { Save = RunBeforeScoresAsync },
        ["removed-is-gone"] = Archived,
        ["removal-leaves-others"] = () => new ChangedScoreStore
        {
            Remove = async (inner, run, token) =>
            {
                await inner.RemoveAsync(run, token);
                foreach (Stored<ScoreRun> other in await inner.ReadRunsAsync(token))
                {
                    await inner.SaveAsync(other, [], token);
                }
            },
        },
        ["removing-twice-is-no-error"] = () => new ChangedScoreStore
        {
            Remove = async (inner, run, token) =>
            {
                token.ThrowIfCancellationRequested();
                await (await FoundAsync(inner, run, token) is not null ? inner.RemoveAsync(run, token) : throw new KeyNotFoundException());
            },
        },
        ["saved-again-after-removal"] = SoftDelete,
        ["removal-takes-the-run-last"] = RunRemovedFirst,
        ["data-name-given"] = () => new ChangedScoreStore { DataName = "", Erase = async (inner, id, token) => await inner.EraseAsync(id, token) with { Store = "" } },
        ["erased-is-gone"] = ErasingFromRunsOfBefore,
        ["erasure-marks-each-run"] = MarkedUnderTheOldVersion,
        ["erasure-leaves-others"] = () => new ChangedScoreStore { Erase = EraseAndMarkAllAsync },
        ["erasure-and-mark-together"] = () => new ChangedScoreStore { Erase = EraseThenMarkAsync },
        ["erasure-stated"] = () => new ChangedScoreStore { Erase = async (inner, id, token) => await inner.EraseAsync(id, token) with { Removed = 0 } },
        ["erasing-twice-is-no-error"] = () => new ChangedScoreStore
        {
            Erase = async (inner, id, token) => await inner.EraseAsync(id, token) is { Removed: > 0 } statement ? statement : throw new KeyNotFoundException(),
        },
        ["written-again-after-erasure"] = Tombstones,
        ["held-data-complete"] = () => new ChangedScoreStore { ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Take(3) },
        ["no-lost-update"] = () => new ChangedScoreStore { Save = CheckThenSaveAsync },
        ["one-beginner-wins"] = () => new ChangedScoreStore { Save = CheckThenBeginAsync },
        ["written-together-all-there"] = DropsWhileBusy,
        ["erased-beside-a-save-stays-gone"] = () => new ChangedScoreStore { Save = ScoresAfterTheCheckAsync },
        ["removed-beside-a-save-leaves-nothing"] = WithoutForeignKey,
        ["erased-together-each-marked"] = () => new ChangedScoreStore { Erase = ReadThenMarkAsync },
        ["readers-see-whole-saves"] = () => new ChangedScoreStore
        {
            ReadRuns = async (inner, token) =>
            {
                var values = await inner.ReadRunsAsync(token);
                await Task.Delay(1, token);
                var versions = (await inner.ReadRunsAsync(token)).ToDictionary(stored => stored.Value.Id, stored => stored.Version);
                return [.. values.Where(stored => versions.ContainsKey(stored.Value.Id)).Select(stored => stored with { Version = versions[stored.Value.Id] })];
            },
        },
    };

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
