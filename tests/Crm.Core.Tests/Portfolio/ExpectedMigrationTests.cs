using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Portfolio;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Portfolio;

/// <summary>
/// Where a model expects customers: against futures that are drawn one by one, an independent slow oracle; how often the intervals hold what then happens, by simulation; properties; and real purchases.
/// </summary>
public sealed class ExpectedMigrationTests
{
    private static readonly MbgNbd _buying = new(0.6, 5, 0.9, 2, TimeUnit.Week);
    private static readonly GammaGamma _spend = new(5, 3, 20);
    private static readonly Horizon _year = Horizon.Weeks(52);
    private static readonly PyramidScheme _scheme = PyramidScheme.OfThresholds("money", new(Tier.Gold, 60), new(Tier.Iron, 15), new(Tier.Lead, null));
    private static readonly PurchaseHistories _base = Simulated.Base(_buying, 400, Horizon.Weeks(60), 8, _spend);

    private static ExpectedMigration Expected(PurchaseHistories histories, double uncertainty = 1e-18) => ExpectedMigration.Of(
        Before(histories), SpendAhead.Of(histories, PurchaseEstimates.Of(_buying, Covariances.Diagonal(4, uncertainty)), SpendEstimates.Of(_spend, Covariances.Diagonal(3, uncertainty)), _year));

    // Who has come back stands by what they spent, who has not is inactive.
    private static Pyramid Before(PurchaseHistories histories) => _scheme.Rank(histories.Ids, MoneyOf(histories), [.. histories.Select(history => history.Frequency > 0)]);

    private static double[] MoneyOf(PurchaseHistories histories) => [.. histories.Select(history => history.Frequency * history.MeanSpend)];

    // Every customer's future drawn many times: alive or not, purchases, their own mean, each amount.
    [Fact]
    public void Of_ABase_IsTheMeanOfDrawnFutures()
    {
        ExpectedMigration expected = Expected(_base);
        SpendAhead ahead = SpendAhead.Of(_base, PurchaseEstimates.Of(_buying, Covariances.None(4)), SpendEstimates.Of(_spend, Covariances.None(3)), _year);
        Assert.Throws<KeyNotFoundException>(() => ahead.ProbabilityOfAtLeast(CustomerId.Of("nobody"), 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ahead.ProbabilityOfAtLeast(_base.Ids[0], 0));
        const int futures = 4_000;
        var counts = new double[4];
        for (int row = 0; row < 40; row++)
        {
            PurchaseHistory history = _base[row];
            SpendDistribution worth = _spend.Distribution(history);
            var found = new double[4];
            var random = new Random(row);
            for (int future = 0; future < futures; future++)
            {
                int purchases = Purchases(history, random);
                double rate = Gamma(worth.TailShape, random) / worth.Scale;
                double money = purchases == 0 ? 0 : Gamma(purchases * worth.Shape, random) / rate;
                found[purchases == 0 ? 3 : money >= 60 ? 0 : money >= 15 ? 1 : 2]++;
            }

            int from = expected.Before.TierOfRow[row];
            Assert.Equal((found[0] + found[1]) / futures, ahead.ProbabilityOfAtLeast(_base.Ids[row], 15), 0.035);
            Assert.Equal(found.Take(from).Sum() / futures, expected.UpProbabilities[row], 0.035); // four standard errors of 4,000 are 0.032
            counts[0] += found[0] / futures;
        }

        Assert.True(counts[0] > 1, "nobody is expected at the top: the test shows little");
    }

    [Fact]
    public void Of_ABase_EveryRowSumsToWhoStandsThere()
    {
        ExpectedMigration expected = Expected(_base, 0.01);
        Assert.Equal([Tier.Gold, Tier.Iron, Tier.Lead, Tier.Inactive], expected.Tiers);
        foreach (Tier from in expected.Tiers)
        {
            Assert.Equal(expected.Before.Tiers.Single(tier => tier.Tier == from).Customers, expected.Tiers.Sum(to => expected[from, to].Expected), 1e-6);
            long asked = expected.Before.Tiers.Single(tier => tier.Tier == from).Customers;
            Assert.All(expected.Tiers, to =>
            {
                ExpectedCount cell = expected[from, to];
                Assert.Equal(asked, cell.Customers);
                Assert.True(cell.OutcomeInterval(0.999).High <= asked);
                Assert.True(cell.StandardError > 0 && cell.ChanceVariance >= 0 && cell.ChanceVariance <= cell.Expected + 1e-12);
                IntervalBounds interval = cell.OutcomeInterval(0.9);
                Assert.True(interval.Low <= Math.Ceiling(cell.Expected) && interval.High >= Math.Floor(cell.Expected));
            });
        }

        Assert.Equal(400, expected.Upgraders.Expected + expected.Downgraders.Expected + expected.Stayers.Expected, 1e-6);
        Assert.Equal(expected.Upgraders.Expected, expected.UpProbabilities.ToArray().Sum(), 1e-9);
        Assert.Equal(0, expected.UpProbabilities[Enumerable.Range(0, 400).First(row => expected.Before.TierOfRow[row] == 0)]);
        Assert.Contains("inactive", expected.ToString(), StringComparison.Ordinal);
    }

    // 60 bases by the model itself: of some 16 cells each, nine in ten or more of what happens lie in their intervals, which are of whole numbers.
    [Fact]
    public void Against_WhatTheModelItselfDraws_LiesInTheIntervals()
    {
        var (within, cells, up) = (0, 0, 0);
        for (int sample = 0; sample < 60; sample++)
        {
            PurchaseHistories histories = Simulated.Base(_buying, 300, Horizon.Weeks(60), (ulong)(100 + sample), _spend);
            ExpectedMigration expected = Expected(histories);
            MigrationComparison comparison = expected.Against(Migration.Between(expected.Before, Drawn(histories, expected.Before, sample)));
            within += comparison.Within;
            cells += comparison.Cells;
            up += comparison.Upgraders.IsWithin ? 1 : 0;
            Assert.Equal(300, comparison.Upgraders.Actual + comparison.Downgraders.Actual + comparison.Stayers.Actual);
        }

        Assert.InRange((double)within / cells, 0.90, 0.99);
        Assert.InRange(up, 48, 60);
    }

    [Fact]
    public void Of_AWrongModel_FindsThatItIsWrong()
    {
        PurchaseHistories histories = Simulated.Base(_buying, 1_500, Horizon.Weeks(60), 5, _spend);
        ExpectedMigration expected = ExpectedMigration.Of(
            Before(histories), SpendAhead.Of(histories, PurchaseEstimates.Of(new MbgNbd(2.5, 5, 0.9, 2, TimeUnit.Week), Covariances.None(4)), SpendEstimates.Of(_spend, Covariances.None(3)), _year));
        MigrationComparison comparison = expected.Against(Migration.Between(expected.Before, Drawn(histories, expected.Before, 1)));
        Assert.False(comparison.Upgraders.IsWithin);
        Assert.Contains("!", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhatDoesNotFit_IsRefusedByName()
    {
        PurchaseEstimates buying = PurchaseEstimates.Of(_buying, Covariances.None(4));
        SpendEstimates spend = SpendEstimates.Of(_spend, Covariances.None(3));
        Pyramid before = Before(_base);
        Pyramid shares = PyramidScheme.Curry.Rank(_base.Ids, MoneyOf(_base));
        Assert.Contains("before.Kept()", Assert.Throws<ArgumentException>(() => ExpectedMigration.Of(shares, SpendAhead.Of(_base, buying, spend, _year))).Message, StringComparison.Ordinal);
        Pyramid stranger = _scheme.Rank([.. _base.Ids, CustomerId.Of("stranger")], [.. MoneyOf(_base), 5]);
        Assert.Contains("stranger", Assert.Throws<ArgumentException>(() => ExpectedMigration.Of(stranger, SpendAhead.Of(_base, buying, spend, _year))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SpendAhead.Of(_base, buying, spend, Horizon.Unlimited));
        Assert.Throws<UnitMismatchException>(() => SpendAhead.Of(_base, PurchaseEstimates.Of(new MbgNbd(0.6, 5, 0.9, 2, TimeUnit.Day), Covariances.None(4)), spend, _year));
        Assert.Throws<CurrencyMismatchException>(() => ExpectedMigration.Of(
            before.Of(new() { Name = "revenue", Currency = Currency.Of("EUR") }), SpendAhead.Of(InDollars(), buying, spend, _year)));
        ExpectedMigration expected = ExpectedMigration.Of(before, SpendAhead.Of(_base, buying, spend, _year));
        Pyramid fewer = _scheme.Rank([.. _base.Ids.Skip(1)], MoneyOf(_base).AsSpan(1));
        Assert.Equal(400, Moves(expected.Against(Migration.Between(before, fewer)))); // who has gone buys no more
        Assert.Throws<ArgumentException>(() => expected.Against(Migration.Between(fewer, before)));
        Assert.Throws<ArgumentException>(() => expected[Tier.Top, Tier.Gold]);

        static long Moves(MigrationComparison comparison) => comparison.Upgraders.Actual + comparison.Downgraders.Actual + comparison.Stayers.Actual;

        static PurchaseHistories InDollars() => PurchaseHistories.FromColumns(
            new() { Ids = [.. _base.Ids], Frequency = _base.Frequency.ToArray(), Recency = _base.Recency.ToArray(), Age = _base.Age.ToArray(), MeanSpend = _base.MeanSpend.ToArray() },
            new() { Unit = TimeUnit.Week, Currency = Currency.Of("USD") });
    }

    // Prospects have no history: they are asked about nobody.
    [Fact]
    public void Of_Prospects_AreLeftOut()
    {
        Pyramid before = _scheme.RankLayers(
            [.. _base.Ids, CustomerId.Of("prospect")], [.. MoneyOf(_base), 0], [.. _base.Select(_ => CustomerLayer.Active), CustomerLayer.Prospect]);
        ExpectedMigration expected = ExpectedMigration.Of(before, SpendAhead.Of(_base, PurchaseEstimates.Of(_buying, Covariances.None(4)), SpendEstimates.Of(_spend, Covariances.None(3)), _year));
        Assert.Equal(400, expected.Tiers.Sum(from => expected.Tiers.Sum(to => expected[from, to].Expected)), 1e-6);
        Assert.True(double.IsNaN(expected.UpProbabilities[^1]));
        Assert.Throws<ArgumentException>(() => expected[Tier.Prospect, Tier.Gold]);
    }

    private static Pyramid Drawn(PurchaseHistories histories, Pyramid before, int seed)
    {
        var random = new Random(seed);
        var money = new double[histories.Count];
        for (int row = 0; row < money.Length; row++)
        {
            int purchases = Purchases(histories[row], random);
            SpendDistribution worth = _spend.Distribution(histories[row]);
            money[row] = purchases == 0 ? 0 : Gamma(purchases * worth.Shape, random) * worth.Scale / Gamma(worth.TailShape, random);
        }

        return before.Scheme.Rank(histories.Ids, money, [.. money.Select(amount => amount > 0)]);
    }

    private static int Purchases(PurchaseHistory history, Random random)
    {
        double left = random.NextDouble();
        int purchases = 0;
        while (purchases < 400 && (left -= _buying.ProbabilityOfPurchases(history, purchases, _year)) > 0)
        {
            purchases++;
        }

        return purchases;
    }

    private static double Gamma(double shape, Random random) => MathNet.Numerics.Distributions.Gamma.Sample(random, shape, 1);
}
