using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent slow oracle: the errors of lifetime values against differences of <see cref="CustomerValues"/> at moved parameters.
/// Simulation: the variance of a base's value against simulated futures. Arbitrary-precision oracle: the errors of expected spend.
/// </summary>
public sealed class CustomerValueEstimatesTests
{
    private static readonly DiscountRate _discount = DiscountRate.PerYear(0.10);

    public static TheoryData<string, bool, double> Cases => new()
    {
        { "mbg-nbd", false, double.PositiveInfinity },
        { "mbg-nbd", true, double.PositiveInfinity },
        { "bg-nbd", true, 60 },
        { "pareto-nbd", false, 60 },
        { "pareto-nbd", true, double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_SmallBase_HasTheErrorsOfMovedParameters(string model, bool withCosts, double weeks)
    {
        var (buying, spend) = Fits(model);
        ClvTerms terms = Terms(withCosts, weeks);

        var estimates = CustomerValueEstimates.Of(Golden.Base, PurchaseEstimates.Of(buying), SpendEstimates.Of(spend), terms);

        var values = CustomerValues.Of(Golden.Base, buying.Model!, spend.Model!, terms);
        Assert.Equal(values.Clv.ToArray(), estimates.Values.Clv.ToArray());
        Assert.Equal(values.Total, estimates.Total.Value);
        Assert.Equal(withCosts ? EstimateScale.Natural : EstimateScale.Log, estimates.Clv.Scale);
        double[][] slopes = Slopes(buying.Model!, spend.Model!, terms);
        for (int row = 0; row < values.Count; row += 7)
        {
            double error = Error(slopes, buying, spend, slope => slope[row]) / (withCosts ? 1 : values.Clv[row]);
            Near.Relative(error, estimates.Clv[row].StandardError, 1e-4, $"error of row {row}");
        }

        double ofTotal = Error(slopes, buying, spend, slope => slope.Sum()) / (withCosts ? 1 : values.Total);
        Near.Relative(ofTotal, estimates.Total.Estimate.StandardError, 1e-4, "error of the total");
        IntervalBounds outcome = estimates.Total.OutcomeInterval(0.9);
        IntervalBounds estimate = estimates.Total.EstimateInterval(0.9);
        Assert.True(outcome.Low < estimate.Low && estimate.High < outcome.High, $"{outcome} does not hold {estimate}");
    }

    [Theory]
    [InlineData("mbg-nbd", false)]
    [InlineData("mbg-nbd", true)]
    [InlineData("pareto-nbd", true)]
    public void Total_SmallBase_HasTheVarianceOfSimulatedFutures(string model, bool withCosts)
    {
        // A handful of customers whose futures are simulated many times, at parameters that are as good as known.
        PurchaseHistories few = PurchaseHistories.FromColumns(
            new() { Frequency = [0, 2, 7], Recency = [0, 20, 30], Age = [30, 36, 31], MeanSpend = [0, 25, 18] }, new() { Unit = TimeUnit.Week });
        var (buying, spend) = Fits(model);
        var estimates = CustomerValueEstimates.Of(
            few, PurchaseEstimates.Of(buying.Model!, Tiny(4)), SpendEstimates.Of(spend.Model!, Tiny(3)), Terms(withCosts, 40));

        double variance = 0;
        double mean = 0;
        foreach (CustomerId customer in few.Ids)
        {
            SimulatedOutcome outcome = estimates.OutcomeOf(customer, seed: 5, draws: 200_000);
            mean += outcome.Mean;
            variance += Variance(outcome);
        }

        Near.Relative(estimates.Total.Value, mean, 0.02, "mean");
        Near.Relative(estimates.Total.Variance!.Value, variance, 0.05, "variance");
    }

    [Fact]
    public void OutcomeOf_SameSeed_IsTheSameAndLeavesRoomForNothing()
    {
        var (buying, spend) = Fits("mbg-nbd");
        var estimates = CustomerValueEstimates.Of(Golden.Base, PurchaseEstimates.Of(buying), SpendEstimates.Of(spend), Terms(false, double.PositiveInfinity));
        CustomerId customer = Golden.Base.Ids[0];

        SimulatedOutcome first = estimates.OutcomeOf(customer, 3, 2_000);

        Assert.Equal(first.OutcomeInterval(0.8), estimates.OutcomeOf(customer, 3, 2_000).OutcomeInterval(0.8));
        Assert.NotEqual(first.Mean, estimates.OutcomeOf(customer, 4, 2_000).Mean);
        double dead = 1 - buying.Model!.ProbabilityAlive(Golden.Base[0]);
        Assert.InRange(first.CumulativeProbability(0), dead - 0.06, 1);
        Assert.Throws<ArgumentOutOfRangeException>("draws", () => estimates.OutcomeOf(customer, 1, 99));
        Assert.Throws<KeyNotFoundException>(() => estimates.OutcomeOf(CustomerId.Of("nobody")));
    }

    [Fact]
    public void Total_SpendWithoutVariance_HasNoOutcomeIntervalAndSaysWhy()
    {
        var buying = Fits("mbg-nbd").Buying;
        var spend = SpendEstimates.Of(new GammaGamma(5, 1.5, 10), Tiny(3));

        var total = CustomerValueEstimates.Of(Golden.Base, PurchaseEstimates.Of(buying), spend, Terms(false, 52)).Total;

        Assert.Null(total.Variance);
        Assert.Contains("q = 1.5", total.WhyNoOutcome, StringComparison.Ordinal);
        Assert.Equal(total.WhyNoOutcome, Assert.Throws<UndefinedValueException>(() => total.OutcomeInterval(0.9)).Message);
        Assert.True(total.EstimateInterval(0.9).Contains(total.Value));
    }

    [Fact]
    public void ExpectedSpend_SmallBase_HasTheErrorsOfTheOracle()
    {
        var estimates = SpendEstimates.Of(GammaGamma.Fit(Golden.Base));
        Assert.All(Golden.Fits.Part("gamma-gamma").Entries("rows"), golden =>
        {
            PurchaseHistory history = Golden.Base[golden.Whole("row") - 1];
            Estimate spend = estimates.ExpectedSpend(history);
            Near.Relative(golden.Number("expected_spend"), spend.Value, 1e-9);
            Near.Relative(golden.Number("log_expected_spend_se"), spend.StandardError, 1e-8);
            Near.Relative(golden.Number("log_likelihood"), estimates.Model.LogLikelihood(history), 1e-9);
        });
    }

    // p is learnt from mean spends only, to 15 % here, and its error is shared by all customers of a base: hence several bases, and a
    // bound that is that error's and not that of counting.
    [Fact]
    public void OutcomeInterval_NextOccasion_IsHeldAboutAsOftenAsItSays()
    {
        var truth = new GammaGamma(6, 4, 18);
        var buying = new MbgNbd(2, 8, 0.3, 3, TimeUnit.Week);
        const int asked = 400;
        double held = 0;
        ulong[] seeds = [17, 18, 19, 20, 21];
        foreach (ulong seed in seeds)
        {
            PurchaseHistories histories = Simulated.Base(buying, 3_000, Horizon.Weeks(52), seed, truth);
            var estimates = SpendEstimates.Of(GammaGamma.Fit(histories));
            for (int row = 0; row < asked; row++)
            {
                double next = truth.SimulateSpend(histories.Frequency[row] + 1, seed, (ulong)row)[^1];
                held += estimates.OutcomeInterval(histories[row], 0.9).Contains(next) ? 1 : 0;
            }
        }

        Assert.InRange(held / (asked * seeds.Length), 0.86, 0.94);
    }

    private static (FitResult<IPurchaseModel> Buying, FitResult<GammaGamma> Spend) Fits(string model) =>
        (PurchaseModels.Fit(model, Golden.Base), GammaGamma.Fit(Golden.Base));

    private static ClvTerms Terms(bool withCosts, double weeks) => new()
    {
        Margin = 0.4,
        Discount = _discount,
        Horizon = double.IsFinite(weeks) ? Horizon.Weeks(weeks) : Horizon.Unlimited,
        CostToSell = withCosts ? Money.Of(1.5m, Currency.None) : null,
        CostToServe = withCosts ? Money.Of(4m, Currency.None) : null,
    };

    private static ParameterCovariance Tiny(int parameters) => ParameterCovariance.OfRows(
        [.. Enumerable.Range(0, parameters).Select(i => Enumerable.Range(0, parameters).Select(j => i == j ? 1e-12 : 0).ToArray())], parameters)!;

    private static double Variance(SimulatedOutcome outcome)
    {
        // The quantiles of the draws are the draws.
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < outcome.Draws; i += 10)
        {
            double level = Math.Abs(1 - (2 * (i + 0.5) / outcome.Draws));
            IntervalBounds ends = outcome.OutcomeInterval(Math.Clamp(level, 1e-6, 1 - 1e-6));
            double draw = i + 0.5 < outcome.Draws / 2.0 ? ends.Low : ends.High;
            sum += draw;
            squares += draw * draw;
        }

        double n = outcome.Draws / 10.0;
        return (squares / n) - (sum / n * (sum / n));
    }

    // Columns of ∂CLV / ∂ ln(parameter), those of the purchase model first.
    private static double[][] Slopes(IPurchaseModel buying, GammaGamma spend, ClvTerms terms)
    {
        const double step = 1e-4;
        double[] At(int moved, double by)
        {
            var ofBuying = buying.Parameters.Select((p, i) => KeyValuePair.Create(p.Key, p.Value * (i == moved ? Math.Exp(by) : 1))).ToDictionary();
            double[] ofSpend = [.. spend.Parameters.Select((p, i) => p.Value * (i + 4 == moved ? Math.Exp(by) : 1))];
            return CustomerValues.Of(
                Golden.Base, PurchaseModels.Create(buying.Name, ofBuying, TimeUnit.Week), new GammaGamma(ofSpend[0], ofSpend[1], ofSpend[2]), terms).Clv.ToArray();
        }

        return [.. Enumerable.Range(0, 7).Select(i => At(i, step).Zip(At(i, -step), (up, down) => (up - down) / (2 * step)).ToArray())];
    }

    private static double Error(
        double[][] slopes, FitResult<IPurchaseModel> buying, FitResult<GammaGamma> spend, Func<double[], double> of)
    {
        double[] slope = Array.ConvertAll(slopes, column => of(column));
        double variance = 0;
        for (int i = 0; i < 7; i++)
        {
            for (int j = 0; j < 7; j++)
            {
                variance += (i < 4) != (j < 4) ? 0
                    : slope[i] * slope[j] * (i < 4 ? buying.Statistics!.Covariance![i, j] : spend.Statistics!.Covariance![i - 4, j - 4]);
            }
        }

        return Math.Sqrt(variance);
    }
}
