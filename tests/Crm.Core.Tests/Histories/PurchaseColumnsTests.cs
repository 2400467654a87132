using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Histories;

// AddRange is the same as adding row by row, whatever the threads; and so are the shards and the order of ids behind it.
public sealed class PurchaseColumnsTests
{
    private static readonly Window _window = Window.Through(new(2026, 1, 31));

    [Fact]
    public void AddRange_AnyLog_GivesTheBitsOfAddingRowByRow() => FixedSeed.ForAll(HistoryLogs.Any, log =>
    {
        PurchaseHistories expected = ByRows(log).Build(log.Window);
        PurchaseHistories found = ByColumns(log, threads: 2).Build(log.Window);
        Assert.Equal(SlowHistories.Row.Of(expected), SlowHistories.Row.Of(found));
        Assert.Equal(expected.LeftOut, found.LeftOut);
        Assert.Equal(expected.Fingerprint, found.Fingerprint);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void AddRange_ManyRowsInAnyOrder_GivesTheSameBitsForAnyThreads(int threads)
    {
        var (ids, days, amounts) = Many(customers: 30_000, rows: 600_000);
        var one = new PurchaseHistoryBuilder(TimeUnit.Week);
        for (int i = 0; i < ids.Length; i++)
        {
            one.Add(ids[i], days[i], amounts[i]);
        }

        var many = new PurchaseHistoryBuilder(TimeUnit.Week) { Threads = threads };
        many.AddRange(ids.AsMemory(..200_000), days.AsMemory(..200_000), amounts.AsMemory(..200_000));
        int before = many.Build(_window).Count;
        many.AddRange(ids.AsMemory(200_000..), days.AsMemory(200_000..), amounts.AsMemory(200_000..));
        PurchaseHistories expected = one.Build(_window);
        PurchaseHistories found = many.Build(_window);
        Assert.True(before < expected.Count, "new customers come after their first order was worked out");
        Assert.Equal(expected.Ids, found.Ids);
        Assert.Equal(expected, found);
        Assert.Equal(expected.TotalSpend.ToArray(), found.TotalSpend.ToArray());
        Assert.Equal(expected.LeftOut, found.LeftOut);
        Assert.Equal((one.EarliestDay, one.LatestDay, one.Purchases), (many.EarliestDay, many.LatestDay, many.Purchases));
    }

    [Fact]
    public void AddRange_WithoutAmounts_GivesHistoriesWithoutAmounts()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.AddRange(new[] { CustomerId.Of("1") }, new[] { new LocalDate(2026, 1, 1) }, default);
        PurchaseHistories histories = builder.Build(_window);
        Assert.Equal((1, 0, 0), (histories.Count, histories.MeanSpend.Length, histories.TotalSpend.Length));
    }

    [Fact]
    public void AddRange_Nothing_ChangesNothing()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.AddRange(default, default, default);
        Assert.Equal(0, builder.Purchases);
        Assert.Null(builder.EarliestDay);
        Assert.Empty(builder.Build(_window));
    }

    [Fact]
    public void AddRange_FaultyRows_AreNamedAndNothingIsAdded()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        LocalDate day = new(2026, 1, 1);
        var faults = Assert.Throws<RowFaultsException>(() =>
            builder.AddRange(new[] { CustomerId.Of("1"), CustomerId.None, CustomerId.Of("2") }, new[] { day, day, day }, new[] { 1m, 2m, -3m }));
        Assert.Contains("row 1", faults.Message, StringComparison.Ordinal);
        Assert.Contains("-3", faults.Message, StringComparison.Ordinal);
        Assert.Equal(0, builder.Purchases);
        Assert.Empty(builder.Build(_window));
    }

    [Fact]
    public void AddRange_ColumnsOfUnequalLength_AreRefused()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        Assert.Equal("days", Assert.Throws<ArgumentException>(() => builder.AddRange(new[] { CustomerId.Of("1") }, default, default)).ParamName);
        Assert.Equal("amounts", Assert.Throws<ArgumentException>(
            () => builder.AddRange(new[] { CustomerId.Of("1") }, new[] { new LocalDate(2026, 1, 1) }, new decimal[2])).ParamName);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("é")]
    [InlineData("longer than fifteen ")]
    public void AddRange_Utf8_GivesTheBitsOfAddingRowByRow(string beginning)
    {
        var (ids, days, amounts) = Many(customers: 3_000, rows: 50_000);
        CustomerId[] named = [.. ids.Select((id, i) => i % 5 == 0 ? id : CustomerId.Of(beginning + id))];
        var one = new PurchaseHistoryBuilder(TimeUnit.Week);
        var many = new PurchaseHistoryBuilder(TimeUnit.Week) { Threads = 2 };
        for (int i = 0; i < ids.Length; i++)
        {
            one.Add(named[i], days[i], amounts[i]);
        }

        // In three ways, so that customers who came in one are known in the others.
        var (texts, ends) = Utf8(named[..20_000]);
        many.AddRange(texts, ends, days.AsMemory(..20_000), amounts.AsMemory(..20_000));
        many.AddRange(named.AsMemory(20_000..40_000), days.AsMemory(20_000..40_000), amounts.AsMemory(20_000..40_000));
        many.Add(named[40_000], days[40_000], amounts[40_000]);
        (texts, ends) = Utf8(named[40_001..]);
        many.AddRange(texts, ends, days.AsMemory(40_001..), amounts.AsMemory(40_001..));
        Assert.Equal(one.Build(_window), many.Build(_window));
        Assert.Equal(one.Build(_window).Ids, many.Build(_window).Ids);
        Assert.Equal(one.Build(_window).LeftOut, many.Build(_window).LeftOut);
        Assert.Equal(one.StateThrough(_window.LastDay).ToHistories(), many.StateThrough(_window.LastDay).ToHistories());
        Assert.Equal((one.EarliestDay, one.LatestDay, one.Purchases), (many.EarliestDay, many.LatestDay, many.Purchases));
    }

    [Fact]
    public void AddRange_Utf8ThatIsNoId_IsNamedAndNothingIsAdded()
    {
        byte[][] ids = [[], [0xFF], [0x41, 0xC3], [.. Enumerable.Repeat((byte)'1', 129)], .. Enumerable.Range(1, 3).Select(_ => "é"u8.ToArray())];
        int[] ends = [.. ids.Select((_, i) => ids[..(i + 1)].Sum(id => id.Length))];
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        LocalDate[] days = [.. ids.Select(_ => new LocalDate(2026, 1, 1))];
        decimal[] amounts = [1, 2, 3, 4, 5, -6, 7];
        var thrown = Assert.Throws<RowFaultsException>(() => builder.AddRange(ids.SelectMany(id => id).ToArray(), ends, days, amounts));
        Assert.Equal(
            [(0, "customer", "0 bytes"), (1, "customer", "1 bytes"), (2, "customer", "2 bytes"), (3, "customer", "129 bytes"), (5, "amount", "-6")],
            thrown.Faults.Select(fault => ((int)fault.Row, fault.Column, fault.Found)));
        Assert.Equal(0, builder.Purchases);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 3)]
    [InlineData(-1, 1)]
    public void AddRange_EndsOutOfOrder_AreRefused(int first, int second)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        LocalDate day = new(2026, 1, 1);
        Assert.Equal("ends", Assert.Throws<ArgumentException>(
            () => builder.AddRange("ab"u8.ToArray(), new[] { first, second }, new[] { day, day }, new[] { 1m, 2m })).ParamName);
        Assert.Equal("days", Assert.Throws<ArgumentException>(
            () => builder.AddRange("ab"u8.ToArray(), new[] { 1, 2 }, new[] { day }, new[] { 1m, 2m })).ParamName);
        Assert.Equal(0, builder.Purchases);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void Threads_OutOfRange_AreRefused(int threads) => Assert.Equal(
        "Threads", Assert.Throws<ArgumentOutOfRangeException>(() => new PurchaseHistoryBuilder(TimeUnit.Day) { Threads = threads }).ParamName);

    [Fact]
    public void Build_Cancelled_Stops()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.Add(CustomerId.Of("1"), new(2026, 1, 1), 1);
        Assert.ThrowsAny<OperationCanceledException>(() => builder.Build(_window, new CancellationToken(canceled: true)));
    }

    // Up to 21,110,623,253.2991 an amount stands in its row; from there on beside it. And where an amount goes over to the next part of a row.
    [Theory]
    [InlineData("429496.7295")]
    [InlineData("429496.7296")]
    [InlineData("219902325.5551")]
    [InlineData("219902325.5552")]
    [InlineData("21110623253.2991")]
    [InlineData("21110623253.2992")]
    [InlineData("21110623253.2993")]
    [InlineData("28147497671.0656")]
    [InlineData("900719925474.0992")]
    [InlineData("79228162514264337593543950335")]
    public void Build_LargeAmounts_AreThose(string written)
    {
        decimal amount = decimal.Parse(written, CultureInfo.InvariantCulture);
        var byRows = new PurchaseHistoryBuilder(TimeUnit.Day);
        var byColumns = new PurchaseHistoryBuilder(TimeUnit.Day);
        CustomerId[] ids = [CustomerId.Of("1"), CustomerId.Of("1"), CustomerId.Of("2")];
        LocalDate[] days = [new(2026, 1, 1), new(2026, 1, 2), new(2026, 1, 3)];
        decimal[] amounts = [1, amount, amount];
        byColumns.AddRange(ids, days, amounts);
        foreach (int row in Enumerable.Range(0, ids.Length))
        {
            byRows.Add(ids[row], days[row], amounts[row]);
        }

        Assert.All((PurchaseHistoryBuilder[])[byRows, byColumns], builder =>
        {
            PurchaseHistories histories = builder.Build(_window);
            Assert.Equal([(double)amount, 0], histories.MeanSpend.ToArray());
            Assert.Equal((double)amount, histories.TotalSpend[1]);
        });
    }

    [Fact]
    public void Build_FirstAndLastDayOfTheCalendar_AreThose()
    {
        LocalDate[] days = [LocalDate.MinIsoValue, new(-9_515, 12, 31), new(-1, 2, 28), new(0, 2, 29), new(1, 1, 1), new(2026, 1, 31), LocalDate.MaxIsoValue];
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        builder.AddRange(Enumerable.Repeat(CustomerId.Of("1"), days.Length).ToArray(), days, Enumerable.Repeat(1m, days.Length).ToArray());
        PurchaseHistories histories = builder.Build(_window);
        Assert.Equal((5, Period.DaysBetween(days[0], new(2026, 1, 31))), (histories.Frequency[0], (int)histories.Age[0]));
        Assert.Equal((days[0], days[^1]), (builder.EarliestDay, builder.LatestDay));
        Assert.Equal(1, histories.LeftOut.PurchasesAfterWindow);
    }

    [Fact]
    public void AddRange_DayOfAnotherCalendar_IsThatDay()
    {
        LocalDate day = new(2026, 1, 2);
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        CustomerId[] ids = [CustomerId.Of("1"), CustomerId.Of("1")];
        builder.AddRange(ids, new[] { day, day.PlusDays(3).WithCalendar(CalendarSystem.Julian) }, new[] { 1m, 2m });
        builder.Add(ids[0], day.WithCalendar(CalendarSystem.Julian), 5);
        PurchaseHistories histories = builder.Build(_window);
        Assert.Equal((1, 3.0, 29.0, 8.0), (histories.Frequency[0], histories.Recency[0], histories.Age[0], histories.TotalSpend[0]));
        Assert.Equal(day.PlusDays(3), builder.LatestDay);
    }

    // The sum passes 2^53 ten-thousandths, where a double has no cents: the short way gives it up, and the careful one rounds once.
    [Fact]
    public void Build_SumPastWhatADoubleHolds_IsRoundedOnce()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        decimal[] amounts = [900_719_925_474.0991m, 900_719_925_474.0992m, 0.0003m];
        foreach (var (i, amount) in amounts.Index())
        {
            builder.Add(CustomerId.Of("1"), new LocalDate(2026, 1, 1).PlusDays(i), amount);
        }

        PurchaseHistories histories = builder.Build(_window);
        Assert.Equal((double)amounts.Sum(), histories.TotalSpend[0]);
        Assert.Equal((double)((amounts[1] + amounts[2]) / 2), histories.MeanSpend[0]);
    }

    [Fact]
    public void IdOrder_AnyIds_IsThatOfCustomerId()
    {
        var texts =
            from beginning in Gen.Elements("", "C", "customer-number-", "0", "ä", "\u007f", "\0")
            from rest in Gen.ArrayOf(Gen.Elements('0', '1', '9', 'a', 'Z', '-', '\u007e', '\u007f', '\u0080', 'é', '\uffff', '\0'))
            select beginning + new string(rest);
        var numbers = from digits in Gen.ArrayOf(Gen.Elements('0', '0', '1', '9'), 22) from kept in Gen.Choose(1, 22) select new string(digits[..kept]);
        var ids = Gen.Frequency((3, texts), (1, numbers)).Where(text => CustomerId.TryOf(text, out _)).Select(CustomerId.Of).ListOf();
        FixedSeed.ForAll(ids, list =>
        {
            CustomerId[] distinct = [.. list.Distinct()];
            int[] places = IdOrder.Of(distinct, new());
            Assert.Equal(distinct.Order(), places.Select(place => distinct[place]));
        }, 1_000);
    }

    // By the text, and by the sixteen bytes that stand for it.
    [Fact]
    public void IdOrder_KeyOfAShortId_IsThatOfItsText()
    {
        var texts =
            from beginning in Gen.Elements("", "C", "customer-num", "0", "000", "\u007f", "\0")
            from rest in Gen.ArrayOf(Gen.Elements('0', '1', '9', '/', ':', 'a', 'Z', '-', '\u007e', '\u007f', '\0'))
            select beginning + new string(rest);
        var numbers = from digits in Gen.ArrayOf(Gen.Elements('0', '1', '2', '9'), ShortId.MostCharacters) from kept in Gen.Choose(1, digits.Length) select new string(digits[..kept]);
        var pairs =
            from text in Gen.Frequency((3, texts), (1, numbers)).Where(text => text.Length is >= 1 and <= ShortId.MostCharacters)
            from skipped in Gen.Choose(0, text.Length)
            select (text, skipped);
        FixedSeed.ForAll(pairs, pair =>
        {
            Assert.True(ShortId.TryOf(pair.text, out ShortId key));
            Assert.Equal(pair.text.All(char.IsAsciiDigit), key.IsNumber);
            Assert.Equal(IdOrder.KeyOf(pair.text, pair.skipped), IdOrder.KeyOf(key, pair.skipped));
        }, 3_000);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("")]
    [InlineData("a-beginning-longer-than-nine-")]
    public void IdOrder_ManyIds_IsThatOfCustomerId(string beginning)
    {
        CustomerId[] ids = [.. Enumerable.Range(0, 50_000).Select(i => CustomerId.Of($"{beginning}{(i * 7_919L) % 50_021}"))];
        ids[40_000] = CustomerId.Of("another");
        Assert.All([-1, 1, 2, 3, 7, 64, 1_000], threads =>
            Assert.Equal(ids.Order(), IdOrder.Of(ids, new() { MaxDegreeOfParallelism = threads }).Select(place => ids[place])));
    }

    private static PurchaseHistoryBuilder ByRows(HistoryLog log) => (log with { Purchases = WithoutNames(log) }).Builder();

    private static PurchaseHistoryBuilder ByColumns(HistoryLog log, int threads)
    {
        IReadOnlyList<Purchase> purchases = WithoutNames(log);
        var builder = new PurchaseHistoryBuilder(log.Unit, log.Zone) { Threads = threads };
        builder.SetCurrency(Currency.Usd);
        builder.AddRange(
            purchases.Select(p => CustomerId.Of(new string(p.Customer.ToString()))).ToArray(),
            purchases.Select(p => p.At.InZone(log.Zone).Date).ToArray(),
            purchases.Select(p => p.Amount.Amount).ToArray());
        foreach (PurchaseReturn purchaseReturn in log.Returns)
        {
            builder.Add(purchaseReturn);
        }

        return builder;
    }

    // Columns know no names of purchases.
    private static IReadOnlyList<Purchase> WithoutNames(HistoryLog log) => [.. log.Purchases.Select(p => p with { Id = PurchaseId.None })];

    private static (byte[] Texts, int[] Ends) Utf8(CustomerId[] ids)
    {
        var texts = new List<byte>();
        var ends = new List<int>();
        foreach (CustomerId id in ids)
        {
            texts.AddRange(System.Text.Encoding.UTF8.GetBytes(id.ToString()));
            ends.Add(texts.Count);
        }

        return ([.. texts], [.. ends]);
    }

    private static (CustomerId[] Ids, LocalDate[] Days, decimal[] Amounts) Many(int customers, int rows)
    {
        var ids = new CustomerId[rows];
        var days = new LocalDate[rows];
        var amounts = new decimal[rows];
        uint state = 1;
        for (int i = 0; i < rows; i++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            ids[i] = CustomerId.Of($"C{(state >> 8) % customers:0000000}");
            days[i] = new LocalDate(2025, 6, 1).PlusDays((int)(state >> 5) % 260);
            amounts[i] = i % 1_000 == 0 ? 0.123456789m : (state >> 10) % 100_000 / 100m;
        }

        return (ids, days, amounts);
    }
}
