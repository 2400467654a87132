using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Histories;

// Examples: one for each clause of the definition of a history.
public sealed class PurchaseHistoriesTests
{
    private static readonly LocalDate _last = new(2026, 1, 31);
    private static readonly Window _january = Window.Through(_last);
    private static readonly Window _heldOut = _january.HoldingOutThrough(new(2026, 2, 28));

    [Fact]
    public void From_PurchaseOnTheLastDay_Counts()
    {
        PurchaseHistories histories = From(_january, [Bought(11), Bought(31)]);
        Assert.Equal((1, 20.0, 20.0), Row(histories));
    }

    [Fact]
    public void From_LastTickOfTheLastDay_Counts() => Assert.Equal((1, 30.0, 30.0), Row(From(_january,
        [Bought(1), Bought(31) with { At = Instant.FromUtc(2026, 2, 1, 0, 0).PlusTicks(-1) }])));

    [Fact]
    public void From_FirstTickAfterTheLastDay_IsCountedAndIgnored()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(31) with { At = Instant.FromUtc(2026, 2, 1, 0, 0) }]);
        Assert.Equal((0, 0.0, 30.0), Row(histories));
        Assert.Equal(new() { PurchasesAfterWindow = 1 }, histories.LeftOut);
    }

    [Fact]
    public void From_SameDayPurchases_AreOneOccasionOfTheirSum()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(5, 0.1m), Bought(5, 0.2m)]);
        Assert.Equal((1, 4.0, 30.0), Row(histories));
        Assert.Equal(0.3, histories.MeanSpend[0]);
    }

    [Fact]
    public void From_OnePurchase_HasNoRepeatsAndNoRecency()
    {
        PurchaseHistories histories = From(_january, [Bought(10)]);
        Assert.Equal((0, 0.0, 21.0), Row(histories));
        Assert.Equal((0.0, 10.0), (histories.MeanSpend[0], histories.TotalSpend[0]));
    }

    [Fact]
    public void From_FirstPurchaseOnTheLastDay_HasAgeZero() => Assert.Equal((0, 0.0, 0.0), Row(From(_january, [Bought(31)])));

    [Fact]
    public void From_FirstPurchase_IsInTheTotalAndNotInTheMean()
    {
        PurchaseHistories histories = From(_january, [Bought(1, 100), Bought(2, 10), Bought(3, 20)]);
        Assert.Equal((15.0, 130.0), (histories.MeanSpend[0], histories.TotalSpend[0]));
    }

    [Theory]
    [InlineData("day", 30.0)]
    [InlineData("week", 30 / 7.0)]
    [InlineData("month", 30 / 30.4375)]
    [InlineData("year", 30 / 365.25)]
    public void From_AnyUnit_DividesWholeDaysOnce(string unit, double age) =>
        Assert.Equal(age, PurchaseHistories.From([Bought(1)], _january, TimeUnit.Of(unit)).Age[0], 0.0);

    [Fact]
    public void From_OccasionPricedZero_Counts()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(5, 0), Bought(9, 10)]);
        Assert.Equal((2, 8.0, 30.0), Row(histories));
        Assert.Equal(5, histories.MeanSpend[0]);
    }

    [Fact]
    public void From_OccasionPricedZeroAndAReturn_StillCounts() =>
        Assert.Equal((1, 4.0, 30.0), Row(From(_january, [Bought(1, 30), Bought(5, 0)], [Returned(6, 10)])));

    [Fact]
    public void From_OccasionWhollyReturned_IsNone()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(5), Bought(9, 20)], [Returned(9, 20)]);
        Assert.Equal((1, 4.0, 30.0), Row(histories));
        Assert.Equal(new(), histories.LeftOut);
    }

    [Fact]
    public void From_FirstOccasionWhollyReturned_MovesTheStart() => Assert.Equal((0, 0.0, 26.0), Row(From(_january, [Bought(1), Bought(5)], [Returned(2)])));

    [Fact]
    public void From_PartialReturn_LowersTheOccasion()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(5)], [Returned(6, 2.5m)]);
        Assert.Equal((1, 4.0, 30.0), Row(histories));
        Assert.Equal((7.5, 17.5), (histories.MeanSpend[0], histories.TotalSpend[0]));
    }

    [Fact]
    public void From_SeveralPartialReturns_CancelTogether() =>
        Assert.Equal((0, 0.0, 30.0), Row(From(_january, [Bought(1), Bought(5)], [Returned(6, 2.5m), Returned(7, 7.5m)])));

    [Fact]
    public void From_UnnamedReturn_TakesTheNewestEarlierOccasionFirst()
    {
        PurchaseHistories histories = From(_january, [Bought(1, 100), Bought(5), Bought(9), Bought(20, 40)], [Returned(10, 15)]);
        Assert.Equal((2, 19.0, 30.0), Row(histories));
        Assert.Equal(22.5, histories.MeanSpend[0]);
    }

    [Fact]
    public void From_UnnamedReturnOnTheDayOfAPurchase_TakesFromIt() =>
        Assert.Equal((0, 0.0, 30.0), Row(From(_january, [Bought(1), Bought(5)], [Returned(5)])));

    [Fact]
    public void From_UnnamedReturnBeforeAnyPurchase_IsUnmatched()
    {
        PurchaseHistories histories = From(_january, [Bought(5)], [Returned(4, 3)]);
        Assert.Equal((0, 0.0, 26.0), Row(histories));
        Assert.Equal(new() { UnmatchedReturns = 1, UnmatchedReturnAmount = 3 }, histories.LeftOut);
    }

    [Fact]
    public void From_NamedReturn_TakesFromThePurchaseItNamesOnly()
    {
        PurchaseHistories histories = From(_january, [Bought(1, 100), Named(5, 10, "a"), Bought(9)], [Returned(10, 15, "a")]);
        Assert.Equal((1, 8.0, 30.0), Row(histories));
        Assert.Equal(new() { UnmatchedReturns = 1, UnmatchedReturnAmount = 5 }, histories.LeftOut);
    }

    [Fact]
    public void From_NamedAndUnnamedReturnOfOneDay_NamedComesFirst()
    {
        PurchaseHistories histories = From(_january, [Bought(1, 100), Bought(5, 10), Named(9, 10, "a")], [Returned(10), Returned(10, 10, "a")]);
        Assert.Equal((0, 0.0, 30.0), Row(histories));
        Assert.Equal(new(), histories.LeftOut);
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("of another")]
    public void From_ReturnThatNamesNoPurchaseOfTheCustomer_IsUnmatched(string name)
    {
        Purchase ofAnother = Named(5, 10, "of another") with { Customer = CustomerId.Of("2") };
        PurchaseHistories histories = From(_january, [Bought(1), ofAnother], [Returned(6, 10, name)]);
        Assert.Equal((0, 10.0, 10.0), (histories.Frequency[0], histories.TotalSpend[0], histories.TotalSpend[1]));
        Assert.Equal(new() { UnmatchedReturns = 1, UnmatchedReturnAmount = 10 }, histories.LeftOut);
    }

    [Fact]
    public void From_MoreReturnedThanBought_CountsTheRestAndLosesTheCustomer()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(5)], [Returned(6, 25)]);
        Assert.Empty(histories);
        Assert.Equal(new() { CustomersFullyReturned = 1, UnmatchedReturns = 1, UnmatchedReturnAmount = 5 }, histories.LeftOut);
    }

    [Fact]
    public void From_ReturnAfterTheWindow_IsCountedAndIgnored()
    {
        PurchaseHistories histories = From(_january, [Bought(1), Bought(5)], [Returned(32)]);
        Assert.Equal((1, 4.0, 30.0), Row(histories));
        Assert.Equal(new() { ReturnsAfterWindow = 1 }, histories.LeftOut);
    }

    [Fact]
    public void From_ReturnWithoutAnyPurchase_IsUnmatchedAndNoCustomer()
    {
        PurchaseHistories histories = From(_january, [], [Returned(5)]);
        Assert.Empty(histories);
        Assert.Equal(new() { UnmatchedReturns = 1, UnmatchedReturnAmount = 10 }, histories.LeftOut);
    }

    [Fact]
    public void From_TestPeriod_CountsItsOccasionsAndTheirMean()
    {
        PurchaseHistories histories = From(_heldOut, [Bought(1), Bought(40, 5), Bought(40, 10), Bought(41, 0), Bought(60, 99)]);
        Assert.Equal((0, 0.0, 30.0), Row(histories));
        Assert.Equal((2, 7.5), (histories.HoldoutFrequency[0], histories.HoldoutMeanSpend[0]));
        Assert.Equal(new() { PurchasesAfterWindow = 1 }, histories.LeftOut);
        Assert.Equal(28, histories.Frame.HoldoutLength);
    }

    [Fact]
    public void From_ReturnInTheTestPeriod_NeverChangesTheWindow()
    {
        PurchaseHistories histories = From(_heldOut, [Bought(1), Bought(5), Bought(40)], [Returned(41, 20)]);
        Assert.Equal((1, 4.0, 30.0), Row(histories));
        Assert.Equal((10.0, 0), (histories.MeanSpend[0], histories.HoldoutFrequency[0]));
        Assert.Equal(new(), histories.LeftOut);
    }

    [Fact]
    public void From_NoTestPeriod_HasNoColumnsOfOne()
    {
        PurchaseHistories histories = From(_january, [Bought(1)]);
        Assert.True(histories.HoldoutFrequency.IsEmpty && histories.HoldoutMeanSpend.IsEmpty);
        Assert.Equal(0, histories.Frame.HoldoutLength);
    }

    [Fact]
    public void From_CustomerWhoseFirstPurchaseIsInTheTestPeriod_IsLeftOutAndCounted()
    {
        PurchaseHistories histories = From(_heldOut, [Bought(40), Bought(60) with { Customer = CustomerId.Of("2") }]);
        Assert.Empty(histories);
        Assert.Equal(new() { CustomersAfterWindow = 2, PurchasesAfterWindow = 1 }, histories.LeftOut);
    }

    [Theory]
    [InlineData("UTC", 1)]
    [InlineData("America/New_York", 0)]
    public void From_EveningInNewYork_IsTheDayOfTheDeclaredZone(string zone, int frequency)
    {
        Purchase[] sameEvening =
        [
            Purchase.Of(CustomerId.Of("1"), new DateTimeOffset(2026, 1, 10, 18, 0, 0, TimeSpan.FromHours(-5)), Money.Of(1, "USD")),
            Purchase.Of(CustomerId.Of("1"), new DateTimeOffset(2026, 1, 10, 23, 0, 0, TimeSpan.FromHours(-5)), Money.Of(1, "USD")),
        ];
        var histories = PurchaseHistories.From(sameEvening, _january, TimeUnit.Day, DateTimeZoneProviders.Tzdb[zone]);
        Assert.Equal(frequency, histories.Frequency[0]);
        Assert.Equal(zone, histories.Frame.Zone.Id);
    }

    [Fact]
    public void From_AroundTheDayThatSamoaSkipped_CountsCalendarDays()
    {
        DateTimeZone apia = DateTimeZoneProviders.Tzdb["Pacific/Apia"];
        Instant before = new LocalDateTime(2011, 12, 29, 23, 59).InZoneStrictly(apia).ToInstant();
        Purchase[] twoMinutesApart = [Bought(1) with { At = before }, Bought(1) with { At = before + Duration.FromMinutes(2) }];
        var histories = PurchaseHistories.From(twoMinutesApart, Window.Through(new(2011, 12, 31)), TimeUnit.Day, apia);
        Assert.Equal((1, 2.0, 2.0), Row(histories));
    }

    [Fact]
    public void From_LastTickBefore1970_IsOnTheLastDayOf1969()
    {
        Purchase purchase = Bought(1) with { At = Instant.FromUnixTimeTicks(-1) };
        var histories = PurchaseHistories.From([purchase], Window.Through(new(1969, 12, 31)), TimeUnit.Day);
        Assert.Equal(0, histories.Age[0]);
    }

    [Fact]
    public void From_Customers_AreSortedById()
    {
        Purchase[] purchases = [.. new[] { "b", "10", "9", "a" }.Select(id => Bought(1) with { Customer = CustomerId.Of(id) })];
        Assert.Equal(["9", "10", "a", "b"], From(_january, purchases).Ids.Select(id => id.ToString()));
    }

    [Fact]
    public void From_TenthsAndMillions_SumsExactly()
    {
        // As doubles, 0.1 ten times is below 1, and a cent beside 1e17 is lost.
        PurchaseHistories tenths = From(_january, [Bought(1), .. Enumerable.Repeat(Bought(2, 0.1m), 10)]);
        Assert.Equal(1.0, tenths.MeanSpend[0], 0.0);
        PurchaseHistories cents = From(_january, [Bought(1), Bought(2, 1e17m), .. Enumerable.Repeat(Bought(3, 0.01m), 1600), Bought(2, 0)]);
        Assert.Equal((1e17 + 16) / 2, cents.MeanSpend[0], 0.0);
    }

    [Theory]
    [InlineData("21474836.48")]
    [InlineData("25000000.00")]
    [InlineData("7000000000000000000000000000")]
    [InlineData("0.0000000000000000000000000001")]
    public void From_AmountOfAnyDigits_IsKept(string amount)
    {
        decimal value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(double.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), From(_january, [Bought(1), Bought(2, value)]).MeanSpend[0], 0.0);
    }

    [Fact]
    public void From_NoPurchases_IsEmpty() => Assert.Empty(From(_january, []));

    [Fact]
    public void From_Null_IsRefused()
    {
        Assert.Equal("purchases", Assert.Throws<ArgumentNullException>(() => PurchaseHistories.From(null!, _january, TimeUnit.Day)).ParamName);
        Assert.Equal("returns", Assert.Throws<ArgumentNullException>(() => PurchaseHistories.From([], null!, _january, TimeUnit.Day)).ParamName);
        Assert.Equal("purchase", Assert.Throws<ArgumentNullException>(() => PurchaseHistories.From([null!], _january, TimeUnit.Day)).ParamName);
    }

    [Fact]
    public void From_DefaultWindow_IsRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => PurchaseHistories.From([], default, TimeUnit.Day));
        Assert.Equal("window", refusal.ParamName);
        Assert.Contains("Window.Through(lastDay)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_UnnamedUnit_IsRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => PurchaseHistories.From([], _january, TimeUnit.Unnamed));
        Assert.Equal("unit", refusal.ParamName);
        Assert.Contains("TimeUnit.Day, Week, Month or Year", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_MixedCurrencies_IsRefusedNamingBoth()
    {
        var refusal = Assert.Throws<CurrencyMismatchException>(() => From(_january, [Bought(1), Bought(2) with { Amount = Money.Of(1, "EUR") }]));
        Assert.Equal((Currency.Usd, Currency.Eur), (refusal.Expected, refusal.Found));
    }

    [Fact]
    public void From_ReturnInAnotherCurrency_IsRefused() => Assert.Throws<CurrencyMismatchException>(() =>
        From(_january, [Bought(1)], [Returned(2) with { Amount = Money.Of(1, "EUR") }]));

    [Fact]
    public void From_CustomerNone_IsRefused()
    {
        var ofPurchase = Assert.Throws<ArgumentException>(() => From(_january, [Bought(1) with { Customer = default }]));
        var ofReturn = Assert.Throws<ArgumentException>(() => From(_january, [], [Returned(1) with { Customer = default }]));
        Assert.Contains("needs a customer; this one has CustomerId.None", ofPurchase.Message, StringComparison.Ordinal);
        Assert.Contains("needs a customer; this one has CustomerId.None", ofReturn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_Customer_GivesTheRow()
    {
        PurchaseHistories histories = From(_january, [Bought(1, 10), Bought(8, 20)]);
        PurchaseHistory history = histories[CustomerId.Of("1")];
        Assert.Equal(PurchaseHistory.Of(1, 7, 30, TimeUnit.Day, 20, Currency.Usd), history);
        Assert.Equal(history, histories[0]);
        Assert.True(histories.TryGet(CustomerId.Of("1"), out var found) && found == history);
        Assert.True(histories.TryGetRow(CustomerId.Of("1"), out int row) && row == 0);
    }

    [Fact]
    public void Indexer_UnknownCustomer_IsRefusedByName()
    {
        PurchaseHistories histories = From(_january, [Bought(1)]);
        var refusal = Assert.Throws<KeyNotFoundException>(() => histories[CustomerId.Of("77")]);
        Assert.Contains("no history of customer 77 in this window", refusal.Message, StringComparison.Ordinal);
        Assert.False(histories.TryGet(CustomerId.Of("77"), out var history) || history != default);
        Assert.False(histories.TryGetRow(CustomerId.Of("77"), out int row) || row != -1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Indexer_NoRow_IsRefused(int row)
    {
        PurchaseHistories histories = From(_january, [Bought(1)]);
        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => histories[row]).ParamName);
    }

    private static PurchaseHistories From(Window window, IEnumerable<Purchase> purchases, IEnumerable<PurchaseReturn>? returns = null) =>
        PurchaseHistories.From(purchases, returns ?? [], window, TimeUnit.Day);

    private static (int Frequency, double Recency, double Age) Row(PurchaseHistories histories) =>
        (histories.Frequency[0], histories.Recency[0], histories.Age[0]);

    // Days are counted from the first of January 2026, which is 1.
    private static Instant Noon(int day) => Instant.FromUtc(2026, 1, 1, 12, 0) + Duration.FromDays(day - 1);

    private static Purchase Bought(int day, decimal amount = 10) => Purchase.Of(CustomerId.Of("1"), Noon(day), Money.Of(amount, "USD"));

    private static Purchase Named(int day, decimal amount, string id) => Bought(day, amount) with { Id = PurchaseId.Of(id) };

    private static PurchaseReturn Returned(int day, decimal amount = 10, string? purchase = null) =>
        PurchaseReturn.Of(CustomerId.Of("1"), Noon(day), Money.Of(amount, "USD")) with { Purchase = purchase is null ? default : PurchaseId.Of(purchase) };
}
