using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Slow oracle: expectation customer by customer and day by day, purchases counted from the log. Properties: weeks and months part the
/// days. Simulation: customers drawn from the model stay within 4 standard deviations of it.
/// </summary>
public sealed class PurchaseTrackingTests
{
    private static readonly LocalDate _first = new(2023, 11, 18);
    private static readonly IPurchaseModel _model = new MbgNbd(0.9, 5, 0.8, 2.1, TimeUnit.Week);

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_ALog_IsTheSumOverItsCustomers(string name)
    {
        IPurchaseModel model = ModelOf(name);
        PurchaseTimeline timeline = Timeline(120, 60, 50);
        PurchaseTracking tracking = PurchaseTracking.Of(timeline, model);

        Assert.Same(timeline, tracking.Timeline);
        Assert.Equal((110, 110), (tracking.ExpectedThrough.Length, tracking.ActualThrough.Length));
        for (int day = 0; day < timeline.Days; day++)
        {
            double expected = 0;
            long actual = 0;
            for (int arrival = 0; arrival <= day; arrival++)
            {
                for (int customer = 0; customer < timeline.NewCustomers[arrival]; customer++)
                {
                    expected += model.ExpectedPurchases(Horizon.Days(day - arrival));
                }

                actual += timeline.RepeatOccasions[arrival];
            }

            Near.Relative(expected, tracking.ExpectedThrough[day], 1e-12, $"day {day}");
            Assert.Equal(actual, tracking.ActualThrough[day]);
        }
    }

    [Fact]
    public void Weeks_OfALog_PartTheDaysAndLeaveTheRest()
    {
        PurchaseTracking tracking = PurchaseTracking.Of(Timeline(120, 60, 50), _model);
        IReadOnlyList<TrackedPeriod> weeks = tracking.Weeks();

        Assert.Equal(15, weeks.Count); // 110 days: five are left.
        Assert.Equal(Enumerable.Range(0, 15).Select(week => _first.PlusDays(7 * week)), weeks.Select(week => week.FirstDay));
        Assert.All(weeks, week => Assert.Equal(week.FirstDay.PlusDays(6), week.LastDay));
        Assert.Equal(weeks.Select(week => Period.DaysBetween(_first, week.LastDay) >= 60), weeks.Select(week => week.IsHeldOut));
        Assert.Equal([false, true], weeks.Skip(7).Take(2).Select(week => week.IsHeldOut)); // Days 49-55, and 56-62, of which 60 is the first held out.
        AssertParts(tracking, weeks, 0);
    }

    [Theory]
    [InlineData(56, 8)]
    [InlineData(55, 7)] // One day of the eighth week is held out: its last.
    public void Weeks_AroundTheEndOfTheWindow_AreHeldOutByTheirLastDay(int days, int known)
    {
        IReadOnlyList<TrackedPeriod> weeks = PurchaseTracking.Of(Timeline(120, days, 70 - days), _model).Weeks();
        Assert.Equal(Enumerable.Range(0, 10).Select(week => week >= known), weeks.Select(week => week.IsHeldOut));
    }

    [Fact]
    public void Months_OfALog_AreTheWholeOnes()
    {
        // From 18 November 2023 over 110 days: through 6 March 2024.
        PurchaseTracking tracking = PurchaseTracking.Of(Timeline(120, 60, 50), _model);
        IReadOnlyList<TrackedPeriod> months = tracking.Months();

        Assert.Equal(
            [(new(2023, 12, 1), new(2023, 12, 31)), (new(2024, 1, 1), new(2024, 1, 31)), (new(2024, 2, 1), new(2024, 2, 29))],
            months.Select(month => (month.FirstDay, month.LastDay)));
        Assert.Equal([false, true, true], months.Select(month => month.IsHeldOut)); // The window ends on 16 January.
        AssertParts(tracking, months, 13);
    }

    [Theory]
    [InlineData(2024, 1, 1, 30, 0)]
    [InlineData(2024, 1, 1, 31, 1)]
    [InlineData(2024, 1, 2, 58, 0)]
    [InlineData(2024, 1, 2, 59, 1)] // February of a leap year.
    [InlineData(2023, 12, 31, 1, 0)]
    [InlineData(2023, 12, 31, 32, 1)]
    public void Months_OfSoManyDays_AreThoseThatLieWithin(int year, int month, int day, int days, int whole) =>
        Assert.Equal(whole, PurchaseTracking.Of(Timeline(5, days, 0, new(year, month, day)), _model).Months().Count);

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_CustomersDrawnFromTheModel_FollowsThem(string name)
    {
        const int Customers = 20_000;
        const int Days = 560;
        IPurchaseModel model = ModelOf(name);
        var came = new Dictionary<int, int>();
        var again = new Dictionary<int, int>();
        int[] checkedDays = [90, 250, 400, Days - 1];
        var counts = new double[checkedDays.Length][];
        Array.ForEach([0, 1, 2, 3], i => counts[i] = new double[Customers]);
        for (int row = 0; row < Customers; row++)
        {
            // Counted apart even on one day: what the expectation is of.
            int arrival = row * 180 / Customers;
            came[arrival] = came.GetValueOrDefault(arrival) + 1;
            foreach (double time in model.SimulatePurchases(Horizon.Days(Days - 1 - arrival), 77, (ulong)row))
            {
                int day = arrival + (int)Math.Ceiling(time * model.Unit.Days);
                again[day] = again.GetValueOrDefault(day) + 1;
                Array.ForEach([0, 1, 2, 3], i => counts[i][row] += day <= checkedDays[i] ? 1 : 0);
            }
        }

        PurchaseTracking tracking = PurchaseTracking.Of(
            PurchaseTimeline.Of(Window.Through(_first.PlusDays(Days - 1)), 0, Days - 1, came, again, _first.PlusDays), model);

        for (int i = 0; i < checkedDays.Length; i++)
        {
            double mean = counts[i].Average();
            double deviation = Math.Sqrt(counts[i].Sum(count => Math.Pow(count - mean, 2)));
            Near.Absolute(tracking.ExpectedThrough[checkedDays[i]], tracking.ActualThrough[checkedDays[i]], 4 * deviation, $"day {checkedDays[i]}");
        }
    }

    [Fact]
    public void Of_BadArguments_AreRefused()
    {
        PurchaseTimeline timeline = Timeline(5, 20, 0);
        Assert.Throws<ArgumentNullException>("timeline", () => PurchaseTracking.Of(null!, _model));
        Assert.Throws<ArgumentNullException>("model", () => PurchaseTracking.Of(timeline, (IPurchaseModel)null!));
        Assert.Throws<UnitMismatchException>(() => PurchaseTracking.Of(timeline, new MbgNbd(1, 5, 1, 2, TimeUnit.Unnamed)));
        Assert.Throws<OperationCanceledException>(() => PurchaseTracking.Of(timeline, _model, new CancellationToken(canceled: true)));
    }

    // The periods, and the days before the first and after the last, add up to all; so far is so far.
    private static void AssertParts(PurchaseTracking tracking, IReadOnlyList<TrackedPeriod> periods, int before)
    {
        double expected = before == 0 ? 0 : tracking.ExpectedThrough[before - 1];
        long actual = before == 0 ? 0 : tracking.ActualThrough[before - 1];
        foreach (TrackedPeriod period in periods)
        {
            expected += period.Expected;
            actual += period.Actual;
            int last = Period.DaysBetween(_first, period.LastDay);
            Near.Relative(expected, period.ExpectedSoFar, 1e-12);
            Assert.Equal((actual, tracking.ActualThrough[last]), (period.ActualSoFar, period.ActualSoFar));
            Assert.Equal(tracking.ExpectedThrough[last], period.ExpectedSoFar);
        }

        Assert.True(periods.Sum(period => period.Actual) > 20);
    }

    private static PurchaseTimeline Timeline(int customers, int days, int heldDays, LocalDate? first = null)
    {
        LocalDate start = first ?? _first;
        Window window = Window.Through(start.PlusDays(days - 1));
        return Simulated.Log(_model, customers, start, Math.Min(days, 40), days + heldDays, 3)
            .Timeline(heldDays == 0 ? window : window.HoldingOutThrough(start.PlusDays(days + heldDays - 1)));
    }

    private static IPurchaseModel ModelOf(string name) => name switch
    {
        "mbg-nbd" => _model,
        "bg-nbd" => new BgNbd(0.3, 4, 0.8, 2.4, TimeUnit.Week),
        _ => new ParetoNbd(0.6, 10, 0.6, 12, TimeUnit.Week),
    };
}
