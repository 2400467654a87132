using Crm.Core.Benefits;
using Crm.Core.Benefits.Kernels;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Oracle: all benefits, sorted. Properties: kernels, threads, order of rows. Examples: the object door.
public sealed class OfferRankerTests
{
    public static TheoryData<string> Kernels => [.. RankKernels.Names.Where(RankKernels.IsSupported)];

    [Fact]
    public void Rank_AnyCase_ListsWhatSortingAllDoes() => FixedSeed.ForAll(RankCase.Any, given =>
    {
        RankCase.AssertSame(given.Slow<double>(), given.Rank<double>());
        RankCase.AssertSame(given.Slow<float>(), given.Rank<float>());
    }, 400);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Rank_EachKernel_HasTheBitsOfTheOracle(string kernel)
    {
        for (int offers = 1; offers <= 70; offers++)
        {
            foreach (int affinities in new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 32 })
            {
                var given = RankCase.Of((offers * 100) + affinities, offers, affinities, rows: 5, plain: offers % 2 == 0);
                RankCase.AssertSame(given.Slow<double>(), given.Rank<double>(kernel));
                RankCase.AssertSame(given.Slow<float>(), given.Rank<float>(kernel));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Rank_EachKernelManyOffers_HasTheBitsOfTheOracle(string kernel)
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            var given = RankCase.Of(seed, offers: 1_000 + seed, affinities: 8, rows: 13, plain: seed > 3);
            RankCase.AssertSame(given.Slow<double>(), given.Rank<double>(kernel));
            RankCase.AssertSame(given.Slow<float>(), given.Rank<float>(kernel));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Rank_EachKernelAllEqual_ListsTheFirst(string kernel)
    {
        var ranker = OfferRanker.Of(1, 500, new double[500]);
        int[] offers = new int[7];
        ranker.Rank<double>(new() { Rows = 1, Eligible = [.. Enumerable.Repeat(~0UL, 8)] }, new() { Offers = offers }, new() { Top = 7, Kernel = kernel });
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], offers);
    }

    // a·a is 1 + 2^-26 + 2^-54; a machine that fuses keeps the last part and leaves it over.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Rank_EachKernel_FusesNothing(string kernel)
    {
        double a = 1 + Math.ScaleB(1, -27);
        var ranker = OfferRanker.Of(1, 70, new double[70], [1], [.. Enumerable.Range(0, 70).SelectMany(_ => new[] { -(1 + Math.ScaleB(1, -26)), a })]);
        double[] benefits = new double[64];
        ranker.Rank<double>(
            new() { Rows = 1, Affinities = [1, a] }, new() { Offers = new int[64], Benefits = benefits }, new() { Top = 64, Kernel = kernel });
        Assert.All(benefits, benefit => Assert.Equal(0, benefit));

        ranker = OfferRanker.Of(1, 70, [.. Enumerable.Repeat(-(1 + Math.ScaleB(1, -26)), 70)], [a], [.. Enumerable.Repeat(a, 70)]);
        ranker.Rank<double>(
            new() { Rows = 1, Affinities = [1] }, new() { Offers = new int[64], Benefits = benefits }, new() { Top = 64, Kernel = kernel });
        Assert.All(benefits, benefit => Assert.Equal(0, benefit));
    }

    [Fact]
    public void Kernels_UnknownOrAbsent_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => RankKernels.ByName<double>("vector1024"));
        foreach (string absent in RankKernels.Names.Where(name => !RankKernels.IsSupported(name)))
        {
            Assert.Throws<ArgumentException>(() => RankKernels.ByName<float>(absent));
        }

        Assert.Equal("name", Assert.Throws<ArgumentException>(() => RankCase.Of(1, rows: 3).Rank<double>("abacus")).ParamName);
    }

    [Fact]
    public void Rank_SeveralThreads_GiveTheSameBits() => FixedSeed.ForAll(Gen.Choose(1, 1_000_000), seed =>
    {
        var given = RankCase.Of(seed, offers: 20, affinities: 3, rows: 30_000);
        var ranker = given.Ranker;
        OfferTotals[] totals = [.. Enumerable.Range(0, 3).Select(_ => OfferTotals.Of(ranker, 0.3))];
        var one = given.Rank<double>(threads: 1, totals: totals[0], ranker: ranker);
        RankCase.AssertSame(one, given.Rank<double>(threads: 2, totals: totals[1], ranker: ranker));
        RankCase.AssertSame(one, given.Rank<double>(threads: 5, totals: totals[2], ranker: ranker));
        Assert.Equal(totals[0].Sums.Shares, totals[1].Sums.Shares);
        Assert.Equal(totals[0].Sums.Shares, totals[2].Sums.Shares);
        Assert.Equal(totals[0].Sums.Benefits, totals[2].Sums.Benefits);
        Assert.Equal(totals[0].Sums.FirstChoices, totals[2].Sums.FirstChoices);
    }, 8);

    [Fact]
    public void Rank_OneRowAlone_GivesWhatItHasAmongOthers() => FixedSeed.ForAll(RankCase.Any.Where(given => given.Rows > 0), given =>
    {
        var all = given.Rank<double>();
        int row = given.Rows / 2;
        var alone = given with
        {
            Rows = 1,
            SegmentOf = [given.SegmentOf[row]],
            CustomerAffinities = given.CustomerAffinities[(row * given.Affinities)..((row + 1) * given.Affinities)],
            May = given.May?[(row * given.Offers)..((row + 1) * given.Offers)],
            Starts = given.Starts.Length == 0 ? [] : [0, given.Starts[row + 1] - given.Starts[row]],
            CorrectionOffers = given.Starts.Length == 0 ? [] : given.CorrectionOffers[given.Starts[row]..given.Starts[row + 1]],
            Corrections = given.Starts.Length == 0 ? [] : given.Corrections[given.Starts[row]..given.Starts[row + 1]],
        };
        Range list = (row * given.Top)..((row + 1) * given.Top);
        RankCase.AssertSame((all.Offers[list], all.Benefits[list]), alone.Rank<double>());
    });

    [Fact]
    public void Rank_RowsInAnotherOrder_GivesTheListsInThatOrder() => FixedSeed.ForAll(Gen.Choose(1, 1_000_000), seed =>
    {
        var given = RankCase.Of(seed, rows: 33, plain: true);
        int[] order = [.. Enumerable.Range(0, given.Rows)];
        new Random(seed).Shuffle(order);
        var shuffled = given with
        {
            SegmentOf = [.. order.Select(row => given.SegmentOf[row])],
            CustomerAffinities = [.. order.SelectMany(row => given.CustomerAffinities.Skip(row * given.Affinities).Take(given.Affinities))],
        };
        var (offers, benefits) = given.Rank<double>();
        RankCase.AssertSame(
            ([.. order.SelectMany(row => offers.Skip(row * given.Top).Take(given.Top))],
                [.. order.SelectMany(row => benefits.Skip(row * given.Top).Take(given.Top))]),
            shuffled.Rank<double>());
    });

    [Fact]
    public void Rank_BenefitsOfTheCaller_GivesTheSameBits() => FixedSeed.ForAll(RankCase.Any, given =>
    {
        var source = new Source<double>((from, _, benefits) =>
        {
            for (int i = 0; i < benefits.Length; i++)
            {
                int row = from + (i / given.Offers);
                benefits[i] = given.Benefit<double>(row, i % given.Offers) is null ? double.NaN : given.Uncorrected<double>(row, i % given.Offers);
            }
        });
        RankCase.AssertSame(given.Rank<double>(), given.Rank<double>(source: source));
        RankCase.AssertSame(given.Rank<double>(), given.Rank<double>(source: source, threads: 2));
    });

    // Everybody may have everything, said and unsaid: said so, every row is ranked by itself.
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Rank_OneListASegment_GivesWhatRankingEachDoes(int affinities) => FixedSeed.ForAll(Gen.Choose(1, 1_000_000), seed =>
    {
        var drawn = RankCase.Of(seed, affinities: affinities);
        var flat = drawn with { Weights = new double[drawn.Segments], May = null, Starts = [], CorrectionOffers = [], Corrections = [] };
        var general = flat with { May = [.. Enumerable.Repeat(true, flat.Rows * flat.Offers)] };
        var ranker = flat.Ranker;
        var ofFlat = OfferTotals.Of(ranker, 0.5);
        var ofGeneral = OfferTotals.Of(ranker, 0.5);
        RankCase.AssertSame(general.Rank<double>(totals: ofGeneral, ranker: ranker), flat.Rank<double>(totals: ofFlat, ranker: ranker));
        RankCase.AssertSame(general.Rank<float>(), flat.Rank<float>());
        Assert.Equal(ofGeneral.Sums.Shares, ofFlat.Sums.Shares);
        Assert.Equal(ofGeneral.Sums.FirstChoices, ofFlat.Sums.FirstChoices);
        Assert.Equal(ofGeneral.Sums.Sharers, ofFlat.Sums.Sharers);
    });

    [Fact]
    public void Benefit_OnePair_HasTheBitsOfTheRanking() => FixedSeed.ForAll(Gen.Choose(1, 1_000_000), seed =>
    {
        var given = RankCase.Of(seed, plain: true);
        var (offers, benefits) = given.Rank<double>();
        for (int i = 0; i < offers.Length; i++)
        {
            int row = i / given.Top;
            Assert.Equal(
                offers[i] < 0 ? double.NaN : benefits[i],
                offers[i] < 0 ? double.NaN : given.Ranker.Benefit(
                    given.SegmentOf[row], given.CustomerAffinities.AsSpan(row * given.Affinities, given.Affinities), offers[i]));
        }
    }, 50);

    [Fact]
    public void Rank_WithoutRows_WritesNothing() =>
        OfferRanker.Of(1, 2, [1, 2]).Rank<double>(new() { Rows = 0 }, default, new() { Top = 64 });

    [Fact]
    public void Rank_SegmentsAsBytes_AreThoseAsNumbers()
    {
        var ranker = OfferRanker.Of(3, 2, [1, 2, 4, 3, 5, 6]);
        int[] offers = new int[3];
        ranker.Rank<float>(new() { Segments = new byte[] { 2, 1, 0 } }, new() { Offers = offers }, new() { Top = 1 });
        Assert.Equal([1, 0, 1], offers);
    }

    [Fact]
    public void Rank_MinimumThatIsNoFloat_ListsOnlyWhatReachesIt()
    {
        var ranker = OfferRanker.Of(1, 2, [0.1, (double)0.1f]);
        int[] offers = new int[2];
        ranker.Rank<float>(new() { Rows = 1 }, new() { Offers = offers }, new() { Top = 2, MinimumBenefit = 0.1 });
        Assert.Equal([0, 1], offers); // as a float 0.1 is a little more
        ranker.Rank<float>(new() { Rows = 1 }, new() { Offers = offers }, new() { Top = 2, MinimumBenefit = Math.BitIncrement((double)0.1f) });
        Assert.Equal([-1, -1], offers);
    }
}
