using Crm.Core.Histories;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Histories;

/// <summary>
/// Slow oracle over generated logs: the first occasion of each customer in the window is new on its day, every later one a repeat on
/// its own. Properties: its sums are those of the histories; the order of the rows changes nothing. Examples of what counts.
/// </summary>
public sealed class PurchaseTimelineTests
{
    private const int Cases = 200;

    [Fact]
    public void Timeline_AnyLog_IsThatOfTheOracle() => FixedSeed.ForAll(HistoryLogs.Any, log =>
    {
        var slow = new SlowHistories(log);
        if (slow.Rows.Count == 0)
        {
            Assert.Throws<ArgumentException>("window", () => log.Builder().Timeline(log.Window));
            return;
        }

        LocalDate first = slow.Known.Min(days => days[0]);
        LocalDate end = log.Window.HoldoutLastDay ?? log.Window.LastDay;
        LocalDate[] all = [.. Enumerable.Range(0, Period.DaysBetween(first, end) + 1).Select(first.PlusDays)];
        LocalDate[] repeats = [.. slow.Known.SelectMany(days => days.Skip(1)), .. slow.Held.SelectMany(days => days)];

        PurchaseTimeline timeline = log.Builder().Timeline(log.Window);

        Assert.Equal((first, log.Window), (timeline.FirstDay, timeline.Window));
        Assert.Equal((all.Length, all.Count(day => day <= log.Window.LastDay)), (timeline.Days, timeline.WindowDays));
        Assert.Equal(all.Select(day => slow.Known.Count(days => days[0] == day)), timeline.NewCustomers.ToArray());
        Assert.Equal(all.Select(day => repeats.Count(other => other == day)), timeline.RepeatOccasions.ToArray());
    }, Cases);

    [Fact]
    public void Timeline_AnyLog_HasTheSumsOfTheHistories() => FixedSeed.ForAll(HistoryLogs.Any, log =>
    {
        PurchaseHistories histories = log.Build();
        if (histories.Count > 0)
        {
            PurchaseTimeline timeline = log.Builder().Timeline(log.Window);
            Assert.Equal(histories.Count, timeline.NewCustomers.ToArray().Sum());
            Assert.Equal(histories.Frequency.ToArray().Sum(), timeline.RepeatOccasions[..timeline.WindowDays].ToArray().Sum());
            Assert.Equal(histories.HoldoutFrequency.ToArray().Sum(), timeline.RepeatOccasions[timeline.WindowDays..].ToArray().Sum());
        }
    }, Cases);

    [Fact]
    public void Timeline_RowsInAnotherOrder_IsTheSame()
    {
        var pairs = from log in HistoryLogs.Any from shuffled in HistoryLogs.Shuffled(log) select (log, shuffled);
        FixedSeed.ForAll(pairs, pair =>
        {
            if (pair.log.Build().Count > 0)
            {
                PurchaseTimeline straight = pair.log.Builder().Timeline(pair.log.Window);
                PurchaseTimeline shuffled = pair.shuffled.Builder().Timeline(pair.log.Window);
                Assert.Equal(straight.FirstDay, shuffled.FirstDay);
                Assert.Equal(straight.NewCustomers.ToArray(), shuffled.NewCustomers.ToArray());
                Assert.Equal(straight.RepeatOccasions.ToArray(), shuffled.RepeatOccasions.ToArray());
            }
        });
    }

    [Fact]
    public void Timeline_ASmallLog_CountsWhatItShould()
    {
        LocalDate first = new(2025, 1, 10);
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        Add(builder, "a", first, first, first.PlusDays(2), first.PlusDays(4)); // Twice on one day is one occasion.
        Add(builder, "b", first.PlusDays(1), first.PlusDays(4));
        Add(builder, "cancelled", first.PlusDays(-3));
        builder.AddReturn(CustomerId.Of("cancelled"), first.PlusDays(1), 5);
        Add(builder, "after", first.PlusDays(4), first.PlusDays(5)); // Came after the window: none of its customers.
        builder.AddReturn(CustomerId.Of("b"), first.PlusDays(4), 5); // Cancels what b bought in the test period.

        PurchaseTimeline timeline = builder.Timeline(Window.Through(first.PlusDays(3)).HoldingOutThrough(first.PlusDays(5)));

        Assert.Equal((first, 6, 4), (timeline.FirstDay, timeline.Days, timeline.WindowDays));
        Assert.Equal([1, 1, 0, 0, 0, 0], timeline.NewCustomers.ToArray());
        Assert.Equal([0, 0, 1, 0, 1, 0], timeline.RepeatOccasions.ToArray());
    }

    [Fact]
    public void Timeline_WindowThatIsNone_IsRefused()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        Add(builder, "a", new LocalDate(2025, 1, 10));
        Assert.Contains("Window.Through", Assert.Throws<ArgumentException>("window", () => builder.Timeline(default)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Nobody bought through 2025-01-09.",
            Assert.Throws<ArgumentException>("window", () => builder.Timeline(Window.Through(new(2025, 1, 9)))).Message,
            StringComparison.Ordinal);
    }

    private static void Add(PurchaseHistoryBuilder builder, string customer, params LocalDate[] days) =>
        Array.ForEach(days, day => builder.Add(CustomerId.Of(customer), day, 5));
}
