using System.Security.Cryptography;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Histories;

// Saving and loading: the same bytes, the same state, and nothing believed of a file that is not whole.
public sealed class HistoryStateTests
{
    [Fact]
    public void Save_AnyLog_LoadsAsTheSameState() => FixedSeed.ForAll(HistoryLogs.Any, log =>
    {
        HistoryState state = log.Builder().StateThrough(log.Window.LastDay);
        byte[] saved = Saved(state);
        HistoryState loaded = HistoryState.Load(new MemoryStream(saved));
        Assert.Equal(saved, Saved(loaded));
        Assert.Equal(SlowHistories.Row.Of(state.ToHistories()), SlowHistories.Row.Of(loaded.ToHistories()));
        Assert.Equal(state.ToHistories().LeftOut, loaded.ToHistories().LeftOut);
        Assert.Equal(state.Frame, loaded.Frame);
    });

    [Fact]
    public void Save_RowsInAnotherOrder_GivesTheSameBytes()
    {
        var pairs = from log in HistoryLogs.Any from shuffled in HistoryLogs.Shuffled(log) select (log, shuffled);
        FixedSeed.ForAll(pairs, pair => Assert.Equal(
            Saved(pair.log.Builder().StateThrough(pair.log.Window.LastDay)), Saved(pair.shuffled.Builder().StateThrough(pair.log.Window.LastDay))));
    }

    [Fact]
    public void StateThrough_AfterARefusedPurchase_KnowsNothingOfIt()
    {
        Purchase good = Purchase.Of(CustomerId.Of("1"), Instant.FromUtc(2026, 1, 1, 12, 0), Money.Of(1, "USD"));
        Purchase bad = good with { Customer = CustomerId.Of("2"), Amount = Money.Of(1, "EUR") };
        var without = new PurchaseHistoryBuilder(TimeUnit.Day);
        without.Add(good);
        var with = new PurchaseHistoryBuilder(TimeUnit.Day);
        with.Add(good);
        Assert.Throws<CurrencyMismatchException>(() => with.Add(bad));
        Assert.Equal(Saved(without.StateThrough(new(2026, 1, 31))), Saved(with.StateThrough(new(2026, 1, 31))));
    }

    [Fact]
    public void Save_IdsOfAnyCharacters_KeepsThem()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        string[] ids = ["\ud800", "ä\uffff", new('€', 128), "7", "007", "\0", "customer 12", "customer 123"];
        foreach (string id in ids)
        {
            builder.Add(CustomerId.Of(id), new(2026, 1, 1), 1);
        }

        HistoryState loaded = HistoryState.Load(new MemoryStream(Saved(builder.StateThrough(new(2026, 1, 1)))));
        Assert.Equal(ids.Select(CustomerId.Of).Order(), loaded.ToHistories().Ids);
    }

    [Fact]
    public void Save_ManyCustomers_TakesFewBytesEach()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Day);
        for (int i = 0; i < 70_000; i++)
        {
            builder.Add(CustomerId.Of($"C{i:0000000}"), new LocalDate(2026, 1, 1).PlusDays(i % 100), 12.34m);
            builder.Add(CustomerId.Of($"C{i:0000000}"), new LocalDate(2026, 1, 1).PlusDays(i % 200), 56.78m);
        }

        HistoryState state = builder.StateThrough(new(2026, 12, 31));
        byte[] saved = Saved(state);
        Assert.InRange((double)saved.Length / state.Customers, 8, 20);
        Assert.Equal(saved, Saved(HistoryState.Load(new MemoryStream(saved))));
    }

    [Fact]
    public void Load_EveryByteChanged_IsRefused()
    {
        byte[] good = Saved(Small());
        for (int place = 0; place < good.Length; place++)
        {
            byte[] bad = [.. good];
            bad[place] ^= 0x15;
            Assert.Throws<InvalidDataException>(() => HistoryState.Load(new MemoryStream(bad)));
        }
    }

    [Fact]
    public void Load_CutShortOrWithMoreBehind_IsRefused()
    {
        byte[] good = Saved(Small());
        for (int length = 0; length < good.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => HistoryState.Load(new MemoryStream(good, 0, length)));
        }

        Assert.Throws<InvalidDataException>(() => HistoryState.Load(new MemoryStream([.. good, 0])));
    }

    [Fact]
    public void Load_AnotherFile_SaysThatItIsNoState() => Assert.Contains(
        "no state of histories", Assert.Throws<InvalidDataException>(() => HistoryState.Load(new MemoryStream("customer_id,date\n1,2"u8.ToArray()))).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_NewerSchema_SaysWhich()
    {
        byte[] newer = [.. Saved(Small())];
        newer[HistoryStateWriter.Beginning.Length] = 2;
        string message = Assert.Throws<InvalidDataException>(() => HistoryState.Load(new MemoryStream(newer))).Message;
        Assert.Contains("schema 2", message, StringComparison.Ordinal);
        Assert.Contains("up to 1", message, StringComparison.Ordinal);
    }

    // A file of the first release: whatever comes later must read it.
    [Fact]
    public void Load_FileOfSchema1_IsRead()
    {
        byte[] body = Convert.FromHexString(SchemaOne);
        HistoryState state = HistoryState.Load(new MemoryStream([.. body, .. SHA256.HashData(body)]));
        Assert.Equal((2, new LocalDate(2026, 1, 31), "EUR", "Europe/Berlin"), (state.Customers, state.LastDay, state.Frame.Currency.Code, state.Frame.Zone.Id));
        Assert.Equal(["log-1"], state.Deliveries);
        PurchaseHistories histories = state.ToHistories();
        Assert.Equal((1, 12.5, 22.5), (histories.Frequency[0], histories.MeanSpend[0], histories.TotalSpend[0]));
        Assert.Equal((1L, 1L), (histories.LeftOut.PurchasesAfterWindow, histories.LeftOut.UnmatchedReturns));
    }

    [Fact]
    public void Load_UnknownZone_IsNamed() => Assert.Contains(
        "Europe/Berlin",
        Assert.Throws<InvalidDataException>(() => HistoryState.Load(new MemoryStream(Saved(Small())), new NodaTime.TimeZones.DateTimeZoneCache(new NoZones()))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void WithDelivery_Again_IsRefused()
    {
        HistoryState state = Small();
        Assert.True(state.HasDelivery("log-1"));
        Assert.False(state.HasDelivery("log-2") || state.HasDelivery(null));
        Assert.Equal("mark", Assert.Throws<ArgumentException>(() => state.WithDelivery("log-1")).ParamName);
        Assert.Equal(["log-1", "log-2"], state.WithDelivery("log-2").Deliveries);
        Assert.Equal(["log-1"], state.Deliveries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void WithDelivery_MarkOfNoLength_IsRefused(int length) =>
        Assert.Equal("mark", Assert.Throws<ArgumentException>(() => Small().WithDelivery(new('x', length))).ParamName);

    [Fact]
    public void ToHistories_NobodyThere_IsEmpty()
    {
        HistoryState state = new PurchaseHistoryBuilder(TimeUnit.Week).StateThrough(new(2026, 1, 1));
        Assert.Empty(HistoryState.Load(new MemoryStream(Saved(state))).ToHistories());
    }

    private static string SchemaOne => "63726D2E686973746F726965732E73746174650A0107302E312E302E30047765656B0D4575726F70652F4265726C696E0345555288C002010001056C6F672D31020004616E6E61042C0800C09A0C0090A10F000004626572740088C00200DEBF0200000000010004626572748AC0020100000A000080F64AE1C7022D150100046265727401E0D40300";

    private static HistoryState Small()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week, DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        builder.SetCurrency(Currency.Of("EUR"));
        builder.Add(CustomerId.Of("anna"), new(2026, 1, 5), 10);
        builder.Add(CustomerId.Of("anna"), new(2026, 1, 9), 12.5m);
        builder.AddReturn(CustomerId.Of("bert"), new(2026, 1, 9), 3);
        builder.Add(CustomerId.Of("bert"), new(2026, 2, 1), 0.00001m);
        return builder.StateThrough(new(2026, 1, 31)).WithDelivery("log-1");
    }

    private static byte[] Saved(HistoryState state)
    {
        using var stream = new MemoryStream();
        state.Save(stream);
        return stream.ToArray();
    }

    private sealed class NoZones : NodaTime.TimeZones.IDateTimeZoneSource
    {
        public string VersionId => "none";

        public IEnumerable<string> GetIds() => [];

        public DateTimeZone ForId(string id) => throw new ArgumentException("There is none.", nameof(id));

        public string? GetSystemDefaultId() => null;
    }
}
