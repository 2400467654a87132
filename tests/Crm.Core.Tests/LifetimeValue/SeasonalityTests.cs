using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;
using NodaTime;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Simulation: Poisson purchases over four years with and without a season. Slow oracle: both regressions and the F test by MathNet.
/// Examples: how much data it takes. References: the apparel data, whose season is known, and CDNOW, which is too short.
/// </summary>
public sealed class SeasonalityTests
{
    private const int FourYears = 1461;
    private const int Seeds = 60;
    private static readonly LocalDate _first = new(2021, 3, 14);

    // Hardly anybody drops out, so that the expectation goes on for years.
    private static readonly ParetoNbd _model = new(1.2, 400, 0.4, 900, TimeUnit.Day);

    [Theory]
    [InlineData(15)]
    [InlineData(150)]
    [InlineData(5000)]
    public void Of_PurchasesWithoutASeason_IsHardlyEverAFalseAlarm(int aMonth)
    {
        // 0.1 % of 60 are 0.06: two alarms would come once in 600 runs of the theory.
        Seasonality[] found = [.. Enumerable.Range(1, Seeds).Select(seed => Seasonality.Of(Drawn(aMonth, FourYears, _ => 1, seed)))];
        Assert.InRange(found.Count(season => season.Finding == SeasonalityFinding.Seasonal), 0, 1);
        Assert.DoesNotContain(found, season => season.Finding == SeasonalityFinding.CannotTell);
        Assert.InRange(found.Count(season => season.Probability < 0.5), Seeds * 0.3, Seeds * 0.7);
        Assert.Contains("do not clearly follow the season", found.First(season => season.Finding == SeasonalityFinding.NotSeen).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 0.12)]
    [InlineData(3000, 0.04)]
    public void Of_PurchasesWithASeason_FindsItAndItsFactors(int aMonth, double tolerance)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            Seasonality season = Seasonality.Of(Drawn(aMonth, FourYears, Season, seed));

            Assert.Equal(SeasonalityFinding.Seasonal, season.Finding);
            Assert.InRange(season.Probability!.Value, 0, 1e-6);
            Assert.Equal(12, season.MonthFactors.Count);
            Near.Absolute(1, season.MonthFactors.Average(), 1e-12);
            for (int month = 1; month <= 12; month++)
            {
                Near.Relative(Season(month), season.MonthFactors[month - 1], tolerance, $"month {month}, seed {seed}");
            }
        }
    }

    [Fact]
    public void Of_ASeason_NamesTheHighestAndTheLowestMonth()
    {
        string message = Seasonality.Of(Drawn(3000, FourYears, month => month == 12 ? 1.65 : month == 2 ? 0.35 : 1, 1)).Message;
        Assert.Contains("December is at 16", message, StringComparison.Ordinal);
        Assert.Contains("February at 3", message, StringComparison.Ordinal);
        Assert.Contains("Forecast whole years", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ASmallButCertainSeason_IsNotCalledOne()
    {
        // 4 % between the months, among so many purchases that chance does not make it.
        Seasonality season = Seasonality.Of(Drawn(400_000, FourYears, month => month == 7 ? 1.04 : 1, 1));
        Assert.Equal(SeasonalityFinding.NotSeen, season.Finding);
        Assert.InRange(season.Probability!.Value, 0, 0.001);
        Assert.Contains("hardly follow the season: the months of the year differ by more than chance", season.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ASmoothTrend_IsNoSeason()
    {
        // Falls from twice the expectation to half of it: month by month, not by the calendar.
        int at = 0;
        PurchaseTracking tracking = Drawn(1000, FourYears, _ => Math.Exp(0.7 - (1.4 * at++ / 48.0)), 2);
        Assert.Equal(SeasonalityFinding.NotSeen, Seasonality.Of(tracking).Finding);
    }

    [Theory]
    [InlineData(2022, 1, 1, 730, 24, true)]
    [InlineData(2022, 1, 1, 729, 23, false)]
    [InlineData(2022, 1, 2, 760, 24, true)] // 2 January 2022 through 31 January 2024.
    [InlineData(2022, 1, 2, 759, 23, false)]
    public void Of_SoManyDays_TakesTwentyFourWholeMonths(int year, int month, int day, int days, int whole, bool canTell)
    {
        PurchaseTracking tracking = Drawn(300, days, _ => 1, 1, new(year, month, day));
        Assert.Equal(whole, tracking.Months().Count);
        AssertTells(canTell, whole, Seasonality.Of(tracking));
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(2, false)]
    public void Of_SoFewPurchases_TakesFiveAMonth(int aMonth, bool canTell)
    {
        PurchaseTracking tracking = Drawn(aMonth, FourYears, _ => 1, 1);
        AssertTells(canTell, tracking.Months().Count(month => month.Expected >= 5), Seasonality.Of(tracking));
    }

    [Fact]
    public void Probability_OfATracking_IsThatOfTheFTestByMathNet()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            PurchaseTracking tracking = Drawn(200, FourYears, month => month == 5 ? 1.12 : 1, seed);
            TrackedPeriod[] months = [.. tracking.Months()];
            Seasonality season = Seasonality.Of(tracking);

            var values = Vector<double>.Build.Dense(months.Length, i => Math.Log((months[i].Actual + 0.5) / (months[i].Expected + 0.5)));
            var weights = Vector<double>.Build.Dense(months.Length, i => months[i].Expected);
            var trend = Matrix<double>.Build.Dense(months.Length, 3, (i, power) => Math.Pow(i, power));

            // Dummies, January the one left out: the same model in other terms.
            var dummies = Matrix<double>.Build.Dense(months.Length, 11, (i, m) => months[i].FirstDay.Month == m + 2 ? 1 : 0);
            var (_, without) = Fitted(trend, values, weights);
            var (coefficients, with) = Fitted(trend.Append(dummies), values, weights);
            int free = months.Length - 14;
            double f = (without - with) / 11 / (with / free);
            double[] factors = [1, .. coefficients.Skip(3).Select(Math.Exp)];

            Near.Relative(1 - FisherSnedecor.CDF(11, free, f), season.Probability!.Value, 1e-7);
            for (int month = 0; month < 12; month++)
            {
                Near.Relative(factors[month] / factors.Average(), season.MonthFactors[month], 1e-8);
            }
        }
    }

    [SharedDataFact]
    public void Of_Apparel_FindsTheKnownSeasonHighestInOctober()
    {
        Seasonality season = Seasonality.Of(Tracked("apparel", new(2010, 12, 20)));
        Assert.Equal(SeasonalityFinding.Seasonal, season.Finding);
        Assert.Equal(season.MonthFactors.Max(), season.MonthFactors[9]);
        Assert.Contains("October is at", season.Message, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Of_Cdnow_CannotTellInAYearAndAHalf() =>
        Assert.Equal(SeasonalityFinding.CannotTell, Seasonality.Of(Tracked("cdnow-19970930", new(1998, 6, 30))).Finding);

    [Fact]
    public void Of_Null_IsRefused() => Assert.Throws<ArgumentNullException>("tracking", () => Seasonality.Of(null!));

    // 30 % above and below, highest in November; the mean over the months is 1.
    private static double Season(int month) => 1 + (0.3 * Math.Cos(Math.PI / 6 * (month - 11)));

    private static void AssertTells(bool canTell, int months, Seasonality season)
    {
        Assert.Equal(canTell, season.Finding != SeasonalityFinding.CannotTell);
        Assert.Equal(canTell, season.Probability is not null);
        Assert.Equal(canTell ? 12 : 0, season.MonthFactors.Count);
        Assert.Equal(!canTell, season.Message.Contains($"there are {months}.", StringComparison.Ordinal));
    }

    private static PurchaseTracking Tracked(string customers, LocalDate end)
    {
        HoldoutSample sample = HoldoutSample.From(CustomerBases.Log(customers), CustomerBases.Calibration(customers).HoldingOutThrough(end));
        return PurchaseTracking.Of(sample.Timeline!, MbgNbd.Fit(sample.Histories).OrThrow());
    }

    // Customers who all come within the first days, and purchases around what is expected of them, month by month.
    private static PurchaseTracking Drawn(int aMonth, int days, Func<int, double> factor, int seed, LocalDate? first = null)
    {
        LocalDate start = first ?? _first;
        double each = _model.ExpectedPurchases(Horizon.Days(days)) * 30.4 / days;
        var came = Enumerable.Range(0, 5).ToDictionary(day => day, _ => (int)Math.Ceiling(aMonth / each / 5));
        var expected = PurchaseTracking.Of(TimelineOf(start, days, came, []), _model);
        var again = new Dictionary<int, int>();
        var random = new Random(seed);
        int month = 0;
        double now = 1;
        for (int day = 1; day < days; day++)
        {
            if (start.PlusDays(day).Month != month)
            {
                month = start.PlusDays(day).Month;
                now = factor(month);
            }

            again[day] = Poisson.Sample(random, now * (expected.ExpectedThrough[day] - expected.ExpectedThrough[day - 1]));
        }

        return PurchaseTracking.Of(TimelineOf(start, days, came, again), _model);
    }

    private static PurchaseTimeline TimelineOf(LocalDate start, int days, Dictionary<int, int> came, Dictionary<int, int> again) =>
        PurchaseTimeline.Of(Window.Through(start.PlusDays(days - 1)), 0, days - 1, came, again, start.PlusDays);

    private static (Vector<double> Coefficients, double Left) Fitted(Matrix<double> terms, Vector<double> values, Vector<double> weights)
    {
        Vector<double> coefficients = WeightedRegression.Weighted(terms, values, Matrix<double>.Build.DenseOfDiagonalVector(weights));
        Vector<double> misses = (terms * coefficients) - values;
        return (coefficients, misses.PointwiseMultiply(misses).DotProduct(weights));
    }
}
