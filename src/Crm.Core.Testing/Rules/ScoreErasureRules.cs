using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>All that is held on a person can be shown, and all of it removed; runs that were made of it say so.</summary>
internal static class ScoreErasureRules
{
    private static readonly string[] _runs = ["old", "shown", "begun"];
    private static readonly string[] _again = ["ada", "never-there"];

    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("data-name-given", "A report on an erasure names the store it speaks of.", t =>
        {
            Expect.True(!string.IsNullOrWhiteSpace(t.Store.DataName), "a name for the data of the store", "there is none");
            return Task.CompletedTask;
        }),
        new("erased-is-gone", "The person asked to be forgotten: in the run that is shown, in older ones, and in one that is being written.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            await t.Save(t.NewRun("begun", 1), default, t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
            await t.Erase("ada").ConfigureAwait(false);
            foreach (string run in _runs)
            {
                Expect.Absent(await t.FindScore(run, t.Customer("ada")).ConfigureAwait(false), "score of someone who was erased");
                await t.ScoresAre(run, "after another was erased", t.Score("bob")).ConfigureAwait(false);
            }

            await HeldJson.IsEmpty(t.Store, t.Customer("ada"), "who was erased", t.Token).ConfigureAwait(false);
        }),
        new("erasure-marks-each-run", "A model that was fitted with the person is fitted again without them, and the mark is how one knows which.", async t =>
        {
            StoreVersion before = await SaveAda(t).ConfigureAwait(false);
            await t.Erase("ada").ConfigureAwait(false);
            StoreVersion marked = (await t.Found(t.Run("shown")).ConfigureAwait(false)).Version;
            await t.IsFound(t.NewRun("old", -24) with { ErasedSince = 1 }, "after one it was made of was erased found").ConfigureAwait(false);
            await t.IsFound(t.FullRun("shown") with { ErasedSince = 4 }, "after one it was made of was erased found").ConfigureAwait(false);
            Expect.True(marked != before && marked != StoreVersion.None, "a new version of a run that was marked", "it is the one of before, or none");

            // Who read the run before must neither take the mark away nor bring the score back.
            await t.IsConflict(t.FullRun("shown") with { AreMovesWritten = false }, before, marked, t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
            Expect.Absent(await t.FindScore("shown", t.Customer("ada")).ConfigureAwait(false), "score of someone who was erased, written by who saw the run before");
            await t.Erase("bob").ConfigureAwait(false);
            await t.IsFound(t.FullRun("shown") with { ErasedSince = 5 }, "after a second was erased found").ConfigureAwait(false);
            StoreVersion again = (await t.Found(t.Run("shown")).ConfigureAwait(false)).Version;
            Expect.Count(4, new HashSet<StoreVersion> { StoreVersion.None, before, marked, again }.Count, "different versions of one run, saved and marked twice, and none");
        }),
        new("erasure-leaves-others", "Nobody else asked to be forgotten, and a run without the person knows nothing of them.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            StoreVersion version = await t.Save(t.FullRun("without"), default, t.Score("bob"), t.Score("Ada")).ConfigureAwait(false);
            await t.Erase("ada").ConfigureAwait(false);
            await t.ScoresAre("without", "in a run without one that was erased", t.Score("bob"), t.Score("Ada")).ConfigureAwait(false);
            await t.IsFound(t.FullRun("without"), "of which nothing was erased found").ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(t.Run("without")).ConfigureAwait(false)).Version, "the version of a run of which nothing was erased");
            await t.ScoresAre("shown", "after another was erased", t.Score("bob")).ConfigureAwait(false);
        }),
        new("erasure-and-mark-together", "A run that has lost a score and does not say so is never fitted again without the person.", async t =>
        {
            static string Name(int number) => FormattableString.Invariant($"m{number}");
            for (int number = 0; number < Tokens.Moments; number++)
            {
                await t.Write(Name(number), t.Score(Name(number)), t.Score("bob")).ConfigureAwait(false);
            }

            await Tokens.Interrupted(
                async (number, token) => await t.Store.EraseAsync(t.Customer(Name(number)), token).ConfigureAwait(false),
                async (number, isCancelled) =>
                {
                    bool isThere = await t.FindScore(Name(number), t.Customer(Name(number))).ConfigureAwait(false) is not null;
                    int marks = (await t.Found(t.Run(Name(number))).ConfigureAwait(false)).Value.ErasedSince;
                    Expect.Count(isThere ? 0 : 1, marks, $"marks of a run {(isThere ? "that has kept" : "that has lost")} a score");
                    Expect.True(isCancelled || !isThere, "the score gone after an erasure that returned", "it is there");
                }).ConfigureAwait(false);
        }),
        new("erasure-stated", "The person is told what was removed, and the figures must be true.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            ErasureStatement statement = await t.Erase("ada").ConfigureAwait(false);
            Expect.Equal(t.Store.DataName, statement.Store, "the name of the data in the statement");
            Expect.True(statement is { Removed: >= 1, Redacted: 0 }, "at least 1 removed and 0 redacted", FormattableString.Invariant($"{statement.Removed} and {statement.Redacted} are stated"));
        }),
        new("erasing-twice-is-no-error", "An erasure that was interrupted is asked for again, and marks nothing twice.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            await t.Erase("ada").ConfigureAwait(false);
            StoreVersion version = (await t.Found(t.Run("shown")).ConfigureAwait(false)).Version;
            foreach (string name in _again)
            {
                ErasureStatement again = await t.Erase(name).ConfigureAwait(false);
                Expect.Equal(0, again.Removed + again.Redacted, "the number removed where nothing is");
            }

            await t.IsFound(t.FullRun("shown") with { ErasedSince = 4 }, "after an erasure that found nothing found").ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(t.Run("shown")).ConfigureAwait(false)).Version, "the version of a run after an erasure that found nothing");
        }),
        new("written-again-after-erasure", "Who was forgotten may come back, as someone new.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            await t.Erase("ada").ConfigureAwait(false);
            await t.Write("next", t.Score("ada", 7)).ConfigureAwait(false);
            await t.ScoresAre("next", "written after an erasure found", t.Score("ada", 7)).ConfigureAwait(false);
            Expect.Absent(await t.FindScore("shown", t.Customer("ada")).ConfigureAwait(false), "score of before the erasure");
        }),
        new("held-data-complete", "The person may see all that is held on them, in every run, and nothing of others.", async t =>
        {
            string[] runs = [.. HostileText.All.Select(one => one.Text)];
            foreach (string run in runs)
            {
                await t.Write(run, t.Score("ada", run.Length) with { Segments = [t.Segment("own" + run)] }, t.Score("eve") with { Segments = [t.Segment("secret")] }).ConfigureAwait(false);
            }

            var held = await HeldJson.Read(t.Store, t.Customer("ada"), t.Token).ConfigureAwait(false);
            foreach (string run in runs)
            {
                Expect.True(HeldJson.Mentions(held, t.Segment("own" + run).ToString()) > 0, "the score of every run", "one is missing");
            }

            Expect.Count(runs.Length, held.Count, "items of held data, one for each score");
            Expect.Count(runs.Length, held.Distinct().Count(), "different items of held data");
            Expect.Count(0, HeldJson.Mentions(held, t.Segment("secret").ToString()), "items that hold what is another's");
            await HeldJson.IsEmpty(t.Store, t.Customer("never-there"), "who was never there", t.Token).ConfigureAwait(false);
        }),
    ];

    /// <summary>Two runs with a score of Ada and of Bob in each; gives the version of the one that is shown.</summary>
    private static async Task<StoreVersion> SaveAda(Trial<IScoreStore> t)
    {
        await t.Save(t.NewRun("old", -24), default, t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
        return await t.Save(t.FullRun("shown"), default, t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
    }
}
