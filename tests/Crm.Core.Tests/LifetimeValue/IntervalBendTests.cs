using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Intervals of customers without repeat purchases, which follow the likelihood further than its curvature at the maximum.</summary>
public sealed class IntervalBendTests
{
    private const double Level = 0.90;
    private const double Quantile = 1.6448536269514722;

    private static readonly MbgNbd _truth = new(0.525, 6.18, 0.891, 1.614, TimeUnit.Week);
    private static readonly Horizon _ahead = Horizon.Weeks(39);

    // Independent slow oracle: P(alive) is held fixed, the likelihood is climbed in what is left, and the end is where twice its loss is q².
    [Fact]
    public void ProbabilityAlive_EndsThatMoved_AreNearerToThoseOfTheProfile()
    {
        double moved = 0;
        double unmoved = 0;
        for (ulong seed = 11; seed < 17; seed++)
        {
            PurchaseHistories histories = Simulated.Base(_truth, 1_000, Horizon.Weeks(39), seed);
            var fit = MbgNbd.Fit(histories);
            Estimate estimate = PurchaseEstimates.Of(fit).ProbabilityAlive(Without(39))!.Value;
            double middle = Logit(estimate.Value);
            double profile = ProfileEnd(histories, fit, middle, estimate.StandardError, up: estimate.Bend > 0);
            var (low, high, _) = estimate.EstimateInterval(Level);
            moved += Math.Pow((Logit(estimate.Bend > 0 ? high : low) - profile) / estimate.StandardError, 2);
            unmoved += Math.Pow((middle + (Math.Sign(estimate.Bend) * Quantile * estimate.StandardError) - profile) / estimate.StandardError, 2);
        }

        Assert.InRange(Math.Sqrt(moved / 6), 0, 0.6 * Math.Sqrt(unmoved / 6));
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(3, 2)]
    [InlineData(100, 3)]
    public void Bend_AlongTheStep_IsTheFormulaByDifferences(double age, ulong seed)
    {
        const string name = "mbg-nbd";
        PurchaseHistories histories = Simulated.Base(_truth, 900, Horizon.Weeks(39), seed);
        var fit = PurchaseModels.Fit(name, histories);
        var estimates = PurchaseEstimates.Of(fit);
        double[] at = [.. fit.Model!.Parameters.Select(p => Math.Log(p.Value))];
        IPurchaseModel Moved(double[] step, double by) => PurchaseModels.Create(
            name, fit.Model.Parameters.Select((p, i) => KeyValuePair.Create(p.Key, Math.Exp(at[i] + (by * step[i])))).ToDictionary(), TimeUnit.Week);
        double Answer(IPurchaseModel model) => Math.Log(model.ExpectedPurchases(Without(age), _ahead));

        // Slopes, step, third derivative and curvature all from plain differences of public answers.
        double[] slopes = [.. at.Select((_, i) => (Answer(Moved(Unit(i), 1e-5)) - Answer(Moved(Unit(i), -1e-5))) / 2e-5)];
        Estimate estimate = estimates.ExpectedPurchases(Without(age), _ahead);
        double[] step = [.. at.Select((_, i) => Enumerable.Range(0, 4).Sum(j => estimates.Covariance[i, j] * slopes[j]) / estimate.StandardError)];
        double Likelihood(double by) => Moved(step, by).LogLikelihood(histories);
        const double h = 0.05;
        double third = (Likelihood(2 * h) - (2 * Likelihood(h)) + (2 * Likelihood(-h)) - Likelihood(-2 * h)) / (2 * h * h * h);
        double curvature = (Answer(Moved(step, h)) - (2 * Answer(Moved(step, 0))) + Answer(Moved(step, -h))) / (h * h);
        double expected = (estimate.StandardError * third / 6) + (curvature / 2);
        Assert.Equal(expected, estimate.Bend, 0.03 * estimate.StandardError);
        Assert.Equal(expected, estimate.Bend, 0.2 * Math.Abs(expected));
    }

    // A coarse picture of the data is what is differentiated where there are many.
    [Fact]
    public void ThirdDerivatives_OfManyHistories_AreThoseOfAll()
    {
        PurchaseHistories histories = Simulated.Base(_truth, 4_000, Horizon.Weeks(39), 5);
        Assert.True(histories.Distinct.Count > MaximumLikelihood.LeastToCoarsen);
        var fit = MbgNbd.Fit(histories);
        double[] at = [.. fit.Model!.Parameters.Select(p => Math.Log(p.Value))];
        double[] all = ThirdDerivatives.Of(new BetaGeometricLikelihood(histories.Distinct, 1, default), at)!;

        // In the directions of one standard error of each parameter, where a sixth of it is what an end moves by, in standard errors.
        ParameterCovariance covariance = fit.Statistics!.Covariance!;
        for (int i = 0; i < 4; i++)
        {
            var step = new double[4];
            covariance.StepAlong(Unit(i), step);
            Assert.Equal(ThirdDerivatives.Along(all, step) / 6, covariance.ThirdAlong(step) / 6, 0.025);
        }
    }

    [Fact]
    public void Columns_AnyTimes_AreTheAnswersOneByOne()
    {
        PurchaseHistories histories = Simulated.Base(_truth, 3_000, Horizon.Weeks(39), 8);
        var estimates = PurchaseEstimates.Of(MbgNbd.Fit(histories));
        foreach (PurchaseHistories asked in (PurchaseHistories[])[histories, Ages(0, 0.01, 1, 10, 300, 5_000), Ages([.. Enumerable.Range(0, 400).Select(i => i * i / 100.0)]), Ages([.. Enumerable.Range(0, 50).Select(i => 7 + (i * 1e-13))])])
        {
            EstimateColumn purchases = estimates.ExpectedPurchases(asked, _ahead);
            EstimateColumn alive = estimates.ProbabilityAlive(asked);
            EstimateColumn discounted = estimates.DiscountedPurchases(asked, DiscountRate.PerYear(0.1), Horizon.Unlimited);
            for (int row = 0; row < asked.Count; row += 1 + (asked.Count / 200))
            {
                IsSame(estimates.ExpectedPurchases(asked[row], _ahead), purchases[row]);
                IsSame(estimates.ProbabilityAlive(asked[row])!.Value, alive[row]);
                IsSame(estimates.DiscountedPurchases(asked[row], DiscountRate.PerYear(0.1), Horizon.Unlimited), discounted[row]);
                Assert.Equal(purchases[row].Bend, purchases.Bends[row]);
            }
        }
    }

    [Fact]
    public void Interval_WithABend_HoldsThatOfTheErrorAlone()
    {
        PurchaseHistories histories = Simulated.Base(_truth, 1_000, Horizon.Weeks(39), 8);
        EstimateColumn column = PurchaseEstimates.Of(MbgNbd.Fit(histories)).ExpectedPurchases(histories, _ahead);
        var (low, high) = (new double[column.Count], new double[column.Count]);
        column.EstimateInterval(Level, low, high);
        for (int row = 0; row < column.Count; row++)
        {
            Estimate estimate = column[row];
            double further = Math.Sign(estimate.Bend) * Math.Min(Quantile * Quantile * Math.Abs(estimate.Bend), Quantile * estimate.StandardError / 2);
            Assert.Equal(Math.Log(estimate.Value) - (Quantile * estimate.StandardError) + Math.Min(0, further), Math.Log(low[row]), 1e-9);
            Assert.Equal(Math.Log(estimate.Value) + (Quantile * estimate.StandardError) + Math.Max(0, further), Math.Log(high[row]), 1e-9);
            Assert.Equal((low[row], high[row]), (estimate.EstimateInterval(Level).Low, estimate.EstimateInterval(Level).High));
            Assert.True(histories.Frequency[row] == 0 || estimate.Bend == 0);
            Assert.InRange(estimate.Bend, -0.3 * estimate.StandardError, 0.3 * estimate.StandardError);
        }
    }

    // By differences of public answers: of the step of one standard error of a value, the part in the parameters of the purchase model.
    [Fact]
    public void Clv_WithoutRepeats_IsTheFormulaByDifferences()
    {
        var spend = new GammaGamma(6.25, 3.74, 15.44, Currency.None);
        PurchaseHistories histories = Simulated.Base(_truth, 900, Horizon.Weeks(39), 8, spend);
        var fit = MbgNbd.Fit(histories);
        var buying = PurchaseEstimates.Of(fit);
        var spending = SpendEstimates.Of(GammaGamma.Fit(histories));
        var terms = new ClvTerms { Margin = 0.3, Discount = DiscountRate.PerYear(0.1) };
        EstimateColumn clv = CustomerValueEstimates.Of(histories, buying, spending, terms).Clv;
        int row = Enumerable.Range(0, histories.Count).First(i => histories.Frequency[i] == 0);
        double[] at = [.. fit.Model!.Parameters.Select(p => Math.Log(p.Value))];
        MbgNbd Moved(double[] step, double by)
        {
            double[] moved = [.. at.Select((log, i) => Math.Exp(log + (by * step[i])))];
            return new(moved[0], moved[1], moved[2], moved[3], TimeUnit.Week);
        }

        double Answer(MbgNbd model) => Math.Log(CustomerValues.Of(histories, model, spending.Model, terms).Clv[row]);
        double[] slopes = [.. at.Select((_, i) => (Answer(Moved(Unit(i), 1e-4)) - Answer(Moved(Unit(i), -1e-4))) / 2e-4)];
        double error = clv[row].StandardError;
        double[] step = [.. at.Select((_, i) => Enumerable.Range(0, 4).Sum(j => buying.Covariance[i, j] * slopes[j]) / error)];
        double Likelihood(double by) => Moved(step, by).LogLikelihood(histories);
        const double h = 0.25;
        double third = (Likelihood(2 * h) - (2 * Likelihood(h)) + (2 * Likelihood(-h)) - Likelihood(-2 * h)) / (2 * h * h * h);
        double curvature = (Answer(Moved(step, h)) - (2 * Answer(Moved(step, 0))) + Answer(Moved(step, -h))) / (h * h);
        double expected = (error * third / 6) + (curvature / 2);
        Assert.InRange(Math.Abs(clv[row].Bend), 0.001 * error, 0.29 * error);
        Assert.Equal(expected, clv[row].Bend, Math.Max(0.1 * Math.Abs(expected), 0.01 * error));
        Assert.All(Enumerable.Range(0, clv.Count), i => Assert.True(histories.Frequency[i] == 0 || clv.Bends[i] == 0));
    }

    [Fact]
    public void OtherModels_AndFitsSavedBefore_HaveNone()
    {
        PurchaseHistories histories = Simulated.Base(_truth, 1_000, Horizon.Weeks(39), 8);
        PurchaseHistories pareto = Simulated.Base(new ParetoNbd(0.553, 10.58, 0.606, 11.67, TimeUnit.Week), 2_000, Horizon.Weeks(39), 8);
        Assert.Equal(0, PurchaseEstimates.Of(ParetoNbd.Fit(pareto)).ExpectedPurchases(Without(39), _ahead).Bend);
        Assert.Equal(0, PurchaseEstimates.Of(BgNbd.Fit(histories)).ExpectedPurchases(Without(39), _ahead).Bend);
        var fit = MbgNbd.Fit(histories);
        FitDocument saved = FitDocument.FromJson(FitDocument.Of(fit, histories).ToJson());
        Estimate fresh = PurchaseEstimates.Of(fit).ExpectedPurchases(Without(39), _ahead);
        Assert.NotEqual(0, fresh.Bend);
        Assert.Equal(fresh, PurchaseEstimates.Of(saved.ToPurchaseModel(), saved.ToCovariance()!).ExpectedPurchases(Without(39), _ahead));
        FitDocument before = saved with { LogThirdDerivatives = null };
        Estimate old = PurchaseEstimates.Of(before.ToPurchaseModel(), before.ToCovariance()!).ExpectedPurchases(Without(39), _ahead);
        Assert.Equal((fresh.Value, fresh.StandardError, 0.0), (old.Value, old.StandardError, old.Bend));
        FitDocument wrong = saved with { LogThirdDerivatives = [1, 2, 3] };
        Assert.Contains("logThirdDerivatives of this saved mbg-nbd are 3 numbers; of 4 parameters there are 20", Assert.Throws<FormatException>(() => wrong.ToCovariance()).Message, StringComparison.Ordinal);
    }

    // Near a = 1 what lies ahead without end runs off: the interval reaches up as far as it may, and there is no T at which it does not.
    [Fact]
    public void Unlimited_WithoutDiscountNearTheEdge_ReachesUp()
    {
        PurchaseHistories histories = Simulated.Base(_truth, 1_000, Horizon.Weeks(39), 8);
        ParameterCovariance covariance = MbgNbd.Fit(histories).Statistics!.Covariance!;
        foreach (double a in (double[])[1.0001, 1.01, 1.05, 1.2])
        {
            var estimates = PurchaseEstimates.Of(new MbgNbd(0.525, 6.18, a, 1.614, TimeUnit.Week), covariance);
            EstimateColumn column = estimates.DiscountedPurchases(histories, DiscountRate.Zero, Horizon.Unlimited);
            for (int row = 0; row < column.Count; row++)
            {
                Assert.True(histories.Frequency[row] > 0 || column.Bends[row] == 0.3 * column.StandardErrors[row] || a == 1.2, $"{a} {row} {column[row]}");
                Assert.True(double.IsFinite(column[row].EstimateInterval(0.999_999).High) || column.StandardErrors[row] > 100);
            }
        }
    }

    // However high the level: ends go out with it, and the bend takes none of them further than half again.
    [Fact]
    public void Interval_AnyLevel_GrowsWithIt()
    {
        PurchaseHistories histories = Simulated.Base(_truth, 1_000, Horizon.Weeks(39), 8);
        Estimate estimate = PurchaseEstimates.Of(MbgNbd.Fit(histories)).ProbabilityAlive(Without(39))!.Value;
        IntervalBounds inner = new(estimate.Value, estimate.Value, 0.01);
        foreach (double level in (double[])[0.000_001, 0.1, 0.5, 0.9, 0.99, 0.9999, 0.999_999])
        {
            IntervalBounds outer = estimate.EstimateInterval(level);
            Assert.True(outer.Low <= inner.Low && outer.High >= inner.High && outer.Low > 0 && outer.High < 1, $"{level}: {outer} {inner}");
            inner = outer;
        }
    }

    private static void IsSame(Estimate one, Estimate other)
    {
        Assert.Equal((one.Value, one.StandardError), (other.Value, other.StandardError));
        Assert.Equal(one.Bend, other.Bend);
    }

    private static double Logit(double probability) => Math.Log(probability / (1 - probability));

    private static double[] Unit(int place) => [.. Enumerable.Range(0, 4).Select(i => i == place ? 1.0 : 0.0)];

    private static PurchaseHistory Without(double age) => Ages(age)[0];

    private static PurchaseHistories Ages(params double[] ages) => PurchaseHistories.FromColumns(
        new() { Frequency = new int[ages.Length], Recency = new double[ages.Length], Age = ages }, new() { Unit = TimeUnit.Week });

    private static double ProfileEnd(PurchaseHistories histories, FitResult<MbgNbd> fit, double middle, double error, bool up)
    {
        double top = fit.Model!.LogLikelihood(histories);
        Vector<double> start = Vector<double>.Build.DenseOfEnumerable(fit.Model.Parameters.Where(p => p.Key != "a").Select(p => Math.Log(p.Value)));
        double Loss(double logit)
        {
            // ln(a / b) + r ln(1 + T / α) are the odds of having gone: a is what the others leave.
            double Of(Vector<double> logs)
            {
                var (r, alpha, b) = (Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
                double a = b * Math.Exp(-logit - (r * Math.Log(1 + (39 / alpha))));
                return a is > 1e-4 and < 1e6 && r is > 1e-4 and < 1e4 && alpha is > 1e-4 and < 1e6 && b is > 1e-4 and < 1e6
                    ? -new MbgNbd(r, alpha, a, b, TimeUnit.Week).LogLikelihood(histories) : 1e12;
            }

            var found = NelderMeadSimplex.Minimum(ObjectiveFunction.Value(Of), start, convergenceTolerance: 1e-9, maximumIterations: 5_000);
            return 2 * (top + found.FunctionInfoAtMinimum.Value);
        }

        var (near, far) = (0.5, 4.0);
        for (int i = 0; i < 14; i++)
        {
            double between = (near + far) / 2;
            (near, far) = Loss(middle + ((up ? 1 : -1) * between * error)) < Quantile * Quantile ? (between, far) : (near, between);
        }

        return middle + ((up ? 1 : -1) * near * error);
    }
}
