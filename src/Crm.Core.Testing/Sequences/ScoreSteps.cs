using Crm.Core.Hosting;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

using Scene = Scene<IScoreStore, ScoreModel>;
using Step = SequenceStep<IScoreStore, ScoreModel>;

/// <summary>What is done to score stores at random.</summary>
internal static class ScoreSteps
{
    private static readonly string[] _runs = ["a", "A", "b"];
    private static readonly string[] _customers = ["ada", "Ada", "eve", "bob"];

    internal static Step Draw(SeededChance chance) => chance.Below(10) switch
    {
        0 => Erase(chance.One(_customers)),
        1 => Remove(chance.One(_runs)),
        _ => Save(chance),
    };

    /// <summary>Compares runs with their versions and order, the scores of each run in both ways, and what is held on each customer.</summary>
    internal static async Task CompareAsync(Scene scene)
    {
        var (t, model) = scene;
        var runs = await t.ReadMine().ConfigureAwait(false);
        Expect.Set(model.Runs.Select(run => Words(run, model.Held(run.Id))), runs.Select(stored => Words(stored.Value, stored.Version)), "runs, with their versions");

        // Of those begun at one moment either may stand first.
        Expect.Sequence(
            [.. model.Runs.Select(run => run.StartedAt).OrderDescending()], [.. runs.Select(stored => stored.Value.StartedAt)], "moments at which the runs were begun, the last first,");
        foreach (string run in _runs)
        {
            await t.ScoresAre(run, $"of {run} found", [.. model.ScoresOf(t.Run(run))]).ConfigureAwait(false);
        }

        foreach (string customer in _customers)
        {
            int held = await t.Store.ReadHeldDataAsync(t.Customer(customer), t.Token).CountAsync(t.Token).ConfigureAwait(false);
            Expect.Count(model.Scores.Count(one => one.Score.Customer == t.Customer(customer)), held, $"items held on {customer}");
        }
    }

    private static Step Save(SeededChance chance)
    {
        string name = chance.One(_runs);
        int startedAt = chance.Below(3);
        int written = chance.Below(3);
        bool isPublished = chance.Happens(0.3);
        Seen seen = chance.Happens(0.75) ? Seen.Held : chance.One(Enum.GetValues<Seen>());
        var drawn = Enumerable.Range(0, chance.Below(4)).Select(_ => (Customer: chance.One(_customers), Value: chance.Below(3))).DistinctBy(one => one.Customer).ToArray();
        string with = drawn.Length == 0 ? "no score" : string.Join(", ", drawn.Select(one => FormattableString.Invariant($"{one.Customer} {one.Value}")));
        return new(FormattableString.Invariant($"save {name} begun at {startedAt} with {written} written{(isPublished ? ", published" : "")} seen {seen}, and {with}"), async scene =>
        {
            var (t, model) = scene;
            RunId id = t.Run(name);
            ScoreRun run = t.NewRun(name, startedAt) with
            {
                Written = written,
                PublishedAt = isPublished ? t.After(9) : null,
                ErasedSince = model.Find(id)?.ErasedSince ?? 0,
            };
            CustomerScore[] scores = [.. drawn.Select(one => t.Score(one.Customer, one.Value))];
            StoreVersion held = model.Held(id);
            StoreVersion named = seen == Seen.Held ? held : seen == Seen.Old ? model.Old(id) : StoreVersion.None;
            if (named != held)
            {
                await t.IsConflict(run, named, held, scores).ConfigureAwait(false);
                return;
            }

            StoreVersion version = await t.Save(run, named, scores).ConfigureAwait(false);
            Expect.True(!model.Versions.Contains((id, version)), "a version never given before", "it was");
            model.Put(run, version);
            Array.ForEach(scores, score => model.Write(id, score));
        });
    }

    private static Step Remove(string run) => new($"remove {run}", async scene =>
    {
        await scene.Trial.Store.RemoveAsync(scene.Trial.Run(run), scene.Trial.Token).ConfigureAwait(false);
        scene.Model.Remove(scene.Trial.Run(run));
    });

    private static Step Erase(string customer) => new($"erase {customer}", async scene =>
    {
        var (t, model) = scene;
        int before = model.Scores.Count;
        ErasureStatement statement = await t.Erase(customer).ConfigureAwait(false);
        foreach (ScoreRun run in model.Erase(t.Customer(customer)))
        {
            StoreVersion version = (await t.Found(run.Id).ConfigureAwait(false)).Version;
            Expect.True(!model.Versions.Contains((run.Id, version)), "a new version of a run that has lost a score", "it is an old one");
            model.Put(run with { ErasedSince = run.ErasedSince + 1 }, version);
        }

        Expect.Equal(model.Scores.Count < before, statement.Removed > 0, "whether anything is stated as removed");
    });

    private static string Words(ScoreRun run, StoreVersion version) => $"{ScoreJson.Write(run)} {version}";
}
