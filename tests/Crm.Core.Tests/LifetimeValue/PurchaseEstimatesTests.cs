using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Estimates of purchases: properties (all doors to the bit, intervals that hold their value and widen, order of no account), a slow
/// oracle for the variance of a total.
/// </summary>
public sealed class PurchaseEstimatesTests
{
    private static readonly Horizon _ahead = Horizon.Weeks(39);
    private static readonly DiscountRate _discount = DiscountRate.Continuous(0.002, TimeUnit.Week);

    // In whole weeks, so that many histories are equal.
    private static readonly PurchaseHistories _base = InWholeWeeks(
        Simulated.Base(new MbgNbd(0.6, 5, 0.9, 2, TimeUnit.Week), 600, Horizon.Weeks(60), 8, new GammaGamma(5, 3, 20)));

    internal static PurchaseHistories Base => _base;

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryDoor_SameHistory_HasTheSameBits(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        EstimateColumn alive = estimates.ProbabilityAlive(_base);
        EstimateColumn purchases = estimates.ExpectedPurchases(_base, _ahead);
        EstimateColumn forever = estimates.DiscountedPurchases(_base, _discount, Horizon.Unlimited);
        EstimateColumn discounted = estimates.DiscountedPurchases(_base, _discount, _ahead);
        Assert.True(_base.Distinct.Count < _base.Count);
        for (int row = 0; row < _base.Count; row++)
        {
            PurchaseHistory history = _base[row];
            if (estimates.ProbabilityAlive(history) is { } known)
            {
                Assert.Equal(known, alive[row]);
            }
            else
            {
                Assert.Equal((1.0, 0.0), (alive[row].Value, alive[row].StandardError));
            }

            Assert.Equal(estimates.ExpectedPurchases(history, _ahead), purchases[row]);
            Assert.Equal(estimates.DiscountedPurchases(history, _discount, Horizon.Unlimited), forever[row]);
            Assert.Equal(estimates.DiscountedPurchases(history, _discount, _ahead), discounted[row]);
        }

        Assert.All(Enumerable.Range(0, _base.Count), row =>
        {
            Assert.Equal((purchases.Values[row], purchases.StandardErrors[row]), (purchases[row].Value, purchases[row].StandardError));
            Assert.True(purchases[row].StandardError > 0);
        });
        Assert.Equal((EstimateScale.Logit, EstimateScale.Log, EstimateScale.Log), (alive.Scale, purchases.Scale, forever.Scale));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Values_AreThoseOfTheModelToTheBit(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        IPurchaseModel buying = estimates.Model;
        double[] expected = new double[_base.Count];
        buying.ProbabilityAlive(_base, expected);
        Assert.Equal(expected, estimates.ProbabilityAlive(_base).Values.ToArray());
        buying.ExpectedPurchases(_base, _ahead, expected);
        Assert.Equal(expected, estimates.ExpectedPurchases(_base, _ahead).Values.ToArray());
        buying.DiscountedPurchases(_base, _discount, Horizon.Unlimited, expected);
        Assert.Equal(expected, estimates.DiscountedPurchases(_base, _discount, Horizon.Unlimited).Values.ToArray());
        Assert.Equal(buying.ExpectedPurchases(_ahead), estimates.ExpectedPurchases(_ahead).Value);
        Assert.Equal(buying.DiscountedPurchases(_discount, Horizon.Unlimited), estimates.DiscountedPurchases(_discount, Horizon.Unlimited).Value);
        PurchaseHistory history = _base[7];
        Assert.Equal(buying.DiscountedLifetime(history, _discount, _ahead), estimates.DiscountedLifetime(history, _discount, _ahead).Value);
        Assert.Equal(buying.DiscountedPurchases(history, _discount, _ahead), estimates.DiscountedPurchases(history, _discount, _ahead).Value);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_ModelAndCovariance_IsThatOfTheFit(string model)
    {
        var fit = PurchaseModels.Fit(model, _base);

        EstimateColumn ofFit = PurchaseEstimates.Of(fit).ExpectedPurchases(_base, _ahead);
        EstimateColumn ofBoth = PurchaseEstimates.Of(fit.Model!, fit.Statistics!.Covariance!).ExpectedPurchases(_base, _ahead);

        Assert.Equal(ofFit.Values.ToArray(), ofBoth.Values.ToArray());
        Assert.Equal(ofFit.StandardErrors.ToArray(), ofBoth.StandardErrors.ToArray());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EstimateInterval_AnyLevel_HoldsTheValueAndWidens(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        TotalForecast total = estimates.TotalPurchases(_base, _ahead);
        foreach (PurchaseHistory history in new[] { _base[0], _base[7], _base[300], _base[599] })
        {
            AssertWidens(level => estimates.ExpectedPurchases(history, _ahead).EstimateInterval(level), estimates.ExpectedPurchases(history, _ahead).Value, double.PositiveInfinity);
            if (estimates.ProbabilityAlive(history) is { } alive)
            {
                AssertWidens(alive.EstimateInterval, alive.Value, 1);
            }
        }

        AssertWidens(total.EstimateInterval, total.Value, double.PositiveInfinity);
        AssertWidens(total.OutcomeInterval, total.Value, double.PositiveInfinity);
        foreach (double level in new[] { 0.1, 0.5, 0.9, 0.999 })
        {
            Assert.True(total.OutcomeInterval(level).Low < total.EstimateInterval(level).Low);
            Assert.True(total.OutcomeInterval(level).High > total.EstimateInterval(level).High);
        }
    }

    [Fact]
    public void EstimateInterval_OfALogOrLogit_IsTheNormalOneMovedOnItsScale()
    {
        const double z95 = 1.959963984540054;
        IntervalBounds log = new Estimate(3, 0.2, EstimateScale.Log).EstimateInterval(0.95);
        Near.Relative(3 * Math.Exp(-0.2 * z95), log.Low, 1e-12);
        Near.Relative(3 * Math.Exp(0.2 * z95), log.High, 1e-12);
        IntervalBounds logit = new Estimate(0.8, 0.5, EstimateScale.Logit).EstimateInterval(0.95);
        Near.Relative(1 / (1 + (0.25 * Math.Exp(0.5 * z95))), logit.Low, 1e-12);
        Near.Relative(1 / (1 + (0.25 * Math.Exp(-0.5 * z95))), logit.High, 1e-12);
        IntervalBounds natural = new Estimate(-2, 0.5, EstimateScale.Natural).EstimateInterval(0.95);
        Near.Relative(-2 - (0.5 * z95), natural.Low, 1e-12);
        Near.Relative(-2 + (0.5 * z95), natural.High, 1e-12);
    }

    [Fact]
    public void ProbabilityAlive_OneByConstruction_HasNoEstimate()
    {
        PurchaseEstimates OfModel(PurchaseModel model) => PurchaseEstimates.Of(model, Covariances.Diagonal(4, 0.04));
        var none = PurchaseHistory.Of(0, 0, 30, TimeUnit.Week);
        var lastDay = PurchaseHistory.Of(3, 30, 30, TimeUnit.Week);

        Assert.Null(OfModel(new BgNbd(0.5, 6, 0.9, 1.6, TimeUnit.Week)).ProbabilityAlive(none));
        Assert.NotNull(OfModel(new BgNbd(0.5, 6, 0.9, 1.6, TimeUnit.Week)).ProbabilityAlive(lastDay));
        Assert.NotNull(OfModel(new MbgNbd(0.5, 6, 0.9, 1.6, TimeUnit.Week)).ProbabilityAlive(none));
        Assert.NotNull(OfModel(new ParetoNbd(0.5, 10, 0.6, 12, TimeUnit.Week)).ProbabilityAlive(none));
        Assert.Null(OfModel(new ParetoNbd(0.5, 10, 0.6, 12, TimeUnit.Week)).ProbabilityAlive(lastDay));
        Assert.Null(OfModel(new ParetoNbd(0.5, 10, 0.6, 12, TimeUnit.Week)).ProbabilityAlive(PurchaseHistory.Of(0, 0, 0, TimeUnit.Week)));
    }

    [Fact]
    public void EstimateInterval_OfAColumn_IsThatOfEachRow()
    {
        EstimateColumn column = EstimatesOf("mbg-nbd").ProbabilityAlive(_base);
        double[] low = new double[column.Count];
        double[] high = new double[column.Count];

        column.EstimateInterval(0.8, low, high);

        Assert.All(Enumerable.Range(0, column.Count), row =>
        {
            IntervalBounds expected = column[row].EstimateInterval(0.8);
            Assert.Equal((expected.Low, expected.High), (low[row], high[row]));
        });
        Assert.Throws<ArgumentException>("low", () => column.EstimateInterval(0.8, low.AsSpan(1), high));
        Assert.Throws<ArgumentException>("high", () => column.EstimateInterval(0.8, low, new double[column.Count + 1]));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => column[-1]);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => column[column.Count]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Purchases_NoTime_AreZeroForSure(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        var now = Horizon.Weeks(0);

        Assert.Equal(new Estimate(0, 0, EstimateScale.Log), estimates.ExpectedPurchases(now));
        Assert.Equal(new Estimate(0, 0, EstimateScale.Log), estimates.ExpectedPurchases(_base[7], now));
        Assert.All(Enumerable.Range(0, 20), row => Assert.Equal(new Estimate(0, 0, EstimateScale.Log), estimates.ExpectedPurchases(_base, now)[row]));
        Assert.Equal(new IntervalBounds(0, 0, 0.9), estimates.ExpectedPurchases(now).EstimateInterval(0.9));
        TotalForecast total = estimates.TotalPurchases(_base, now);
        Assert.Equal((0.0, 0.0, (double?)0), (total.Value, total.Estimate.StandardError, total.Variance));
        Assert.Equal(new IntervalBounds(0, 0, 0.9), total.OutcomeInterval(0.9));
        Assert.Equal(1, estimates.OutcomeOfPurchases(_base[7], now).Probability(0), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void SharedRows_AreTheRowsRepeated(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        int[] repeated = [.. Enumerable.Range(0, 50).SelectMany(row => Enumerable.Repeat(row, 1 + (row % 4)))];
        PurchaseHistories shared = Rows([.. Enumerable.Range(0, 50)], [.. Enumerable.Range(0, 50).Select(row => 1 + (row % 4))]);
        PurchaseHistories alone = Rows(repeated);

        EstimateColumn one = estimates.ExpectedPurchases(shared, _ahead);
        EstimateColumn each = estimates.ExpectedPurchases(alone, _ahead);
        Assert.All(repeated.Index(), pair => Assert.Equal(one[pair.Item], each[pair.Index]));
        AssertSame(estimates.TotalPurchases(alone, _ahead), estimates.TotalPurchases(shared, _ahead));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TotalPurchases_SmallBase_IsTheSumAndItsVarianceThatOfTheCounts(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        PurchaseHistories few = Rows([0, 7, 20, 100, 200, 300, 400, 599], [1, 2, 1, 5, 1, 1, 3, 1]);
        var t = Horizon.Weeks(20);
        double sum = 0;
        double variance = 0;
        for (int row = 0; row < few.Count; row++)
        {
            double mean = 0;
            double square = 0;
            double left = 1;
            for (int n = 0; n < 2000 && (n < 30 || left * n * n > 1e-12); n++)
            {
                double probability = estimates.Model.ProbabilityOfPurchases(few[row], n, t);
                mean += n * probability;
                square += (double)n * n * probability;
                left -= probability;
            }

            sum += few.Customers[row] * mean;
            variance += few.Customers[row] * (square - (mean * mean));
        }

        TotalForecast total = estimates.TotalPurchases(few, t);

        Near.Relative(sum, total.Value, 1e-6, "total");
        Near.Relative(variance, total.Variance!.Value, 1e-6, "variance");
        double error = total.Value * total.Estimate.StandardError;
        Near.Relative(Math.Sqrt(variance + (error * error)), total.OutcomeDeviation!.Value, 1e-6, "deviation");
        Assert.Null(total.WhyNoOutcome);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TotalPurchases_WholeBase_IsTheSumOverRows(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        Near.Relative(
            estimates.ExpectedPurchases(_base, _ahead).Values.ToArray().Sum(), estimates.TotalPurchases(_base, _ahead).Value, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Totals_RowsInAnotherOrder_HaveTheSameBits(string model)
    {
        PurchaseEstimates estimates = EstimatesOf(model);
        PurchaseHistories shuffled = Rows([.. Enumerable.Range(0, _base.Count).OrderBy(row => row * 7919L % 601)]);
        Assert.NotEqual(_base.Frequency.ToArray(), shuffled.Frequency.ToArray());

        AssertSame(estimates.TotalPurchases(_base, _ahead), estimates.TotalPurchases(shuffled, _ahead));
        var spend = SpendEstimates.Of(new GammaGamma(5, 3, 20), Covariances.Diagonal(3, 0.01));
        foreach (ClvTerms terms in new[]
        {
            new ClvTerms { Discount = _discount, Margin = 0.3 },
            new ClvTerms { Discount = _discount, Margin = 0.3, Horizon = _ahead, CostToSell = Money.Of(1.1m, Currency.None), CostToServe = Money.Of(7, Currency.None) },
        })
        {
            AssertSame(
                CustomerValueEstimates.Of(_base, estimates, spend, terms).Total, CustomerValueEstimates.Of(shuffled, estimates, spend, terms).Total);
        }
    }

    private static void AssertSame(TotalForecast expected, TotalForecast actual)
    {
        Assert.Equal(expected.Value, actual.Value);
        Assert.Equal(expected.Estimate.StandardError, actual.Estimate.StandardError);
        Assert.NotNull(expected.Variance);
        Assert.Equal(expected.Variance, actual.Variance);
        Assert.Equal(expected.OutcomeInterval(0.9), actual.OutcomeInterval(0.9));
    }

    private static void AssertWidens(Func<double, IntervalBounds> interval, double value, double below)
    {
        IntervalBounds inner = new(value, value, 0);
        foreach (double level in new[] { 1e-6, 0.1, 0.5, 0.9, 0.95, 0.999999 })
        {
            IntervalBounds outer = interval(level);
            Assert.Equal(level, outer.Level);
            Assert.True(outer.Low < inner.Low && outer.High > inner.High, $"{outer} within {inner}");
            Assert.True(outer.Contains(value) && outer.Contains(outer.Low) && outer.Contains(outer.High));
            Assert.True(outer.Low > 0 && outer.High < below, $"{outer}");
            inner = outer;
        }
    }

    internal static PurchaseEstimates EstimatesOf(string model) => PurchaseEstimates.Of(PurchaseModels.Fit(model, _base));

    private static PurchaseHistories InWholeWeeks(PurchaseHistories histories) => PurchaseHistories.FromColumns(
        new()
        {
            Frequency = histories.Frequency.ToArray(),
            Recency = [.. histories.Recency.ToArray().Select(Math.Ceiling)],
            Age = [.. histories.Age.ToArray().Select(Math.Ceiling)],
            MeanSpend = histories.MeanSpend.ToArray(),
        },
        new() { Unit = histories.Unit });

    private static PurchaseHistories Rows(int[] rows, int[]? customers = null) => PurchaseHistories.FromColumns(
        new()
        {
            Frequency = [.. rows.Select(row => _base.Frequency[row])],
            Recency = [.. rows.Select(row => _base.Recency[row])],
            Age = [.. rows.Select(row => _base.Age[row])],
            MeanSpend = [.. rows.Select(row => _base.MeanSpend[row])],
            Customers = customers,
        },
        new() { Unit = _base.Unit });
}
