using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class ScoreThreadRules
{
    private const int Writers = 6;
    private const int Times = 10;
    private const int Many = 50;

    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("no-lost-update", "An erasure marks a run while a refresh goes on with it; neither may undo the other unseen.", async t =>
        {
            await t.Save(t.NewRun("busy")).ConfigureAwait(false);
            await Together.Run(Writers, async _ =>
            {
                for (int i = 0; i < Times; i++)
                {
                    await CountOn(t).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            Expect.Count(Writers * Times, (await t.Found(t.Run("busy")).ConfigureAwait(false)).Value.Written, "changes, one for every save that was accepted");
        }, StoreCapabilities.Concurrency),
        new("one-beginner-wins", "Two machines that begin the same run at night must not both think it theirs.", async t =>
        {
            for (int round = 0; round < Times; round++)
            {
                string name = FormattableString.Invariant($"new-{round}");
                int won = 0;
                await Together.Run(Writers, async writer =>
                {
                    try
                    {
                        await t.Save(t.NewRun(name) with { Written = writer }).ConfigureAwait(false);
                        Interlocked.Increment(ref won);
                    }
                    catch (ConcurrencyConflictException)
                    {
                        // The others came too late.
                    }
                }).ConfigureAwait(false);
                Expect.Count(1, won, "accepted saves of one new run");
            }
        }, StoreCapabilities.Concurrency),
        new("written-together-all-there", "Of a save that was accepted every score is there, whatever others save in the same moment, and nobody's takes another's place.", async t =>
        {
            await t.Save(t.NewRun("busy")).ConfigureAwait(false);
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < Times; i++)
                {
                    await CountOn(t, t.Score(FormattableString.Invariant($"{writer}-{i}")), t.Score(FormattableString.Invariant($"all-{i}"))).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            var written = Enumerable.Range(0, Times).SelectMany(i => Enumerable.Range(0, Writers).Select(writer => FormattableString.Invariant($"{writer}-{i}")).Append(FormattableString.Invariant($"all-{i}")));
            await t.ScoresAre("busy", "written by several at once found", [.. written.Select(name => t.Score(name))]).ConfigureAwait(false);
        }, StoreCapabilities.Concurrency),
        new("erased-beside-a-save-stays-gone", "A batch made before an erasure and saved beside it comes first, and is erased from, or comes too late.", async t =>
        {
            for (int round = 0; round < Times; round++)
            {
                string name = FormattableString.Invariant($"new-{round}");
                CustomerScore[] batch = [t.Score(name), t.Score("bob")];
                StoreVersion seen = await t.Save(t.NewRun(name), default, batch).ConfigureAwait(false);
                await Together.Run(2, async worker =>
                {
                    if (worker == 0)
                    {
                        await t.Erase(name).ConfigureAwait(false);
                        return;
                    }

                    try
                    {
                        await t.Save(t.NewRun(name) with { Written = 2 }, seen, batch).ConfigureAwait(false);
                    }
                    catch (ConcurrencyConflictException)
                    {
                        // The erasure came first.
                    }
                }).ConfigureAwait(false);
                await t.ScoresAre(name, "after one was erased beside a save of both", t.Score("bob")).ConfigureAwait(false);
                Expect.Count(1, (await t.Found(t.Run(name)).ConfigureAwait(false)).Value.ErasedSince, "marks of a run with a score that was erased beside a save");
            }
        }, StoreCapabilities.Concurrency),
        new("removed-beside-a-save-leaves-nothing", "A run is thrown away while a batch for it is under way; what got in after its scores were taken is found by nobody, and stays for ever.", async t =>
        {
            for (int round = 0; round < Times; round++)
            {
                string name = FormattableString.Invariant($"gone-{round}");
                StoreVersion seen = await t.Save(t.NewRun(name), default, t.Scores(Many)).ConfigureAwait(false);
                await Together.Run(2, async worker =>
                {
                    if (worker == 0)
                    {
                        await t.Store.RemoveAsync(t.Run(name), t.Token).ConfigureAwait(false);
                        return;
                    }

                    try
                    {
                        await t.Save(t.NewRun(name) with { Written = Many }, seen, [.. t.Scores(Many), t.Score("late")]).ConfigureAwait(false);
                    }
                    catch (ConcurrencyConflictException)
                    {
                        // The removal came first.
                    }
                }).ConfigureAwait(false);
                Expect.Absent((await t.Find(t.Run(name)).ConfigureAwait(false))?.Value, "run that was removed beside a save");
                await t.ScoresAre(name, "of a run that was removed beside a save").ConfigureAwait(false);
                await HeldJson.IsEmpty(t.Store, t.Customer("late"), "whose run was removed beside a save", t.Token).ConfigureAwait(false);
            }
        }, StoreCapabilities.Concurrency),
        new("erased-together-each-marked", "Two people are forgotten in one moment, and the run tells of both.", async t =>
        {
            StoreVersion version = await t.Save(t.NewRun("a"), default, t.Scores(Writers * Times)).ConfigureAwait(false);
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < Times; i++)
                {
                    await t.Erase(FormattableString.Invariant($"c{(writer * Times) + i}")).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            await t.ScoresAre("a", "after all were erased").ConfigureAwait(false);
            await t.IsFound(t.NewRun("a") with { ErasedSince = Writers * Times }, "after all were erased at once found").ConfigureAwait(false);
            Expect.True((await t.Found(t.Run("a")).ConfigureAwait(false)).Version != version, "a new version of a run that was marked", "it is the one of before");
        }, StoreCapabilities.Concurrency),
        new("readers-see-whole-saves", "A reader between two writes must see one state or the other, with its own version.", async t =>
        {
            await Together.ReadersSeeWholeSaves(
                async () => await t.Find(t.Run("read")).ConfigureAwait(false) is { } stored
                    ? (stored.Version, FormattableString.Invariant($"{stored.Value.Settings} {stored.Value.Written}")) : null,
                async (number, version) => (
                    await t.Save(t.NewRun("read") with { Settings = FormattableString.Invariant($"{number}"), Written = number }, version).ConfigureAwait(false),
                    FormattableString.Invariant($"{number} {number}")),
                t.Token).ConfigureAwait(false);
        }, StoreCapabilities.Concurrency),
    ];

    /// <summary>Counts a run on by one, with scores, as often as another comes between.</summary>
    private static async Task CountOn(Trial<IScoreStore> t, params IReadOnlyList<CustomerScore> scores)
    {
        // Each refusal means that another's save was accepted in between, and there are only so many.
        for (int left = Writers * Times; left >= 0; left--)
        {
            t.Token.ThrowIfCancellationRequested();
            Stored<ScoreRun> found = await t.Found(t.Run("busy")).ConfigureAwait(false);
            try
            {
                await t.Save(found.Value with { Written = found.Value.Written + 1 }, found.Version, scores).ConfigureAwait(false);
                await Task.Yield();
                return;
            }
            catch (ConcurrencyConflictException)
            {
                await Task.Yield();
            }
        }

        throw new BrokenPromise("a save to be accepted that names the version just found, unless another came between", "more were refused than others could save");
    }
}
