using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Tests.Histories;

// The state of a log's beginning and the rest of it give the bits of the whole log, however it is cut.
public sealed class HistoryUpdateTests
{
    private const int Cases = 400;
    private static readonly CustomerId _one = CustomerId.Of("1");
    private static readonly CustomerId _two = CustomerId.Of("2");

    [Fact]
    public void Next_AnyLogInAnyDeliveries_GivesTheBitsOfTheWhole() => FixedSeed.ForAll(Deliveries(HistoryLogs.Any.Select(Once)), given =>
    {
        PurchaseHistoryBuilder first = given.Builder(0, 0);
        HistoryState state = first.StateThrough(given.LastDay(0));
        AssertSame(given.Builder(0, 0).Build(Window.Through(given.LastDay(0))), state.ToHistories());
        for (int step = 1; step < given.Steps; step++)
        {
            var update = HistoryUpdate.Of(Reloaded(state), given.Builder(step, step), given.LastDay(step));
            PurchaseHistoryBuilder whole = given.Builder(0, step);
            state = update.Next(update.CustomersToReread.Count == 0 ? null : whole);
            AssertSame(whole.Build(Window.Through(given.LastDay(step))), state.ToHistories());
        }
    }, Cases);

    [Fact]
    public void Next_PurchasesInTheOrderOfTime_NeedNothingToBeReadAgain() => FixedSeed.ForAll(
        from log in HistoryLogs.Any
        from cuts in Gen.Choose(0, 11).ListOf(3)
        select (log: Once(log) with { Returns = [] }, cuts: cuts.Order().ToArray()), pair =>
    {
        LocalDate first = pair.log.Purchases.Select(p => DayOf(pair.log, p)).DefaultIfEmpty(new(2026, 1, 1)).Min();
        LocalDate[] until = [.. pair.cuts.Select(first.PlusDays), first.PlusDays(12)];
        HistoryState state = (pair.log with { Purchases = Between(pair.log, LocalDate.MinIsoValue, until[0]) }).Builder().StateThrough(until[0]);
        for (int step = 1; step < until.Length; step++)
        {
            var update = HistoryUpdate.Of(state, (pair.log with { Purchases = Between(pair.log, until[step - 1], until[step]) }).Builder(), until[step]);
            Assert.Empty(update.CustomersToReread);
            state = update.Next();
        }

        AssertSame(pair.log.Builder().Build(Window.Through(until[^1])), state.ToHistories());
    }, Cases);

    // What was corrected may be less than what the state took in: purchases are gone, or whole customers are.
    [Fact]
    public void Next_SomeCustomersCorrected_GivesTheBitsOfTheCorrectedWhole() => FixedSeed.ForAll(
        from log in HistoryLogs.Any
        from kept in Gen.Elements(true, true, false).ListOf(40)
        from cut in Gen.Choose(1, 11)
        select (log: Once(log), kept: kept.ToArray(), cut), given =>
    {
        if (given.log.Purchases.Count == 0)
        {
            return; // a state of nobody has no currency to go on with
        }

        HistoryLog before = given.log with { Purchases = [.. given.log.Purchases.Take(given.cut)] };
        CustomerId[] corrected = [CustomerId.Of("1"), CustomerId.Of("3"), CustomerId.Of("nobody knows")];
        HistoryLog after = given.log with
        {
            Purchases = [.. given.log.Purchases.Where((purchase, place) => !corrected.Contains(purchase.Customer) || given.kept[place % given.kept.Length])],
        };
        HistoryState state = before.Builder().StateThrough(given.log.Window.LastDay);
        HistoryLog news = given.log with { Purchases = [.. given.log.Purchases.Skip(given.cut)], Returns = [] };
        var update = HistoryUpdate.Of(Reloaded(state), news.Builder(), given.log.Window.LastDay, corrected, CancellationToken.None);
        Assert.Superset(corrected.ToHashSet(), update.CustomersToReread.ToHashSet());
        PurchaseHistories expected = after.Builder().Build(Window.Through(given.log.Window.LastDay));
        PurchaseHistories found = update.Next(after.Builder()).ToHistories();
        if (expected.Count == 0)
        {
            Assert.Empty(found); // whose currency stays, though nothing is left that names it
        }
        else
        {
            AssertSame(expected, found);
        }
    }, Cases);

    [SharedDataFact]
    public void Next_CdnowMonthByMonth_GivesTheBitsOfTheWhole()
    {
        var rows = CsvRows.Read(SharedData.Data("cdnow_master.csv"))
            .ConvertAll(row => (Id: CustomerId.Of(row["customer_id"]), Day: LocalDatePattern.Iso.Parse(row["date"]).Value, Amount: row.Amount("amount")));
        PurchaseHistoryBuilder BuilderOf(LocalDate after, LocalDate until)
        {
            var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
            foreach (var (id, day, amount) in rows.Where(row => row.Day > after && row.Day <= until))
            {
                builder.Add(id, day, amount);
            }

            return builder;
        }

        LocalDate last = new(1997, 1, 31);
        HistoryState state = BuilderOf(LocalDate.MinIsoValue, last).StateThrough(last);
        for (int month = 0; month < 17; month++)
        {
            LocalDate next = last.PlusDays(1).PlusMonths(1).PlusDays(-1);
            var update = HistoryUpdate.Of(Reloaded(state), BuilderOf(last, next), next);
            Assert.Empty(update.CustomersToReread);
            (state, last) = (update.Next(), next);
        }

        PurchaseHistories whole = BuilderOf(LocalDate.MinIsoValue, last).Build(Window.Through(last));
        AssertSame(whole, state.ToHistories());
        Assert.Equal(23_570, state.Customers);
    }

    [Fact]
    public void Of_PurchaseOnTheLatestDay_AddsToThatOccasion()
    {
        HistoryState state = After(builder => builder.Add(_one, Day(1), 10), 1);
        var update = HistoryUpdate.Of(state, Builder(builder => builder.Add(_one, Day(1), 5)), Day(1));
        PurchaseHistories histories = update.Next().ToHistories();
        Assert.Equal((0, 15.0), (histories.Frequency[0], histories.TotalSpend[0]));
    }

    [Fact]
    public void Of_EarlierPurchase_NamesItsCustomer()
    {
        HistoryState state = After(builder =>
        {
            builder.Add(_one, Day(2), 10);
            builder.Add(_two, Day(2), 10);
        }, 3);
        var update = HistoryUpdate.Of(state, Builder(builder =>
        {
            builder.Add(_one, Day(1), 5);
            builder.Add(_two, Day(2), 5);
        }), Day(3));
        Assert.Equal([_one], update.CustomersToReread);
    }

    [Fact]
    public void Of_PurchaseBeforeAnEarlierReturn_NamesItsCustomer()
    {
        HistoryState state = After(builder =>
        {
            builder.Add(_one, Day(1), 10);
            builder.AddReturn(_one, Day(5), 20);
        }, 6);
        Assert.Equal([_one], HistoryUpdate.Of(state, Builder(builder => builder.Add(_one, Day(5), 7)), Day(6)).CustomersToReread);
        Assert.Empty(HistoryUpdate.Of(state, Builder(builder => builder.Add(_one, Day(6), 7)), Day(6)).CustomersToReread);
    }

    [Fact]
    public void Of_ReturnAfterTheWindow_WaitsForItsDay()
    {
        HistoryState state = After(builder =>
        {
            builder.Add(_one, Day(1), 10);
            builder.Add(_one, Day(4), 10);
            builder.AddReturn(_one, Day(8), 10);
        }, 2);
        LeftOut left = state.ToHistories().LeftOut;
        Assert.Equal((1L, 1L), (left.PurchasesAfterWindow, left.ReturnsAfterWindow));
        var nothing = new PurchaseHistoryBuilder(TimeUnit.Day);
        HistoryState next = HistoryUpdate.Of(state, nothing, Day(5)).Next();
        Assert.Equal((1, 0L), (next.ToHistories().Frequency[0], next.ToHistories().LeftOut.PurchasesAfterWindow));
        Assert.Equal([_one], HistoryUpdate.Of(next, nothing, Day(8)).CustomersToReread);
    }

    [Fact]
    public void Of_NewCustomerWithReturns_NeedsNothingReadAgain()
    {
        HistoryState state = After(builder => builder.Add(_one, Day(1), 10), 1);
        var update = HistoryUpdate.Of(state, Builder(builder =>
        {
            builder.Add(_two, Day(2), 10);
            builder.AddReturn(_two, Day(3), 10);
        }), Day(3));
        Assert.Empty(update.CustomersToReread);
        Assert.Equal(1, update.Next().ToHistories().LeftOut.CustomersFullyReturned);
    }

    [Fact]
    public void Of_AmountsUnknown_AreSoFromThenOn()
    {
        HistoryState state = After(builder => builder.Add(_one, Day(1), 10), 1);
        HistoryState next = HistoryUpdate.Of(state, Builder(builder => builder.Add(_one, Day(2))), Day(2)).Next();
        HistoryState later = HistoryUpdate.Of(Reloaded(next), Builder(builder => builder.Add(_one, Day(3), 4)), Day(3)).Next();
        Assert.Equal((2, 0, 0), (later.ToHistories().Frequency[0], next.ToHistories().MeanSpend.Length, later.ToHistories().TotalSpend.Length));
    }

    [Fact]
    public void Of_PurchaseTwiceInOneDelivery_CountsOnceAndSaysSo()
    {
        var twice = Purchase.Of(_one, Instant.FromUtc(2026, 1, 2, 12, 0), Money.Of(5, "USD")) with { Id = PurchaseId.Of("a") };
        HistoryState state = After(builder => builder.Add(_one, Day(1), 10), 1, Currency.Usd);
        var news = new PurchaseHistoryBuilder(TimeUnit.Day);
        news.Add(twice);
        news.Add(twice);
        PurchaseHistories histories = HistoryUpdate.Of(state, news, Day(2)).Next().ToHistories();
        Assert.Equal((1L, 15.0), (histories.LeftOut.RepeatedPurchases, histories.TotalSpend[0]));
    }

    [Fact]
    public void Next_WithoutWhatHasToBeReadAgain_IsRefusedByName()
    {
        HistoryState state = After(builder => builder.Add(_one, Day(2), 10), 2);
        var update = HistoryUpdate.Of(state, Builder(builder => builder.Add(_one, Day(1), 5)), Day(2));
        var absent = Assert.Throws<ArgumentException>(() => update.Next());
        Assert.Equal("reread", absent.ParamName);
        Assert.Contains("1 customers", absent.Message, StringComparison.Ordinal);
        var withoutNews = Builder(builder => builder.Add(_one, Day(2), 10));
        Assert.Contains("lacks some", Assert.Throws<ArgumentException>(() => update.Next(withoutNews)).Message, StringComparison.Ordinal);
        var withoutBefore = Builder(builder => builder.Add(_one, Day(1), 5));
        Assert.Contains("lacks some", Assert.Throws<ArgumentException>(() => update.Next(withoutBefore)).Message, StringComparison.Ordinal);
        withoutBefore.Add(_one, Day(2), 10);
        Assert.Equal(1, update.Next(withoutBefore).ToHistories().Frequency[0]);
    }

    [Fact]
    public void Of_OtherUnitZoneOrCurrency_IsRefusedNamingBoth()
    {
        HistoryState state = After(builder => builder.Add(_one, Day(1), 10), 1, Currency.Usd);
        var units = Assert.Throws<UnitMismatchException>(() => HistoryUpdate.Of(state, new(TimeUnit.Week), Day(2)));
        Assert.Equal((TimeUnit.Day, TimeUnit.Week), (units.Expected, units.Found));
        var euros = new PurchaseHistoryBuilder(TimeUnit.Day);
        euros.SetCurrency(Currency.Of("EUR"));
        string currencies = Assert.Throws<CurrencyMismatchException>(() => HistoryUpdate.Of(state, euros, Day(2))).Message;
        Assert.True(currencies.Contains("USD", StringComparison.Ordinal) && currencies.Contains("EUR", StringComparison.Ordinal), currencies);
        var inBerlin = new PurchaseHistoryBuilder(TimeUnit.Day, DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        string zones = Assert.Throws<ArgumentException>(() => HistoryUpdate.Of(state, inBerlin, Day(2))).Message;
        Assert.True(zones.Contains("UTC", StringComparison.Ordinal) && zones.Contains("Europe/Berlin", StringComparison.Ordinal), zones);
    }

    [Fact]
    public void Of_EarlierWindow_IsRefusedNamingBothDays()
    {
        HistoryState state = After(builder => builder.Add(_one, Day(1), 10), 5);
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => HistoryUpdate.Of(state, new(TimeUnit.Day), Day(4)));
        Assert.Contains("2026-01-05", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2026-01-04", refused.Message, StringComparison.Ordinal);
    }

    private static LocalDate Day(int day) => new(2026, 1, day);

    private static PurchaseHistoryBuilder Builder(Action<PurchaseHistoryBuilder> add)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        add(builder);
        return builder;
    }

    private static HistoryState After(Action<PurchaseHistoryBuilder> add, int lastDay, Currency currency = default) => Builder(builder =>
    {
        builder.SetCurrency(currency);
        add(builder);
    }).StateThrough(Day(lastDay));

    private static HistoryState Reloaded(HistoryState state)
    {
        using var stream = new MemoryStream();
        state.Save(stream);
        stream.Position = 0;
        return HistoryState.Load(stream);
    }

    private static void AssertSame(PurchaseHistories expected, PurchaseHistories found)
    {
        Assert.Equal(SlowHistories.Row.Of(expected), SlowHistories.Row.Of(found));
        Assert.Equal(expected.LeftOut, found.LeftOut);
        Assert.Equal(expected.Fingerprint, found.Fingerprint);
        Assert.Equal(expected.MeanSpend.Length, found.MeanSpend.Length);
        Assert.Equal((expected.Unit, expected.Currency, expected.Frame.Zone, expected.Frame.Window), (found.Unit, found.Currency, found.Frame.Zone, found.Frame.Window));
    }

    private static LocalDate DayOf(HistoryLog log, Purchase purchase) => purchase.At.InZone(log.Zone).Date;

    private static List<Purchase> Between(HistoryLog log, LocalDate after, LocalDate until) =>
        [.. log.Purchases.Where(p => DayOf(log, p) > after && DayOf(log, p) <= until)];

    // Each purchase once: a state cannot know what came in two deliveries.
    private static HistoryLog Once(HistoryLog log) => log with
    {
        Purchases = [.. log.Purchases.Where((p, i) => p.Id == PurchaseId.None || log.Purchases.Take(i).All(q => q.Id != p.Id))],
    };

    private static Gen<Delivered> Deliveries(Gen<HistoryLog> logs) =>
        from log in logs
        from steps in Gen.Choose(2, 5)
        from purchases in Gen.Choose(0, steps - 1).ListOf(log.Purchases.Count)
        from returns in Gen.Choose(0, steps - 1).ListOf(log.Returns.Count)
        from days in Gen.Choose(0, 12).ListOf(steps)
        from inTime in Gen.Choose(0, 2)
        select new Delivered(log, inTime > 0 ? InTime(log, purchases, steps) : [.. purchases], [.. returns], [.. days.Order()]);

    // Mostly deliveries follow time, so that some customers go on and some do not.
    private static int[] InTime(HistoryLog log, List<int> steps, int count)
    {
        int[] places = [.. log.Purchases.Index().OrderBy(p => p.Item.At).Select(p => p.Index)];
        var step = new int[places.Length];
        foreach (var (rank, place) in places.Index())
        {
            step[place] = Math.Min(count - 1, (rank * count / Math.Max(1, places.Length)) + (steps[place] == 0 ? 1 : 0));
        }

        return step;
    }

    private sealed record Delivered(HistoryLog Log, int[] Purchases, int[] Returns, int[] Days)
    {
        internal int Steps => Days.Length;

        internal LocalDate LastDay(int step)
        {
            IEnumerable<Instant> moments = Log.Purchases.Select(p => p.At).Concat(Log.Returns.Select(r => r.At)).DefaultIfEmpty(Instant.FromUtc(2026, 1, 1, 0, 0));
            return moments.Min().InZone(Log.Zone).Date.PlusDays(Days[step]);
        }

        internal PurchaseHistoryBuilder Builder(int from, int to)
        {
            var builder = (Log with
            {
                Purchases = [.. Log.Purchases.Where((_, i) => Purchases[i] >= from && Purchases[i] <= to)],
                Returns = [.. Log.Returns.Where((_, i) => Returns[i] >= from && Returns[i] <= to)],
            }).Builder();
            builder.SetCurrency(Currency.Usd);
            return builder;
        }

        public override string ToString() => $"{Log}\n{string.Join(' ', Purchases)} / {string.Join(' ', Returns)} / {string.Join(' ', Days)}";
    }
}
