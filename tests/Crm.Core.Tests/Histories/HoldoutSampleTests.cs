using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Histories;

/// <summary>
/// Slow oracle over generated logs: the repeat occasions of the last days of the calibration, counted one by one. Examples: where the
/// last third begins, how much it takes, and what is refused.
/// </summary>
public sealed class HoldoutSampleTests
{
    private static readonly LocalDate _first = new(2024, 2, 20);

    [Fact]
    public void From_AnyLog_HasTheHistoriesAndTheTimelineOfTheWindow() => FixedSeed.ForAll(HistoryLogs.Any.Where(CanBeSplit), log =>
    {
        HoldoutSample sample = HoldoutSample.From(log.Builder(), log.Window);
        Assert.Equal(SlowHistories.Row.Of(log.Build()), SlowHistories.Row.Of(sample.Histories));
        Assert.Equal(log.Builder().Timeline(log.Window).RepeatOccasions.ToArray(), sample.Timeline!.RepeatOccasions.ToArray());
    });

    // Occasions after a customer's first, in as many last days of the window as the test period has.
    [Fact]
    public void LastPeriodFrequency_AnyLog_CountsTheRepeatsOfTheLastDays() => FixedSeed.ForAll(HistoryLogs.Any.Where(CanBeSplit), log =>
    {
        LocalDate before = log.Window.LastDay.PlusDays(-log.Window.HoldoutDays);
        Assert.Equal(
            new SlowHistories(log).Known.Select(days => days.Skip(1).Count(day => day > before)),
            HoldoutSample.From(log.Builder(), log.Window).LastPeriodFrequency.ToArray());
    }, 300);

    [Fact]
    public void LastPeriodFrequency_OfAFirstPurchaseInTheLastPeriod_LeavesItOut()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Add(builder, "new", 6, 6, 8); // Came in the last period, bought twice on that day, and again: one repeat.
        Add(builder, "once", 9);
        Add(builder, "old", 0, 5, 7, 9); // The fifth day is before the last period.
        Add(builder, "returned", 0, 7, 8);
        builder.AddReturn(CustomerId.Of("returned"), _first.PlusDays(8), 10); // The newest first: the eighth and the seventh day.

        HoldoutSample sample = HoldoutSample.From(builder, Window.Through(_first.PlusDays(9)).HoldingOutThrough(_first.PlusDays(13)));

        Assert.Equal(["new", "old", "once", "returned"], sample.Histories.Ids.Select(id => id.ToString()));
        Assert.Equal([1, 2, 0, 0], sample.LastPeriodFrequency.ToArray());
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    [InlineData(89, 30)]
    [InlineData(90, 30)]
    [InlineData(91, 30)]
    public void LastThird_OfSoManyDays_HoldsOutAThirdRounded(int days, int held)
    {
        LocalDate end = _first.PlusDays(days - 1);
        HoldoutSample sample = HoldoutSample.LastThird(Log(days, days - held, 200, 100), Window.Through(end))!;
        Assert.Equal(Window.Through(end.PlusDays(-held)).HoldingOutThrough(end), sample.Histories.Frame.Window);
        Assert.Equal(sample.Histories.Frame.Window, sample.Timeline!.Window);
        Assert.Equal((days, days - held), (sample.Timeline.Days, sample.Timeline.WindowDays));
    }

    [Theory]
    [InlineData(200, 100, true)]
    [InlineData(199, 100, false)]
    [InlineData(200, 99, false)]
    [InlineData(500, 99, false)]
    [InlineData(199, 150, false)]
    public void LastThird_SoMuchData_IsEnoughOrNot(int repeatBuyers, int purchases, bool isEnough)
    {
        HoldoutSample? sample = HoldoutSample.LastThird(Log(90, 60, repeatBuyers, purchases), Window.Through(_first.PlusDays(89)));
        Assert.Equal(isEnough, sample is not null);
        Assert.Equal(isEnough ? purchases : 0, sample is null ? 0 : sample.Histories.HoldoutFrequency.ToArray().Sum());
    }

    [Fact]
    public void LastThird_PurchasesOfOthersInTheTestPeriod_DoNotCount()
    {
        PurchaseHistoryBuilder builder = Log(90, 60, 300, 99);
        for (int i = 0; i < 50; i++)
        {
            Add(builder, $"late{i}", 60, 70, 80);
        }

        Assert.Null(HoldoutSample.LastThird(builder, Window.Through(_first.PlusDays(89))));
    }

    [Fact]
    public void LastThird_OfTheSameWindow_IsTheSampleOfThatSplit()
    {
        PurchaseHistoryBuilder builder = Log(90, 60, 250, 120);
        HoldoutSample third = HoldoutSample.LastThird(builder, Window.Through(_first.PlusDays(89)))!;
        HoldoutSample split = HoldoutSample.From(builder, Window.Through(_first.PlusDays(59)).HoldingOutThrough(_first.PlusDays(89)));
        Assert.Equal(SlowHistories.Row.Of(split.Histories), SlowHistories.Row.Of(third.Histories));
        Assert.Equal(split.LastPeriodFrequency.ToArray(), third.LastPeriodFrequency.ToArray());
    }

    [Fact]
    public void LastThird_NothingToHoldOut_IsNone()
    {
        PurchaseHistoryBuilder builder = Log(90, 60, 250, 120);
        Assert.Null(HoldoutSample.LastThird(new(TimeUnit.Week), Window.Through(_first)));
        Assert.Null(HoldoutSample.LastThird(builder, Window.Through(_first.PlusDays(-1))));
        Assert.Null(HoldoutSample.LastThird(builder, Window.Through(_first)));
    }

    [Fact]
    public void LastThird_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("purchases", () => HoldoutSample.LastThird(null!, Window.Through(_first)));
        var refusal = Assert.Throws<ArgumentException>("window", () => HoldoutSample.LastThird(Log(90, 60, 1, 1), default));
        Assert.Contains("Window.Through", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_BadArguments_AreRefused()
    {
        PurchaseHistoryBuilder builder = Log(90, 60, 5, 5);
        Assert.Throws<ArgumentNullException>("purchases", () => HoldoutSample.From(null!, Window.Through(_first).HoldingOutThrough(_first.PlusDays(1))));
        var noTest = Assert.Throws<ArgumentException>("window", () => HoldoutSample.From(builder, Window.Through(_first)));
        Assert.Contains("has no test period. Hold one out by HoldingOutThrough(lastDay).", noTest.Message, StringComparison.Ordinal);
        var nobody = Assert.Throws<ArgumentException>(
            "window", () => HoldoutSample.From(builder, Window.Through(_first.PlusDays(-1)).HoldingOutThrough(_first.PlusDays(9))));
        Assert.Contains("Nobody bought through 2024-02-19", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_HistoriesWithATestPeriod_AreTheSampleWithoutDates()
    {
        PurchaseHistories histories = Columns([1, 0], TimeUnit.Week);
        HoldoutSample sample = HoldoutSample.Of(histories);
        Assert.Same(histories, sample.Histories);
        Assert.Null(sample.Timeline);
        Assert.True(sample.LastPeriodFrequency.IsEmpty);
    }

    [Fact]
    public void Of_HistoriesWithout_IsRefusedSayingWhatToGive()
    {
        Assert.Throws<ArgumentNullException>("histories", () => HoldoutSample.Of(null!));
        Assert.All([Columns(null, TimeUnit.Week), Columns([1, 0], TimeUnit.Unnamed)], without =>
            Assert.Contains("Give HoldoutFrequency", Assert.Throws<ArgumentException>("histories", () => HoldoutSample.Of(without)).Message, StringComparison.Ordinal));
    }

    private static bool CanBeSplit(HistoryLog log) => log.Window.HoldoutDays > 0 && new SlowHistories(log).Rows.Count > 0;

    private static PurchaseHistories Columns(int[]? held, TimeUnit unit) => PurchaseHistories.FromColumns(
        new() { Frequency = [0, 2], Recency = [0, 3], Age = [9, 9], HoldoutFrequency = held }, Simulated.HeldOut(unit, 30));

    // Customers who came on the first day, of whom so many bought again on the second, and so many purchases on the last.
    private static PurchaseHistoryBuilder Log(int days, int knownDays, int repeatBuyers, int purchases)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        for (int i = 0; i < 600; i++)
        {
            Add(builder, $"c{i}", 0);
        }

        for (int i = 0; i < repeatBuyers; i++)
        {
            Add(builder, $"c{i}", i % 2 == 0 ? 1 : knownDays - 1);
        }

        for (int i = 0; i < purchases; i++)
        {
            Add(builder, $"c{599 - i}", i % 2 == 0 ? knownDays : days - 1);
        }

        return builder;
    }

    private static void Add(PurchaseHistoryBuilder builder, string customer, params int[] days) =>
        Array.ForEach(days, day => builder.Add(CustomerId.Of(customer), _first.PlusDays(day), 5));
}
