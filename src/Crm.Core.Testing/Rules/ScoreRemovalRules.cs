using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>A run that is removed is gone with its scores, and no other.</summary>
internal static class ScoreRemovalRules
{
    private static readonly string[] _runsTwice = ["a", "a", "never-there"];

    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("removed-is-gone", "Runs are kept for days, not for ever, and what is left of one that was removed is somebody's data that nobody looks after.", async t =>
        {
            await t.Write("a", t.Scores(5)).ConfigureAwait(false);
            await t.Store.RemoveAsync(t.Run("a"), t.Token).ConfigureAwait(false);
            Expect.Absent((await t.Find(t.Run("a")).ConfigureAwait(false))?.Value, "run that was removed");
            await t.ScoresAre("a", "of a run that was removed").ConfigureAwait(false);
            Expect.Absent(await t.FindScore("a", t.Customer("c1")).ConfigureAwait(false), "score in a run that was removed");
            await HeldJson.IsEmpty(t.Store, t.Customer("c1"), "whose run was removed", t.Token).ConfigureAwait(false);
        }),
        new("removal-leaves-others", "The run that is shown must outlive the one of last month.", async t =>
        {
            await t.Write("a", t.Score("ada", 1)).ConfigureAwait(false);
            StoreVersion version = await t.Write("b", t.Score("ada", 2), t.Score("bob", 2)).ConfigureAwait(false);
            await t.Store.RemoveAsync(t.Run("a"), t.Token).ConfigureAwait(false);
            await t.IsFound(t.NewRun("b"), "after another was removed found").ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(t.Run("b")).ConfigureAwait(false)).Version, "the version of a run after another was removed");
            await t.ScoresAre("b", "after another run was removed found", t.Score("ada", 2), t.Score("bob", 2)).ConfigureAwait(false);
        }),
        new("removing-twice-is-no-error", "A removal that was interrupted is asked for again.", async t =>
        {
            await t.Save(t.NewRun("a")).ConfigureAwait(false);
            foreach (string name in _runsTwice)
            {
                await t.Store.RemoveAsync(t.Run(name), t.Token).ConfigureAwait(false);
            }

            Expect.Count(0, (await t.ReadMine().ConfigureAwait(false)).Count, "runs after the only one was removed twice");
        }),
        new("saved-again-after-removal", "A run that was found to be of another base is removed and begun anew; nothing of before may come to light in it.", async t =>
        {
            StoreVersion old = await t.Write("a", t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
            await t.Store.RemoveAsync(t.Run("a"), t.Token).ConfigureAwait(false);
            await t.IsConflict(t.NewRun("a"), old, StoreVersion.None).ConfigureAwait(false);
            await t.Save(t.NewRun("a", startedAt: 1), default, t.Score("bob", 2)).ConfigureAwait(false);
            await t.IsFound(t.NewRun("a", startedAt: 1), "saved anew after a removal found").ConfigureAwait(false);
            await t.ScoresAre("a", "written anew after a removal found", t.Score("bob", 2)).ConfigureAwait(false);
        }),
        new("removal-takes-the-run-last", "Scores whose run is gone are found by nobody, and stay for ever.", async t =>
        {
            static string Name(int number) => FormattableString.Invariant($"m{number}");
            await EachSaved(t, Name).ConfigureAwait(false);
            await Tokens.Interrupted(
                async (number, token) => await t.Store.RemoveAsync(t.Run(Name(number)), token).ConfigureAwait(false),
                async (number, isCancelled) =>
                {
                    bool isThere = await t.Find(t.Run(Name(number))).ConfigureAwait(false) is not null;
                    int scores = (await t.ReadScores(Name(number)).ConfigureAwait(false)).Count;
                    Expect.True(isThere || scores == 0, "the run to be there while one of its scores is", FormattableString.Invariant($"the run is gone, and {scores} scores are left"));
                    Expect.True(isCancelled || (!isThere && scores == 0), "nothing left by a removal that returned", "something is");
                }).ConfigureAwait(false);
        }),
    ];

    private static async Task EachSaved(Trial<IScoreStore> t, Func<int, string> name)
    {
        for (int number = 0; number < Tokens.Moments; number++)
        {
            await t.Write(name(number), t.Scores(5)).ConfigureAwait(false);
        }
    }
}
