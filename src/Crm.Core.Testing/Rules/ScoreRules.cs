using Crm.Core.Hosting;
using Crm.Core.Pyramids;

namespace Crm.Core.Testing.Rules;

/// <summary>Scores are found as they were written, each of a customer once.</summary>
internal static class ScoreRules
{
    private const int Many = 1_234;

    internal static IEnumerable<Rule<IScoreStore>> All =>
    [
        new("absent-is-null", "A customer without a score is one of whom a run says nothing, not one who is worth nothing.", async t =>
        {
            await t.Save(t.NewRun("a")).ConfigureAwait(false);
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
        new("written-again-replaces", "A refresh that was interrupted writes its batch again; nobody is in it twice, and nothing of before clings to it.", async t =>
        {
            await t.Write("a", t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
            CustomerScore again = t.Score("ada", 5) with { ValueLow = null, ValueHigh = null, Segments = [] };
            await t.Write("a", again, t.Score("eve")).ConfigureAwait(false);
            await t.ScoresAre("a", "after some were written again found", again, t.Score("bob"), t.Score("eve")).ConfigureAwait(false);
        }),
        new("empty-batch-writes-nothing", "A base may have as many customers as make whole batches, and then the last one is empty.", async t =>
        {
            await t.Write("a").ConfigureAwait(false);
            await t.ScoresAre("a", "after none was written").ConfigureAwait(false);
        }),
        new("write-seen-at-once", "What was written is read the next moment, to find who has moved.", async t =>
        {
            for (int i = 1; i <= 10; i++)
            {
                await t.Write("a", t.Score("ada", i)).ConfigureAwait(false);
                await t.ScoresAre("a", "right after it was written found", t.Score("ada", i)).ConfigureAwait(false);
            }
        }),
        new("runs-and-scores-apart", "Scores count from the moment their run is published, and no sooner: a write makes no run, and a save touches no score.", async t =>
        {
            await t.Write("a", t.Score("ada")).ConfigureAwait(false);
            Expect.Count(0, (await t.ReadMine().ConfigureAwait(false)).Count, "runs where only scores were written");
            StoreVersion version = await t.Save(t.NewRun("a")).ConfigureAwait(false);
            await t.ScoresAre("a", "after their run was saved found", t.Score("ada")).ConfigureAwait(false);
            await t.Write("a", t.Score("bob")).ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(t.Run("a")).ConfigureAwait(false)).Version, "the version of a run after scores were written");
            await t.Save(t.FullRun("a"), version).ConfigureAwait(false);
            await t.ScoresAre("a", "after their run was saved again found", t.Score("ada"), t.Score("bob")).ConfigureAwait(false);
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
        new("read-all-while-writing", "Scores are read for minutes, while a customer is erased and another run is written.", async t =>
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
        new("write-all-or-none", "A batch of which half is there passes for one that was written.", async t => await Tokens.AllOrNone(
            async (number, token) => await t.Store.WriteAsync(t.Run(FormattableString.Invariant($"m{number}")), t.Scores(5), token).ConfigureAwait(false),
            async number => (await t.ReadScores(FormattableString.Invariant($"m{number}")).ConfigureAwait(false)).Count,
            whole: 5).ConfigureAwait(false)),
    ];
}
