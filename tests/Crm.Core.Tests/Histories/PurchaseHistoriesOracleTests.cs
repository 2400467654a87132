using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Histories;

// Slow oracle over generated logs, and properties: the order of the rows, the test period and the future change nothing.
public sealed class PurchaseHistoriesOracleTests
{
    private const int Cases = 400;

    [Fact]
    public void From_AnyLog_GivesTheRowsOfTheOracle() => FixedSeed.ForAll(HistoryLogs.Any, log =>
        Assert.Equal(new SlowHistories(log).Rows, SlowHistories.Row.Of(log.Build())), Cases);

    [Fact]
    public void From_AnyLog_LeavesOutWhatTheOracleDoes() => FixedSeed.ForAll(HistoryLogs.Any, log =>
        Assert.Equal(new SlowHistories(log).LeftOut, log.Build().LeftOut), Cases);

    [Fact]
    public void From_RowsInAnotherOrder_GivesTheSameBits()
    {
        var pairs = from log in HistoryLogs.Any from shuffled in HistoryLogs.Shuffled(log) select (log, shuffled);
        FixedSeed.ForAll(pairs, pair =>
        {
            PurchaseHistories straight = pair.log.Build();
            PurchaseHistories shuffled = pair.shuffled.Build();
            Assert.Equal(SlowHistories.Row.Of(straight), SlowHistories.Row.Of(shuffled));
            Assert.Equal(straight.LeftOut, shuffled.LeftOut);
        }, Cases);
    }

    [Fact]
    public void From_WindowWithATestPeriod_KnowsNoMoreThanWithoutIt() => FixedSeed.ForAll(HistoryLogs.Any, log =>
    {
        HistoryLog without = log with { Window = Window.Through(log.Window.LastDay) };
        Assert.Equal(
            SlowHistories.Row.Of(without.Build()),
            SlowHistories.Row.Of(log.Build()).ConvertAll(row => row with { HoldoutFrequency = 0, HoldoutMeanSpend = 0 }));
    }, Cases);

    [Fact]
    public void From_AnyLog_KeepsTheRulesOfAHistory() => FixedSeed.ForAll(HistoryLogs.Any, log => Assert.All(log.Build(), history =>
    {
        Assert.True(history.Frequency >= 0 && history.Recency >= 0 && history.Recency <= history.Age);
        Assert.Equal(history.Frequency == 0, history.Recency == 0);
        Assert.True(history.MeanSpend >= 0 && (history.Frequency > 0 || history.MeanSpend == 0));
    }), Cases);
}
