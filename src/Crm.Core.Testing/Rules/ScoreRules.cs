using Crm.Core.Hosting;
using Crm.Core.Pyramids;

namespace Crm.Core.Testing.Rules;

/// <summary>Scores are found as they were written, each of a customer once.</summary>
internal static class ScoreRules
{
    private const int Many = 1_234;
    private const int Batch = 5;

    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("absent-is-null", "A customer without a score is one of whom a run says nothing, not one who is worth nothing.", async t =>
        {
            await t.Write("a", t.Score("ada")).ConfigureAwait(false);
            Expect.Absent(await t.FindScore("a", t.Customer("nobody")).ConfigureAwait(false), "score of a customer who has none");
            Expect.Absent(await t.FindScore("b", t.Customer("ada")).ConfigureAwait(false), "score in a run that is not there");
            Expect.Count(0, (await t.ReadScores("b").ConfigureAwait(false)).Count, "scores of a run that is not there");
        }),
        new("scores-found-as-written", "What a screen shows of a customer is what the refresh found of them, all of it.", async t =>
        {
            CustomerScore bare = t.Score("bare") with { ValueLow = null, ValueHigh = null, Segments = [] };
            CustomerScore zero = t.Score("zero", 0) with { Occasions = 0, Spent = 0, ProbabilityAlive = 0, ValueLow = 0, ValueHigh = 0, LastPurchase = new(1, 1, 1) };
            CustomerScore ordered = t.Score("ordered") with { Segments = [t.Segment("b"), t.Segment("a"), t.Segment("b")], Occasions = int.MaxValue };
            CustomerScore[] all = [t.Score("full"), bare, zero, ordered];
            await t.Write("a", all).ConfigureAwait(false);
            await t.ScoresAre("a", "found", all).ConfigureAwait(false);
        }),
        new("doubles-exact", "The same base gives the same bits on every machine, and a value that is rounded on its way ranks customers otherwise.", async t =>
        {
            double[] numbers =
            [
                0.1, 1.0 / 3, Math.PI * 1e5, 123_456_789.123_456_79, 0.1 + 0.2, 1 - Math.BitDecrement(1), Math.BitIncrement(1), Math.BitDecrement(0.5), -0.0,
                double.Epsilon, 2.2250738585072009e-308, 2.2250738585072014e-308, double.MaxValue, double.MinValue, 9_007_199_254_740_993, 1e22, 1e23, 5e-324, -1e-7, 299_792_458,
                Math.ScaleB(1, -25), Math.ScaleB(1.5, -958), // of which the shortest text that .NET 10 writes is that of a neighbour
            ];
            CustomerScore[] all = [.. numbers.Select((number, place) => t.Score(FormattableString.Invariant($"{place}")) with
            {
                Spent = number, ProbabilityAlive = number, Value = number, ValueLow = number, ValueHigh = number,
            })];
            await t.Write("a", all).ConfigureAwait(false);
            await t.ScoresAre("a", "with numbers whose every bit counts found", all).ConfigureAwait(false);
            foreach (var (score, number) in all.Zip(numbers))
            {
                CustomerScore found = (await t.FindScore("a", score.Customer).ConfigureAwait(false))!;
                double[] values = [found.Spent, found.ProbabilityAlive, found.Value, found.ValueLow!.Value, found.ValueHigh!.Value];
                Expect.True(
                    Array.TrueForAll(values, value => BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(number)),
                    FormattableString.Invariant($"{number:R} to the bit"),
                    FormattableString.Invariant($"there are {string.Join(", ", values.Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).Distinct())}"));
            }
        }),
        new("hostile-scores-exact", "Ids come from elsewhere, in every script, and segments are named by people.", async t =>
        {
            CustomerScore[] all =
            [
                .. HostileText.All.Select(one => t.Score(one.Text) with { Segments = [SegmentId.Of(one.Text)], Tier = one.Text.Length <= 40 ? Tier.Of(one.Text) : Tier.Small }),
                t.Score("".PadRight(128 - t.Text("").Length, 'x')) with { Segments = [SegmentId.Of(HostileText.OfLength(128))] },
            ];
            await t.Write(HostileText.All[0].Text, all).ConfigureAwait(false);
            await t.ScoresAre(HostileText.All[0].Text, "with hostile texts found", all).ConfigureAwait(false);
        }),
        new("ids-of-scores-ordinal", "A collation that takes two ids for one shows one customer the value of another.", async t =>
        {
            CustomerScore[] all = [.. Alike.Texts.Select((text, place) => t.Score(text, place))];
            await t.Write("a", all).ConfigureAwait(false);
            await t.ScoresAre("a", "beside others of almost the same id found", all).ConfigureAwait(false);
            foreach (var (text, place) in Alike.Texts.Select((text, place) => (text, place)))
            {
                await t.Write("run" + text, t.Score(FormattableString.Invariant($"c{place}"))).ConfigureAwait(false);
            }

            foreach (var (text, place) in Alike.Texts.Select((text, place) => (text, place)))
            {
                await t.ScoresAre("run" + text, "in a run beside others of almost the same id found", t.Score(FormattableString.Invariant($"c{place}"))).ConfigureAwait(false);
            }
        }),
        new("written-again-replaces", "What is known now of a customer takes the place of what was; nobody is in a run twice, and nothing of before clings to a score.", async t =>
        {
            StoreVersion first = await t.Save(t.NewRun("a"), default, t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
            CustomerScore again = t.Score("ada", 5) with { ValueLow = null, ValueHigh = null, Segments = [] };
            StoreVersion second = await t.Save(t.NewRun("a"), first, again, t.Score("eve")).ConfigureAwait(false);
            await t.ScoresAre("a", "after some were written again found", again, t.Score("bob"), t.Score("eve")).ConfigureAwait(false);
            await t.Save(t.NewRun("a"), second, t.Score("ada", 6), t.Score("eve", 6)).ConfigureAwait(false);
            await t.ScoresAre("a", "after one was written a third time found", t.Score("ada", 6), t.Score("bob"), t.Score("eve", 6)).ConfigureAwait(false);
        }),
        new("run-saved-alone-keeps-scores", "The save that shows a run, and each that notes something of it later, has no score with it: all of them stay.", async t =>
        {
            CustomerScore[] all = t.Scores(7);
            StoreVersion version = await t.Save(t.NewRun("a"), default, all).ConfigureAwait(false);
            for (int i = 1; i <= 3; i++)
            {
                ScoreRun run = t.NewRun("a") with { Written = i, PublishedAt = t.After(i) };
                version = await t.Save(run, version).ConfigureAwait(false);
                await t.IsFound(run, "saved alone found").ConfigureAwait(false);
                await t.ScoresAre("a", "after their run was saved alone found", all).ConfigureAwait(false);
            }
        }),
        new("refused-save-writes-no-scores", "A batch was held up on its way, and its run has gone on without it: a score of it in there would be of another base, or of somebody erased.", async t =>
        {
            StoreVersion old = await t.Save(t.NewRun("a"), default, t.Score("ada", 1)).ConfigureAwait(false);
            StoreVersion held = await t.Save(t.NewRun("a") with { Written = 1 }, old, t.Score("ada", 2)).ConfigureAwait(false);
            foreach (StoreVersion seen in new[] { old, StoreVersion.None })
            {
                await t.IsConflict(t.NewRun("a") with { Written = 9 }, seen, held, t.Score("ada", 9), t.Score("bob", 9)).ConfigureAwait(false);
                await t.ScoresAre("a", "after a refused save found", t.Score("ada", 2)).ConfigureAwait(false);
                await t.IsFound(t.NewRun("a") with { Written = 1 }, "after a refused save with scores found").ConfigureAwait(false);
            }

            await t.IsConflict(t.NewRun("b"), old, StoreVersion.None, t.Score("ada", 9)).ConfigureAwait(false);
            await t.ScoresAre("b", "of a run whose only save was refused").ConfigureAwait(false);
            Expect.Equal(held, (await t.Found(t.Run("a")).ConfigureAwait(false)).Version, "the version after refused saves with scores");
            await HeldJson.IsEmpty(t.Store, t.Customer("bob"), "whose scores were refused", t.Token).ConfigureAwait(false);
        }),
        new("write-seen-at-once", "What was written is read the next moment, to find who has moved.", async t =>
        {
            for (int i = 1; i <= 10; i++)
            {
                await t.Write("a", t.Score("ada", i)).ConfigureAwait(false);
                await t.ScoresAre("a", "right after it was written found", t.Score("ada", i)).ConfigureAwait(false);
            }
        }),
        new("runs-kept-apart", "Yesterday's value is asked for beside today's; one written over the other is lost.", async t =>
        {
            await t.Write("a", t.Score("ada", 1), t.Score("bob", 1)).ConfigureAwait(false);
            await t.Write("b", t.Score("ada", 2)).ConfigureAwait(false);
            await t.ScoresAre("a", "in one run of two found", t.Score("ada", 1), t.Score("bob", 1)).ConfigureAwait(false);
            await t.ScoresAre("b", "in one run of two found", t.Score("ada", 2)).ConfigureAwait(false);
        }),
        new("scores-each-once", "A customer left out is in no segment, one read twice is counted twice.", async t =>
        {
            CustomerScore[] all = t.Scores(Many);
            foreach (CustomerScore[] batch in all.Chunk(500))
            {
                await t.Write("a", batch).ConfigureAwait(false);
            }

            Expect.Set(all.Select(score => score.Customer), (await t.ReadScores("a").ConfigureAwait(false)).Select(score => score.Customer), "customers with a score read");
        }),
        new("read-all-while-writing", "Scores are read for minutes, while others of the run and of another are written.", async t =>
        {
            CustomerScore[] all = t.Scores(Many);
            await t.Write("a", all).ConfigureAwait(false);
            var read = new List<CustomerScore>();
            int changed = 0;
            await foreach (CustomerScore score in t.Store.ReadAllAsync(t.Run("a"), t.Token).ConfigureAwait(false))
            {
                read.Add(score);
                if (read.Count % 100 == 1)
                {
                    CustomerScore other = all[(changed++ * 97) % all.Length];
                    await t.Write("a", other with { Value = 7, ValueLow = 7 }, t.Score(FormattableString.Invariant($"late-{changed}"))).ConfigureAwait(false);
                    await t.Write("b", other).ConfigureAwait(false);
                }
            }

            CustomerId[] ids = [.. read.Select(score => score.Customer)];
            Expect.Count(ids.Length, ids.Distinct().Count(), "different customers among the scores read while others are written");
            Expect.Set(all.Select(score => score.Customer), ids.Intersect(all.Select(score => score.Customer)), "customers of before whose score is read while others are written");
            Expect.True(read.TrueForAll(score => score is { Value: 100, ValueLow: 50 } or { Value: 7, ValueLow: 7 }), "a score as before or after its change", "it is in a state it never had");
        }),
        new("read-all-while-erasing", "Somebody is forgotten while scores are read; whoever stands behind them must not be left out for it.", async t =>
        {
            CustomerScore[] all = t.Scores(Many);
            await t.Write("a", all).ConfigureAwait(false);
            var read = await Midway.EraseWhatWasRead(t, token => t.Store.ReadAllAsync(t.Run("a"), token), score => score.Customer).ConfigureAwait(false);
            Expect.Set(all.Select(score => score.Customer), read, "customers whose score is read while some whose had been read were erased");
        }),
        new("batch-all-or-none", "A batch of which half is there passes for one that was written.", async t =>
        {
            StoreVersion[] seen = await Begun(t).ConfigureAwait(false);
            await Tokens.AllOrNone(
                async (number, token) => await WriteBatch(t, number, seen[number], token).ConfigureAwait(false),
                async number => (await t.ReadScores(Name(number)).ConfigureAwait(false)).Count,
                whole: Batch).ConfigureAwait(false);
        }),
        new("run-and-scores-together", "What the run says is written is what is carried on from: scores it does not know of, or knows of and has not, make another base.", async t =>
        {
            StoreVersion[] seen = await Begun(t).ConfigureAwait(false);
            await Tokens.Interrupted(
                async (number, token) => await WriteBatch(t, number, seen[number], token).ConfigureAwait(false),
                async (number, isCancelled) => await IsTogether(t, Name(number), isCancelled).ConfigureAwait(false)).ConfigureAwait(false);
            await Tokens.Interrupted(
                async (number, token) => await WriteBatch(t, Tokens.Moments + number, StoreVersion.None, token).ConfigureAwait(false),
                async (number, isCancelled) => await IsTogether(t, Name(Tokens.Moments + number), isCancelled).ConfigureAwait(false)).ConfigureAwait(false);
        }),
    ];

    private static string Name(int number) => FormattableString.Invariant($"m{number}");

    private static async Task<StoreVersion[]> Begun(Trial<IScoreStore> t)
    {
        var versions = new StoreVersion[Tokens.Moments];
        for (int number = 0; number < versions.Length; number++)
        {
            versions[number] = await t.Save(t.NewRun(Name(number))).ConfigureAwait(false);
        }

        return versions;
    }

    private static async Task WriteBatch(Trial<IScoreStore> t, int number, StoreVersion seen, CancellationToken token) =>
        await t.Store.SaveAsync(new(t.NewRun(Name(number)) with { Written = Batch }, seen), t.Scores(Batch), token).ConfigureAwait(false);

    private static async Task IsTogether(Trial<IScoreStore> t, string name, bool isCancelled)
    {
        bool isSaved = await t.Find(t.Run(name)).ConfigureAwait(false) is { Value.Written: Batch };
        bool isWritten = (await t.ReadScores(name).ConfigureAwait(false)).Count == Batch;
        Expect.True(
            isSaved == isWritten,
            "a run and its scores both there, or neither",
            isSaved ? "the run says that they are written, and they are not all there" : "the scores are there, and their run is as it was");
        Expect.True(isCancelled || isSaved, "all done by a save that returned", "nothing is");
    }
}
