using Crm.Core.Hosting;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>Runs are found as they were saved, the last begun first, and nobody's change is lost.</summary>
internal static class ScoreRunRules
{
    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("found-as-saved", "A run says what its scores were made of and how far it came; any of it that is lost makes them other scores.", async t =>
        {
            ScoreRun full = t.FullRun("full");
            ScoreRun empty = t.NewRun("empty") with { Fingerprint = "", Settings = "", Model = "" };
            foreach (ScoreRun run in new[] { full, t.NewRun("bare"), empty })
            {
                await t.Save(run).ConfigureAwait(false);
                await t.IsFound(run).ConfigureAwait(false);
            }
        }),
        new("saved-again-replaces", "The last save counts, whole: what it leaves out is gone.", async t =>
        {
            StoreVersion version = await t.Save(t.FullRun("a")).ConfigureAwait(false);
            await t.Save(t.NewRun("a", startedAt: 5), version).ConfigureAwait(false);
            await t.IsFound(t.NewRun("a", startedAt: 5), "after the second save found").ConfigureAwait(false);
            Expect.Count(1, (await t.ReadMine().ConfigureAwait(false)).Count, "runs after one was saved twice");
        }),
        new("save-seen-at-once", "A refresh that has published its run and looks for what is shown must find it.", async t =>
        {
            StoreVersion version = default;
            for (int i = 1; i <= 10; i++)
            {
                ScoreRun run = t.NewRun("a") with { Written = i };
                version = await t.Save(run, version).ConfigureAwait(false);
                await t.IsFound(run, "right after it was saved found").ConfigureAwait(false);
            }
        }),
        new("hostile-text-exact", "Terms and models are told in words, and what they say decides whether a run can be carried on.", async t =>
        {
            foreach (var (name, text) in HostileText.All)
            {
                ScoreRun run = t.FullRun(text) with { Fingerprint = text, Settings = text, Model = text, ReadThrough = StorePosition.Of(text), Tiers = Tiers(text) };
                await t.Save(run).ConfigureAwait(false);
                await t.IsFound(run, $"with {name} in every text found").ConfigureAwait(false);
            }

            ScoreRun longest = t.NewRun("".PadRight(128 - t.Text("").Length, 'x')) with { Settings = HostileText.OfLength(65_536), ReadThrough = StorePosition.Of(HostileText.OfLength(128)) };
            await t.Save(longest).ConfigureAwait(false);
            await t.IsFound(longest, "with the longest texts found").ConfigureAwait(false);
        }),
        new("nanoseconds-kept", "Of two runs published a nanosecond apart one is the later, and is shown.", async t =>
        {
            ScoreRun second = t.NewRun("a") with { StartedAt = t.Noon + Duration.FromNanoseconds(2), PublishedAt = t.Noon + Duration.FromNanoseconds(999_999_999) };
            ScoreRun first = t.NewRun("b") with { StartedAt = t.Noon + Duration.FromNanoseconds(1), PublishedAt = t.Noon + Duration.FromNanoseconds(123_456_789) };
            await t.Save(second).ConfigureAwait(false);
            await t.Save(first).ConfigureAwait(false);
            await t.IsFound(second, "with moments of a nanosecond found").ConfigureAwait(false);
            await t.IsFound(first, "with moments of a nanosecond found").ConfigureAwait(false);
            await IsOrder(t, "runs begun a nanosecond apart", second, first).ConfigureAwait(false);
        }, StoreCapabilities.Nanoseconds),
        new("extreme-moments-kept", "A clock that was never set gives the first moment there is.", async t =>
        {
            ScoreRun first = t.NewRun("first") with { StartedAt = Instant.MinValue, PublishedAt = Instant.MinValue, Through = LocalDate.MinIsoValue, WholeThrough = LocalDate.MinIsoValue };
            ScoreRun last = t.NewRun("last") with { StartedAt = Instant.MaxValue, PublishedAt = Instant.MaxValue, Through = LocalDate.MaxIsoValue, WholeThrough = LocalDate.MaxIsoValue };
            await t.Save(first).ConfigureAwait(false);
            await t.Save(last).ConfigureAwait(false);
            await t.Save(t.NewRun("today")).ConfigureAwait(false);
            await t.IsFound(first, "of the first moment found").ConfigureAwait(false);
            await t.IsFound(last, "of the last moment found").ConfigureAwait(false);
            await IsOrder(t, "runs of the first and the last moment", last, t.NewRun("today"), first).ConfigureAwait(false);
        }, StoreCapabilities.AllInstants),
        new("ids-compared-ordinally", "A collation that takes two runs for one shows the scores of another day.", async t =>
        {
            ScoreRun[] alike = [.. Alike.Texts.Select((text, place) => t.NewRun(text) with { Written = place })];
            foreach (ScoreRun run in alike)
            {
                await t.Save(run).ConfigureAwait(false);
            }

            foreach (ScoreRun run in alike)
            {
                await t.IsFound(run, "beside others of almost the same id found").ConfigureAwait(false);
            }
        }),
        new("last-begun-first", "A refresh carries on the run that was begun last, not one that was given up days ago.", async t =>
        {
            int[] hours = [5, -30, 2_000, 9, -7_000, 10, 1];
            foreach (int hour in hours)
            {
                await t.Save(t.NewRun(FormattableString.Invariant($"{hour}"), hour)).ConfigureAwait(false);
            }

            // Neither a change nor the moment of publication makes it begin anew.
            Stored<ScoreRun> old = await t.Found(t.Run("-30")).ConfigureAwait(false);
            await t.Save(old.Value with { PublishedAt = t.After(9_000) }, old.Version).ConfigureAwait(false);
            await IsOrder(t, "runs begun at different moments", [.. hours.OrderDescending().Select(hour => t.NewRun(FormattableString.Invariant($"{hour}")))]).ConfigureAwait(false);
        }),
        new("runs-each-once", "Runs begun in one moment are several; a run left out is removed by nobody.", async t =>
        {
            ScoreRun[] all = [.. Enumerable.Range(0, 300).Select(i => t.NewRun(FormattableString.Invariant($"{i}"), i / 3))];
            foreach (ScoreRun run in all)
            {
                await t.Save(run).ConfigureAwait(false);
            }

            Expect.Set(all.Select(run => run.Id), (await t.ReadMine().ConfigureAwait(false)).Select(stored => stored.Value.Id), "runs read");
        }),
        new("stale-version-refused", "Two refreshes at work on one run would write over one another and show a base that is half of each.", async t =>
        {
            StoreVersion old = await t.Save(t.NewRun("a")).ConfigureAwait(false);
            Expect.Equal(old, (await t.Found(t.Run("a")).ConfigureAwait(false)).Version, "the version that was given when the run was saved");
            await t.IsConflict(t.NewRun("a") with { Written = 7 }, StoreVersion.None, old).ConfigureAwait(false);
            await t.IsConflict(t.NewRun("b"), old, StoreVersion.None).ConfigureAwait(false);
            ScoreRun second = t.NewRun("a") with { Written = 2 };
            StoreVersion held = await t.Save(second, old).ConfigureAwait(false);
            await t.IsConflict(t.NewRun("a") with { Written = 3 }, old, held).ConfigureAwait(false);

            // One that would change nothing tells all the same who has come second.
            await t.IsConflict(second, old, held).ConfigureAwait(false);
            await t.IsFound(second, "after a refused save found").ConfigureAwait(false);
            Expect.Equal(held, (await t.Found(t.Run("a")).ConfigureAwait(false)).Version, "the version after a refused save");
            Expect.Count(1, (await t.ReadMine().ConfigureAwait(false)).Count, "runs after refused saves");
        }),
        new("versions-never-repeat", "A version that comes back, as a hash of the content does, lets a stale change pass for a fresh one.", async t =>
        {
            var versions = new List<StoreVersion> { StoreVersion.None };
            for (int i = 0; i < 8; i++)
            {
                versions.Add(await t.Save(t.NewRun("a") with { Written = i / 2 % 2 }, versions[^1]).ConfigureAwait(false));
            }

            await t.Store.RemoveAsync(t.Run("a"), t.Token).ConfigureAwait(false);
            versions.Add(await t.Save(t.NewRun("a")).ConfigureAwait(false));
            Expect.Count(versions.Count, versions.Distinct().Count(), "different versions of one run, removed and saved anew between");
        }),
        new("cancelled-changes-nothing", "A refresh that was given up must not leave a trace.", async t =>
        {
            ScoreRun run = t.NewRun("a");
            CustomerScore score = t.Score("ada");
            StoreVersion version = await t.Save(run, default, score).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.SaveAsync(new(run with { Written = 9 }, version), [t.Score("ada", 1), t.Score("bob")], token).ConfigureAwait(false), nameof(IScoreStore.SaveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.ReadRunsAsync(token).ConfigureAwait(false), nameof(IScoreStore.ReadRunsAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.FindAsync(run.Id, score.Customer, token).ConfigureAwait(false), nameof(IScoreStore.FindAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadAllAsync(run.Id, token), nameof(IScoreStore.ReadAllAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.RemoveAsync(run.Id, token).ConfigureAwait(false), nameof(IScoreStore.RemoveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadHeldDataAsync(score.Customer, token), nameof(IPersonalDataStore.ReadHeldDataAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.EraseAsync(score.Customer, token).ConfigureAwait(false), nameof(IPersonalDataStore.EraseAsync)).ConfigureAwait(false);
            await t.IsFound(run, "after calls that were cancelled beforehand found").ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(run.Id).ConfigureAwait(false)).Version, "the version after calls that were cancelled beforehand");
            await t.ScoresAre("a", "after calls that were cancelled beforehand", score).ConfigureAwait(false);
        }),
    ];

    private static async Task IsOrder(Trial<IScoreStore> t, string what, params ScoreRun[] expected) =>
        Expect.Sequence([.. expected.Select(run => run.Id)], [.. (await t.ReadMine().ConfigureAwait(false)).Select(stored => stored.Value.Id)], what);

    // A tier has a name of 40 characters at most.
    private static Tier[] Tiers(string text) => text.Length <= 40 ? [Tier.Of(text), Tier.Top] : [Tier.Top];
}
