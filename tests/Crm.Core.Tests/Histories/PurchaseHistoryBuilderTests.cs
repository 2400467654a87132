using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Histories;

// Examples of the builder's documentation.
public sealed class PurchaseHistoryBuilderTests
{
    private static readonly CustomerId _one = CustomerId.Of("1");
    private static readonly Window _window = Window.Through(new(2026, 1, 31));

    [Fact]
    public void Add_ByColumns_IsTheSameAsByObject()
    {
        var objects = new PurchaseHistoryBuilder(TimeUnit.Week);
        objects.Add(Bought(1, 10));
        objects.Add(Bought(20, 12.34m));
        objects.Add(PurchaseReturn.Of(_one, Noon(21), Money.Of(0.04m, "USD")));
        var columns = new PurchaseHistoryBuilder(TimeUnit.Week);
        columns.SetCurrency(Currency.Usd);
        columns.Add(_one, new(2026, 1, 1), 10);
        columns.Add(_one, new(2026, 1, 20), 12.34m);
        columns.AddReturn(_one, new(2026, 1, 21), 0.04m);
        Assert.Equal(objects.Build(_window)[0], columns.Build(_window)[0]);
        Assert.Equal(12.3, columns.Build(_window).MeanSpend[0]);
        Assert.Equal(Currency.Usd, columns.Build(_window).Currency);
    }

    [Fact]
    public void Build_TwiceAndAddingInBetween_CountsEachTimeAfresh()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10));
        builder.Add(PurchaseReturn.Of(_one, Noon(2), Money.Of(15, "USD")));
        PurchaseHistories first = builder.Build(_window);
        Assert.Equal(first.LeftOut, builder.Build(_window).LeftOut);
        Assert.Empty(first);
        builder.Add(Bought(1, 20));
        builder.Add(Bought(9, 7));
        PurchaseHistories second = builder.Build(_window);
        Assert.Equal((1, 22.0), (second.Frequency[0], second.TotalSpend[0]));
        Assert.Equal((1, 1L, 0L), (first.LeftOut.CustomersFullyReturned, first.LeftOut.UnmatchedReturns, second.LeftOut.UnmatchedReturns));
        Assert.Empty(first);
    }

    [Fact]
    public void Build_TwoWindows_AreEachAsIfAlone()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10));
        builder.Add(Bought(40, 10));
        Assert.Equal((0, 30.0), (builder.Build(_window)[0].Frequency, builder.Build(_window)[0].Age));
        Assert.Equal((1, 58.0), Last(builder.Build(Window.Through(new(2026, 2, 28)))[0]));
        Assert.Equal(1, builder.Build(_window).LeftOut.PurchasesAfterWindow);
        static (int, double) Last(PurchaseHistory history) => (history.Frequency, history.Age);
    }

    [Fact]
    public void Add_SamePurchaseTwice_CountsItOnceAndSaysSo()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10, "a"));
        builder.Add(Bought(1, 10.00m, "a"));
        PurchaseHistories histories = builder.Build(_window);
        Assert.Equal((10.0, 1L, 1), (histories.TotalSpend[0], histories.LeftOut.RepeatedPurchases, builder.Purchases));
    }

    [Fact]
    public void Add_SameContentWithoutAnId_CountsTwice()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10));
        builder.Add(Bought(1, 10));
        Assert.Equal(20, builder.Build(_window).TotalSpend[0]);
    }

    [Theory]
    [InlineData("1", 1, 11)]
    [InlineData("1", 2, 10)]
    [InlineData("2", 1, 10)]
    public void Add_SameIdWithAnotherContent_IsRefusedNamingTheId(string customer, int day, int amount)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10, "a"));
        var refusal = Assert.Throws<ArgumentException>(() => builder.Add(Bought(day, amount, "a") with { Customer = CustomerId.Of(customer) }));
        Assert.Equal("purchase", refusal.ParamName);
        Assert.Contains("The purchase id a came twice, with another content.", refusal.Message, StringComparison.Ordinal);
    }

    // Two lines of one order that cost the same are two purchases: to count them as one would lose money in silence.
    [Fact]
    public void Add_SameIdForAnotherProduct_IsRefused()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10, "order") with { Product = ProductId.Of("shirt") });
        var refusal = Assert.Throws<ArgumentException>(() => builder.Add(Bought(1, 10, "order") with { Product = ProductId.Of("shoes") }));
        Assert.Equal("purchase", refusal.ParamName);
        Assert.Contains("lines of one order need one each", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Refused_LeavesNoTrace()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10, "a"));
        Purchase inEuro = Bought(2, 10, "b") with { Customer = CustomerId.Of("2"), Amount = Money.Of(1, "EUR") };
        Purchase conflicting = Bought(2, 10, "a") with { Customer = CustomerId.Of("3") };
        Assert.Throws<CurrencyMismatchException>(() => builder.Add(inEuro));
        Assert.Throws<ArgumentException>(() => builder.Add(conflicting));
        builder.Add(inEuro with { Amount = Money.Of(5, "USD") });
        PurchaseHistories histories = builder.Build(_window);
        Assert.Equal(["1", "2"], histories.Ids.Select(id => id.ToString()));
        Assert.Equal(new(), histories.LeftOut);
    }

    [Fact]
    public void Add_RefusedReturn_DoesNotSetTheCurrency()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Assert.Throws<ArgumentException>(() => builder.Add(PurchaseReturn.Of(CustomerId.None, Noon(1), Money.Of(1, "EUR"))));
        builder.Add(Bought(1, 10));
        Assert.Equal(Currency.Usd, builder.Build(_window).Currency);
    }

    [Fact]
    public void Add_RowWithoutAmount_LeavesTheHistoriesWithoutAmounts()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(_one, new(2026, 1, 1), 10);
        builder.Add(_one, new LocalDate(2026, 1, 5));
        PurchaseHistories histories = builder.Build(_window.HoldingOutThrough(new(2026, 2, 5)));
        Assert.Equal((1, 0.0), (histories[0].Frequency, histories[0].MeanSpend));
        Assert.True(histories.MeanSpend.IsEmpty && histories.TotalSpend.IsEmpty && histories.HoldoutMeanSpend.IsEmpty);
        Assert.Equal(1, histories.HoldoutFrequency.Length);
    }

    [Fact]
    public void Add_NegativeAmount_IsRefused()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Assert.Equal("amount", Assert.Throws<ArgumentOutOfRangeException>(() => builder.Add(_one, new(2026, 1, 1), -1)).ParamName);
        Assert.Equal("amount", Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddReturn(_one, new(2026, 1, 1), 0)).ParamName);
    }

    [Fact]
    public void Add_CustomerNone_IsRefusedAtEveryDoor()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Assert.Equal("customer", Assert.Throws<ArgumentException>(() => builder.Add(CustomerId.None, new(2026, 1, 1), 1)).ParamName);
        Assert.Equal("customer", Assert.Throws<ArgumentException>(() => builder.Add(CustomerId.None, new LocalDate(2026, 1, 1))).ParamName);
        Assert.Equal("customer", Assert.Throws<ArgumentException>(() => builder.AddReturn(CustomerId.None, new(2026, 1, 1), 1)).ParamName);
    }

    [Fact]
    public void Add_Null_IsRefused()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Assert.Equal("purchase", Assert.Throws<ArgumentNullException>(() => builder.Add((Purchase)null!)).ParamName);
        Assert.Equal("purchaseReturn", Assert.Throws<ArgumentNullException>(() => builder.Add((PurchaseReturn)null!)).ParamName);
    }

    [Fact]
    public void SetCurrency_AnotherOne_IsRefusedNamingBoth()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.SetCurrency(Currency.Eur);
        builder.SetCurrency(Currency.Eur);
        var refusal = Assert.Throws<CurrencyMismatchException>(() => builder.Add(Bought(1, 10)));
        Assert.Equal((Currency.Eur, Currency.Usd), (refusal.Expected, refusal.Found));
    }

    [Fact]
    public void Build_NoCurrencyStated_HasNone()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(_one, new(2026, 1, 1), 1);
        Assert.Equal(Currency.None, builder.Build(_window).Currency);
    }

    [Fact]
    public void Build_AnyFrame_StatesIt()
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        HistoryFrame frame = new PurchaseHistoryBuilder(TimeUnit.Month, zone).Build(_window).Frame;
        Assert.Equal((TimeUnit.Month, _window, zone), (frame.Unit, frame.Window, frame.Zone));
    }

    [Fact]
    public void Build_Cancelled_Stops()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(Bought(1, 10));
        Assert.Throws<OperationCanceledException>(() => builder.Build(_window, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void LatestDay_RowsInAnyOrder_IsTheLatestOfPurchasesAndReturns()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Assert.Null(builder.LatestDay);
        builder.Add(Bought(9, 10));
        builder.Add(Bought(1, 10));
        Assert.Equal(new LocalDate(2026, 1, 9), builder.LatestDay);
        builder.Add(PurchaseReturn.Of(_one, Noon(20), Money.Of(1, "USD")));
        Assert.Equal((new LocalDate(2026, 1, 20), 2, 1), (builder.LatestDay, builder.Purchases, builder.Returns));
    }

    [Fact]
    public void Add_MillionRowsByColumns_AllocatesTwelveBytesARow()
    {
        const int Customers = 100_000;
        const int Rows = 1_000_000;
        CustomerId[] ids = [.. Enumerable.Range(0, Customers).Select(i => CustomerId.Of($"{i}"))];
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        foreach (CustomerId id in ids)
        {
            builder.Add(id, new(2025, 1, 1), 1);
        }

        LocalDate day = new(2025, 6, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int row = 0; row < Rows; row++)
        {
            builder.Add(ids[row % Customers], day, 12.34m);
        }

        double bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Rows;
        Assert.InRange(bytes, 12 - 0.9, 13.7); // of a shard's last block and of the last piece, a sixteenth of the rows each, some is unused
    }

    private static Instant Noon(int day) => Instant.FromUtc(2026, 1, 1, 12, 0) + Duration.FromDays(day - 1);

    private static Purchase Bought(int day, decimal amount, string? id = null) =>
        Purchase.Of(_one, Noon(day), Money.Of(amount, "USD")) with { Id = id is null ? default : PurchaseId.Of(id) };

    [Fact]
    public void Build_HugeAmounts_AreReadBackAndUnmatchedReturnsStayInRange()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        var id = CustomerId.Of("1");
        for (int day = 1; day <= 12; day++)
        {
            builder.Add(id, new LocalDate(2026, 1, day), 7e27m);
            builder.AddReturn(CustomerId.Of("2"), new LocalDate(2026, 1, day), 7e27m);
        }

        var histories = builder.Build(Window.Through(new LocalDate(2026, 1, 31)));
        Assert.Equal(7e27, histories.MeanSpend[0]);
        Assert.Equal(decimal.MaxValue, histories.LeftOut.UnmatchedReturnAmount);
        var again = PurchaseHistories.FromColumns(
            new()
            {
                Ids = histories.Ids,
                Frequency = histories.Frequency.ToArray(),
                Recency = histories.Recency.ToArray(),
                Age = histories.Age.ToArray(),
                MeanSpend = histories.MeanSpend.ToArray(),
            },
            histories.Frame);
        Assert.Equal(histories.MeanSpend.ToArray(), again.MeanSpend.ToArray());
    }
}
