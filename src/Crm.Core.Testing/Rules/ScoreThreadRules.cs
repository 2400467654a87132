using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class ScoreThreadRules
{
    private const int Writers = 6;
    private const int Times = 10;

    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("no-lost-update", "An erasure marks a run while a refresh goes on with it; neither may undo the other unseen.", async t =>
        {
            await t.Save(t.NewRun("busy")).ConfigureAwait(false);
            await Together.Run(Writers, async _ =>
            {
                for (int i = 0; i < Times; i++)
                {
                    // Each refusal means that another's save was accepted in between, and there are only so many.
                    bool isSaved = false;
                    for (int left = Writers * Times; left >= 0 && !isSaved; left--)
                    {
                        isSaved = await CountOn(t).ConfigureAwait(false);
                        await Task.Yield();
                    }

                    Expect.True(isSaved, "a save to be accepted that names the version just found, unless another came between", "more were refused than others could save");
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
        new("written-together-all-there", "Batches may be written side by side, and none of them may take another's place.", async t =>
        {
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < Times; i++)
                {
                    await t.Write("a", t.Score(FormattableString.Invariant($"{writer}-{i}")), t.Score(FormattableString.Invariant($"all-{i}"))).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            var written = Enumerable.Range(0, Times).SelectMany(i => Enumerable.Range(0, Writers).Select(writer => FormattableString.Invariant($"{writer}-{i}")).Append(FormattableString.Invariant($"all-{i}")));
            await t.ScoresAre("a", "written by several at once found", [.. written.Select(name => t.Score(name))]).ConfigureAwait(false);
        }, StoreCapabilities.Concurrency),
        new("erased-together-each-marked", "Two people are forgotten in one moment, and the run tells of both.", async t =>
        {
            StoreVersion version = await t.Save(t.NewRun("a")).ConfigureAwait(false);
            await t.Write("a", t.Scores(Writers * Times)).ConfigureAwait(false);
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

    private static async Task<bool> CountOn(Trial<IScoreStore> t)
    {
        t.Token.ThrowIfCancellationRequested();
        Stored<ScoreRun> found = await t.Found(t.Run("busy")).ConfigureAwait(false);
        try
        {
            await t.Save(found.Value with { Written = found.Value.Written + 1 }, found.Version).ConfigureAwait(false);
            return true;
        }
        catch (ConcurrencyConflictException)
        {
            return false;
        }
    }
}
