using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// The intervals of tracked periods. Slow oracle: the variance from the probabilities of 0, 1, 2, … purchases. Simulation: the variance
/// between two ages, and how often the interval holds what customers do. Finite differences: the standard error.
/// </summary>
public sealed class TrackingForecastTests
{
    private const int Days = 140;
    private static readonly LocalDate _first = new(2024, 3, 4);

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_Estimates_ExpectsWhatTheModelDoesToTheBit(string name)
    {
        IPurchaseModel model = ModelOf(name);
        PurchaseTimeline timeline = Timeline([(0, 50), (9, 20), (30, 5)]);
        PurchaseTracking alone = PurchaseTracking.Of(timeline, model);
        PurchaseTracking tracking = PurchaseTracking.Of(timeline, PurchaseEstimates.Of(model, Covariances.Diagonal(4, 0.01)));

        Assert.Equal(alone.ExpectedThrough, tracking.ExpectedThrough);
        Assert.All(alone.Weeks(), week => Assert.Equal((null, null), (week.Forecast, week.ForecastSoFar)));
        foreach (TrackedPeriod period in tracking.Weeks().Concat(tracking.Months()))
        {
            Near.Relative(period.Expected, period.Forecast!.Value, 1e-10, $"{period.FirstDay}");
            Near.Relative(period.ExpectedSoFar, period.ForecastSoFar!.Value, 1e-12, $"{period.FirstDay}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ForecastSoFar_Variance_IsThatOfTheProbabilities(string name)
    {
        IPurchaseModel model = ModelOf(name);
        (int Day, int Customers)[] arrivals = [(0, 50), (9, 20), (30, 5)];
        PurchaseTracking tracking = PurchaseTracking.Of(Timeline(arrivals), PurchaseEstimates.Of(model, Covariances.None(4)));
        foreach (TrackedPeriod week in tracking.Weeks().Where((_, i) => i is 0 or 3 or 19))
        {
            int day = Period.DaysBetween(_first, week.LastDay);
            double variance = arrivals.Where(arrival => arrival.Day < day)
                .Sum(arrival => arrival.Customers * Variance(model, Horizon.Days(day - arrival.Day)));
            Near.Relative(variance, week.ForecastSoFar!.Variance!.Value, 1e-6, $"through day {day}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Forecast_OfALateWeek_HasTheVarianceAndTheIntervalOfDrawnCustomers(string name)
    {
        const int Bases = 500;
        const int Customers = 100;
        IPurchaseModel model = ModelOf(name);
        TrackedPeriod week = PurchaseTracking.Of(Timeline([(0, Customers)]), PurchaseEstimates.Of(model, Covariances.None(4))).Weeks()[12];
        int from = Period.DaysBetween(_first, week.FirstDay) - 1;
        var counts = new double[Bases * Customers];
        for (int row = 0; row < counts.Length; row++)
        {
            counts[row] = model.SimulatePurchases(Horizon.Days(from + 7), 5, (ulong)row).Count(time => time * model.Unit.Days > from);
        }

        double mean = week.Forecast!.Value / Customers;
        double[] squares = [.. counts.Select(count => Math.Pow(count - mean, 2))];
        double error = Math.Sqrt(squares.Sum(square => Math.Pow(square - squares.Average(), 2))) / counts.Length;
        Near.Absolute(week.Forecast.Variance!.Value / Customers, squares.Average(), 4 * error, name);

        IntervalBounds interval = week.Forecast.OutcomeInterval(0.90);
        double held = counts.Chunk(Customers).Count(customers => customers.Sum() >= interval.Low && customers.Sum() <= interval.High) / (double)Bases;
        Assert.InRange(held, 0.85, 0.95);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(40)]
    public void Forecast_OfFewPurchases_HoldsWeeksOfNoneAndAtLeastItsLevel(int customers)
    {
        const int Bases = 2_000;
        IPurchaseModel model = ModelOf("mbg-nbd");
        TrackedPeriod week = PurchaseTracking.Of(Timeline([(0, customers)]), PurchaseEstimates.Of(model, Covariances.None(4))).Weeks()[8];
        int from = Period.DaysBetween(_first, week.FirstDay) - 1;
        IntervalBounds interval = week.Forecast!.OutcomeInterval(0.90);
        double held = Enumerable.Range(0, Bases).Count(@base =>
        {
            int made = Enumerable.Range(0, customers).Sum(row => model.SimulatePurchases(Horizon.Days(from + 7), 8, (ulong)((@base * customers) + row))
                .Count(time => time * model.Unit.Days > from));
            return made >= interval.Low && made <= interval.High;
        }) / (double)Bases;
        Assert.InRange(held, 0.88, 0.995);
        Assert.True(customers > 12 || interval.Low == 0);
    }

    [Fact]
    public void Forecast_StandardError_IsThatOfNumericalSlopes()
    {
        double[] parameters = [0.9, 5, 0.8, 2.1];
        ParameterCovariance covariance = Covariances.OfTriangle([0.1], [0.05, 0.08], [-0.02, 0.03, 0.15], [0.01, 0.02, 0.09, 0.06]);
        PurchaseTimeline timeline = Timeline([(0, 50), (9, 20), (30, 5)]);
        double ExpectedWith(int moved, double by)
        {
            double[] p = [.. parameters.Select((value, i) => i == moved ? value * Math.Exp(by) : value)];
            return PurchaseTracking.Of(timeline, new MbgNbd(p[0], p[1], p[2], p[3], TimeUnit.Week)).Weeks()[10].Expected;
        }

        double[] slopes = [.. Enumerable.Range(0, 4).Select(i => (ExpectedWith(i, 1e-4) - ExpectedWith(i, -1e-4)) / 2e-4)];
        double expected = Math.Sqrt(Enumerable.Range(0, 16).Sum(ij => slopes[ij / 4] * covariance[ij / 4, ij % 4] * slopes[ij % 4]));
        TrackedPeriod week = PurchaseTracking.Of(timeline, PurchaseEstimates.Of(new MbgNbd(0.9, 5, 0.8, 2.1, TimeUnit.Week), covariance)).Weeks()[10];
        Near.Relative(expected, week.Forecast!.Estimate.StandardError * week.Forecast.Value, 1e-6);
    }

    [Fact]
    public void Of_BadArguments_AreRefused()
    {
        PurchaseEstimates estimates = PurchaseEstimates.Of(ModelOf("mbg-nbd"), Covariances.None(4));
        Assert.Throws<ArgumentNullException>("timeline", () => PurchaseTracking.Of(null!, estimates));
        Assert.Throws<ArgumentNullException>("estimates", () => PurchaseTracking.Of(Timeline([(0, 1)]), (PurchaseEstimates)null!));
        Assert.Throws<OperationCanceledException>(() => PurchaseTracking.Of(Timeline([(0, 1)]), estimates, new CancellationToken(canceled: true)));
    }

    private static double Variance(IPurchaseModel model, Horizon horizon)
    {
        double[] chances = [.. Enumerable.Range(0, 200).Select(n => model.ProbabilityOfPurchases(n, horizon))];
        double mean = chances.Select((chance, n) => n * chance).Sum();
        return chances.Select((chance, n) => Math.Pow(n - mean, 2) * chance).Sum();
    }

    private static PurchaseTimeline Timeline((int Day, int Customers)[] arrivals) => PurchaseTimeline.Of(
        Window.Through(_first.PlusDays(Days - 1)), 0, Days - 1, arrivals.ToDictionary(a => a.Day, a => a.Customers), new Dictionary<int, int>(), _first.PlusDays);

    private static IPurchaseModel ModelOf(string name) => name switch
    {
        "mbg-nbd" => new MbgNbd(0.9, 5, 0.8, 2.1, TimeUnit.Week),
        "bg-nbd" => new BgNbd(0.7, 4, 0.8, 2.4, TimeUnit.Week),
        _ => new ParetoNbd(0.6, 10, 0.6, 12, TimeUnit.Week),
    };
}
