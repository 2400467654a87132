using Crm.Core.Benefits;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Oracle: deferred acceptance by the book, on tables. Property: nobody and no offer would rather have each other.
public sealed class OfferLimitTests
{
    private static Gen<RankCase> Limited => RankCase.Any.Select(given =>
    {
        var random = new Random((given.Rows * 1_000) + given.Offers);
        int[] limits = [.. Enumerable.Range(0, given.Offers).Select(_ => random.Next(4) == 0 ? int.MaxValue : random.Next(0, 6))];
        return given with { Limits = limits };
    });

    [Fact]
    public void Rank_Limited_GivesWhatDeferredAcceptanceDoes() => FixedSeed.ForAll(Limited, given =>
    {
        var accepted = Accepted(given);
        RankCase.AssertSame(accepted, given.Rank<double>());
        RankCase.AssertSame(accepted, given.Rank<double>(threads: 2));
    }, 60);

    [Fact]
    public void Rank_FewOffersManyWantThem_GivesWhatDeferredAcceptanceDoes() => FixedSeed.ForAll(Gen.Choose(1, 1_000_000), seed =>
    {
        var drawn = RankCase.Of(seed, offers: 6, affinities: 2, rows: 60);
        var given = drawn with { Top = 1 + (seed % 3), Limits = [3, 10, 0, 1, 20, 5] };
        RankCase.AssertSame(Accepted(given), given.Rank<double>());
    });

    [Theory]
    [InlineData(300)]
    [InlineData(1_100)]
    public void Rank_ManyOffersLimited_GivesWhatDeferredAcceptanceDoes(int offers)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            var drawn = RankCase.Of(seed, offers, affinities: 3, rows: 20);
            var given = drawn with { Limits = [.. Enumerable.Range(seed, offers).Select(i => i % 4)] };
            RankCase.AssertSame(Accepted(given), given.Rank<double>());
        }
    }

    [Fact]
    public void Rank_ManyBlocks_AreStableForAnyNumberOfThreads() => FixedSeed.ForAll(Gen.Choose(1, 1_000_000), seed =>
    {
        var drawn = RankCase.Of(seed, offers: 12, affinities: 3, rows: 5_000);
        var given = drawn with { Top = 3, Limits = [.. Enumerable.Range(1, 12).Select(i => i * 150)] };
        var one = given.Rank<double>();
        AssertStable(given, one.Offers);
        RankCase.AssertSame(one, given.Rank<double>(threads: 3));
    }, 6);

    // Cancelled after some blocks, and after the first pass, when offers have gone to others and their losers wait for their turn.
    [Theory]
    [InlineData(2_048, 1)]
    [InlineData(5_000, 1)]
    [InlineData(5_000, 3)]
    public void Rank_LimitedAndCancelled_LeavesEmptyLists(long after, int threads)
    {
        const int Rows = 5_000;
        using var source = new CancellationTokenSource();
        var progress = new CancelAfter(after, source);
        var ranker = OfferRanker.Of(1, 3, [3, 2, 1], [1], [1, 1, 1]);
        int[] offers = [.. Enumerable.Repeat(7, Rows * 2)];
        double[] benefits = [.. Enumerable.Repeat(7.0, Rows * 2)];
        double[] rising = [.. Enumerable.Range(0, Rows)];
        Assert.ThrowsAny<OperationCanceledException>(() => ranker.Rank<double>(
            new() { Rows = Rows, Segments = SegmentColumn.Same(0), Affinities = rising },
            new() { Offers = offers, Benefits = benefits },
            new() { Top = 2, Limits = [10, 2_000, 2_500], Threads = threads, Progress = progress },
            null,
            source.Token));
        Assert.All(offers, offer => Assert.Equal(-1, offer));
        Assert.All(benefits, benefit => Assert.Equal(double.NaN, benefit));
    }

    // A source that fails stops a ranking half-way, too.
    [Fact]
    public void Rank_LimitedAndTheSourceFails_LeavesEmptyLists()
    {
        var source = new Source<double>((from, rows, benefits) =>
        {
            if (from > 0)
            {
                throw new TimeZoneNotFoundException();
            }

            benefits.Fill(1);
        });
        int[] offers = new int[3_000];
        double[] benefits = new double[3_000];
        Assert.Throws<TimeZoneNotFoundException>(() => OfferRanker.Of(1, 2, [1, 1]).Rank<double>(
            new() { Rows = 3_000, Segments = SegmentColumn.Same(0), Source = source },
            new() { Offers = offers, Benefits = benefits },
            new() { Top = 1, Limits = [1, 1] }));
        Assert.All(offers, offer => Assert.Equal(-1, offer));
        Assert.All(benefits, benefit => Assert.Equal(double.NaN, benefit));
    }

    [Fact]
    public void Rank_Limited_IsStable() => FixedSeed.ForAll(Limited, given => AssertStable(given, given.Rank<double>().Offers));

    [Fact]
    public void Rank_LimitsNobodyReaches_ChangeNothing() => FixedSeed.ForAll(RankCase.Any, given =>
        RankCase.AssertSame(given.Rank<double>(), (given with { Limits = [.. Enumerable.Repeat(given.Rows, given.Offers)] }).Rank<double>()));

    [Fact]
    public void Rank_EqualBenefits_GoToTheEarlierRows()
    {
        var given = new RankCase { Offers = 2, Base = [2, 1], Rows = 4, SegmentOf = [0, 0, 0, 0], Top = 1, Limits = [2, 1] };
        Assert.Equal([0, 0, 1, -1], given.Rank<double>().Offers);
    }

    [Fact]
    public void Totals_Limited_CountWhatIsLeft()
    {
        var given = new RankCase { Offers = 2, Base = [2, 1], Rows = 4, SegmentOf = [0, 0, 0, 0], Top = 1, Limits = [2, 1] };
        var totals = OfferTotals.Of(given.Ranker, 1);
        given.Rank<double>(totals: totals);
        Assert.Equal((4L, 2L, 1L), (totals.Customers(0), totals.FirstChoices(0, 0), totals.FirstChoices(0, 1)));
        Assert.Equal(5 / 3.0, totals.MeanBenefit(0));
        Assert.Equal(1 / (1 + Math.Exp(-1)), totals.Share(0, 0)!.Value, 1e-15); // what would be chosen, had it no limit
    }

    // Everybody asks down the list; an offer turns away the worst of those who ask, for good.
    private static (int[] Offers, double[] Benefits) Accepted(RankCase given)
    {
        var wishes = Enumerable.Range(0, given.Rows).Select(row => given.Sorted<double>(row).ToList()).ToArray();
        bool turnedAway = true;
        while (turnedAway)
        {
            turnedAway = false;
            for (int offer = 0; offer < given.Offers; offer++)
            {
                var asking = (from row in Enumerable.Range(0, given.Rows)
                              from wish in wishes[row].Take(given.Top)
                              where wish.Offer == offer
                              orderby wish.Benefit descending, row
                              select (row, wish)).Skip(given.Limits![offer]).ToList();
                turnedAway |= asking.Count > 0;
                asking.ForEach(one => wishes[one.row].Remove(one.wish));
            }
        }

        var lists = wishes.SelectMany(list => list.Concat(Enumerable.Repeat((-1, double.NaN), given.Top)).Take(given.Top)).ToList();
        return ([.. lists.Select(entry => entry.Item1)], [.. lists.Select(entry => entry.Item2)]);
    }

    private static void AssertStable(RankCase given, int[] offers)
    {
        var holders = new List<(double Benefit, int Row)>[given.Offers];
        for (int offer = 0; offer < given.Offers; offer++)
        {
            holders[offer] = [.. Enumerable.Range(0, given.Rows)
                .Where(row => Held(given, offers, row).Contains(offer))
                .Select(row => (given.Benefit<double>(row, offer)!.Value, row))];
            Assert.True(holders[offer].Count <= given.Limits![offer]);
        }

        for (int row = 0; row < given.Rows; row++)
        {
            int[] held = Held(given, offers, row);
            foreach (var (offer, benefit) in given.Sorted<double>(row))
            {
                if (held.Contains(offer))
                {
                    continue;
                }

                bool wants = held.Length < given.Top
                    || held.Any(other => given.Benefit<double>(row, other) < benefit || (given.Benefit<double>(row, other) == benefit && other > offer));
                bool wanted = holders[offer].Count < given.Limits![offer]
                    || holders[offer].Any(holder => holder.Benefit < benefit || (holder.Benefit == benefit && holder.Row > row));
                Assert.False(wants && wanted, $"row {row} and offer {offer} would rather have each other");
            }
        }
    }

    private static int[] Held(RankCase given, int[] offers, int row) =>
        [.. offers.Skip(row * given.Top).Take(given.Top).Where(offer => offer >= 0)];

    private sealed class CancelAfter(long rows, CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= rows)
            {
                source.Cancel();
            }
        }
    }
}
