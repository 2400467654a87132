using Crm.Core.Benefits;
using Crm.Core.Benefits.Kernels;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Oracle: counts, means and shares by the formulas. Examples: great benefits, refusals.
public sealed class OfferTotalsTests
{
    [Fact]
    public void Totals_AnyCase_AreThoseOfTheFormulas() => FixedSeed.ForAll(RankCase.Any.Zip(Gen.Elements(0.01, 0.3, 1, 50)), pair =>
    {
        var (given, scale) = pair;
        var ranker = given.Ranker;
        var totals = OfferTotals.Of(ranker, scale);
        var (offers, benefits) = given.Rank<double>(totals: totals, ranker: ranker);
        for (int segment = 0; segment < given.Segments; segment++)
        {
            int[] rows = [.. Enumerable.Range(0, given.Rows).Where(row => given.SegmentOf[row] == segment)];
            int[] choosers = [.. rows.Where(row => offers[row * given.Top] >= 0)];
            Assert.Equal(rows.Length, totals.Customers(segment));
            Assert.Equal(choosers.Length == 0 ? null : choosers.Average(row => benefits[row * given.Top]), totals.MeanBenefit(segment), Near);
            double[]?[] shares = [.. rows.Select(row => Shares(given, row, scale)).Where(list => list is not null)];
            for (int offer = 0; offer < given.Offers; offer++)
            {
                Assert.Equal(choosers.Count(row => offers[row * given.Top] == offer), totals.FirstChoices(segment, offer));
                Assert.Equal(shares.Length == 0 ? null : shares.Average(list => list![offer]), totals.Share(segment, offer), Near);
            }

            if (shares.Length > 0)
            {
                Assert.Equal(1, Enumerable.Range(0, given.Offers).Sum(offer => totals.Share(segment, offer)!.Value), 1e-12);
            }
        }
    });

    [Fact]
    public void Totals_WithoutLists_AreThoseWithLists() => FixedSeed.ForAll(RankCase.Any, given =>
    {
        var ranker = given.Ranker;
        var with = OfferTotals.Of(ranker, 1);
        var without = OfferTotals.Of(ranker, 1);
        given.Rank<float>(totals: with, ranker: ranker);
        ranker.Rank<float>(
            new()
            {
                Rows = given.Rows,
                Segments = given.SegmentOf,
                Affinities = RankCase.As<float>(given.CustomerAffinities),
                CorrectionStarts = given.Starts,
                CorrectionOffers = given.CorrectionOffers,
                Corrections = RankCase.As<float>(given.Corrections),
                Eligible = RankCase.Bits(given.May, given.Rows),
            },
            default,
            new() { MinimumBenefit = given.Minimum },
            without);
        Assert.Equal(with.Sums.Shares, without.Sums.Shares);
        Assert.Equal(with.Sums.Benefits, without.Sums.Benefits);
        Assert.Equal(with.Sums.FirstChoices, without.Sums.FirstChoices);
    });

    [Fact]
    public void Totals_EachKernel_HaveTheSameBits()
    {
        for (int seed = 1; seed < 20; seed++)
        {
            var given = RankCase.Of(seed, rows: 20);
            var ranker = given.Ranker;
            OfferTotals[] totals = [.. RankKernels.Names.Where(RankKernels.IsSupported).Select(kernel =>
            {
                var own = OfferTotals.Of(ranker, 0.2);
                given.Rank<double>(kernel, totals: own, ranker: ranker);
                return own;
            })];
            Assert.All(totals, own => Assert.Equal(totals[0].Sums.Shares, own.Sums.Shares));
        }
    }

    [Fact]
    public void Share_GreatBenefits_StaysFinite()
    {
        var ranker = OfferRanker.Of(1, 4, [1e300, -1e300, 1e300, 0]);
        var totals = OfferTotals.Of(ranker, 1e-3);
        ranker.Rank<double>(new() { Rows = 3, Eligible = [15, 15, 15] }, default, null, totals);
        Assert.Equal([0.5, 0, 0.5, 0], Enumerable.Range(0, 4).Select(offer => totals.Share(0, offer)!.Value));
        Assert.Equal(1e300, totals.MeanBenefit(0)!.Value, 1e285);
    }

    [Fact]
    public void Totals_OfTwoRankings_AddUpUntilCleared()
    {
        var given = RankCase.Of(3, offers: 9, affinities: 0, rows: 20, plain: true);
        var ranker = given.Ranker;
        var totals = OfferTotals.Of(ranker);
        given.Rank<double>(totals: totals, ranker: ranker);
        given.Rank<double>(totals: totals, ranker: ranker);
        Assert.Equal(40, Enumerable.Range(0, given.Segments).Sum(totals.Customers));
        totals.Clear();
        Assert.Equal(0, Enumerable.Range(0, given.Segments).Sum(totals.Customers));
        Assert.Null(totals.MeanBenefit(0));
    }

    [Fact]
    public void Totals_OfAnotherRanker_AreRefused()
    {
        var totals = OfferTotals.Of(OfferRanker.Of(1, 2, [1, 2]));
        var ranker = OfferRanker.Of(1, 1, [1]);
        Assert.Equal("totals", Assert.Throws<ArgumentException>(() => ranker.Rank<double>(new() { Rows = 1 }, default, null, totals)).ParamName);
        Assert.Throws<InvalidOperationException>(() => totals.Share(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => totals.Customers(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => totals.FirstChoices(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfferTotals.Of(ranker, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfferTotals.Of(ranker, double.NaN));
    }

    private static bool Near(double? expected, double? found) =>
        expected is null ? found is null : found is not null && Math.Abs(expected.Value - found.Value) <= 1e-12 * (1 + Math.Abs(expected.Value));

    private static double[]? Shares(RankCase given, int row, double scale)
    {
        double?[] benefits = [.. Enumerable.Range(0, given.Offers).Select(offer => given.Benefit<double>(row, offer))];
        double? greatest = benefits.Max();
        double[] weights = [.. benefits.Select(benefit => benefit is null ? 0 : Math.Exp((benefit.Value - greatest!.Value) / scale))];
        return greatest is null ? null : [.. weights.Select(weight => weight / weights.Sum())];
    }

    [Fact]
    public void MeanBenefit_AtTheEndOfTheRange_IsANumber()
    {
        OfferRanker ranker = OfferRanker.Of(1, 1, [1.5e308]);
        OfferTotals totals = OfferTotals.Of(ranker);
        ranker.Rank<double>(new() { Rows = 20_000 }, default, totals: totals);
        Assert.Equal(1.5e308, totals.MeanBenefit(0)!.Value, 1e296);
    }
}
