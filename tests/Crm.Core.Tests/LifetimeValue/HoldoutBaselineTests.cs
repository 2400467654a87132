using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Slow oracle over generated logs: both forecasts counted from the days of the occasions. Examples: spend, and shared rows.</summary>
public sealed class HoldoutBaselineTests
{
    [Fact]
    public void All_AnyLog_AreTheForecastsCountedFromItsDays() => FixedSeed.ForAll(
        HistoryLogs.Any.Where(log => log.Window.HoldoutDays > 0 && new SlowHistories(log).Rows.Count > 0), log =>
        {
            var slow = new SlowHistories(log);
            int held = log.Window.HoldoutDays;
            LocalDate last = log.Window.LastDay;
            double[] actual = [.. slow.Held.Select(days => (double)days.Length)];
            double[] again = [.. slow.Known.Select(days => (double)days.Skip(1).Count(day => day > last.PlusDays(-held)))];
            double[] average = [.. slow.Known.Select(days => days[0] == last ? 0 : (double)held * (days.Length - 1) / Period.DaysBetween(days[0], last))];

            IReadOnlyList<HoldoutBaseline> baselines = HoldoutBaseline.All(HoldoutSample.From(log.Builder(), log.Window));

            Assert.Equal(["last period again", "average so far"], baselines.Select(baseline => baseline.Name));
            Same(again, actual, baselines[0].Purchases);
            Same(average, actual, baselines[1].Purchases);
        }, 200);

    [Fact]
    public void All_WithAmounts_SpendTheOwnMeanOfEach()
    {
        HoldoutSample sample = HoldoutSample.Of(PurchaseHistories.FromColumns(
            new()
            {
                Frequency = [3, 0, 1],
                Recency = [4, 0, 2],
                Age = [6, 5, 4],
                MeanSpend = [20, 0, 8],
                Customers = [2, 1, 1],
                HoldoutFrequency = [1, 0, 2],
                HoldoutMeanSpend = [15, 0, 10],
            },
            Simulated.HeldOut(TimeUnit.Week, 14)));

        HoldoutBaseline average = Assert.Single(HoldoutBaseline.All(sample));

        // 3 / 6 · 2 weeks and 1 / 4 · 2 weeks, at 20 and at 8.
        Assert.Equal("average so far", average.Name);
        Same([1, 1, 0, 0.5], [1, 1, 0, 2], average.Purchases);
        Same([20, 20, 0, 4], [15, 15, 0, 20], average.Spend!);
    }

    [Fact]
    public void All_WithoutAmounts_HaveNoSpend() => Assert.Null(Assert.Single(HoldoutBaseline.All(HoldoutSample.Of(PurchaseHistories.FromColumns(
        new() { Frequency = [1], Recency = [2], Age = [4], HoldoutFrequency = [1] }, Simulated.HeldOut(TimeUnit.Week, 14))))).Spend);

    private static void Same(double[] expected, double[] actual, ForecastErrors errors)
    {
        Near.Absolute(expected.Sum(), errors.ExpectedTotal, 1e-12);
        Near.Absolute(actual.Sum(), errors.ActualTotal, 1e-12);
        Near.Absolute(Math.Sqrt(expected.Zip(actual, (e, a) => (e - a) * (e - a)).Average()), errors.RootMeanSquareError, 1e-12);
        Near.Absolute(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Average(), errors.MeanAbsoluteError, 1e-12);
    }
}
