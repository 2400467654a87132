using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

// The histories of a store read day by day are those of the purchases that count, found by a plain look at everything (the oracle below).
public sealed class PurchaseReaderTests
{
    private static readonly LocalDate _first = new(2026, 1, 1);

    // Deliveries in which things are corrected before and after they come, numbers are shared, an amount is in another currency until it is corrected, and somebody is erased and
    // delivered again.
    [Fact]
    public async Task ReadNew_AnyInteractionsInAnyDeliveries_GivesTheBitsOfAllThatCount()
    {
        var cases = new List<Delivery[]>();
        FixedSeed.ForAll(Deliveries, cases.Add, 2_000);
        var (corrections, refusals, erasures) = (0, 0, 0);
        foreach (Delivery[] deliveries in cases)
        {
            var store = new InMemoryInteractionStore();
            var reader = new PurchaseReader(store, TimeUnit.Week, DateTimeZone.Utc);
            PurchasesRead? read = null;
            foreach (Delivery delivery in deliveries)
            {
                if (delivery.Erased is { } erased)
                {
                    read = await EraseAsync(store, read, erased, delivery.IsDeliveredAgain);
                    erasures++;
                }

                await AppendAsync(store, delivery.Interactions);
                List<Interaction> all = await store.ReadAppendedAsync(StorePosition.Start, CancellationToken.None).Select(stored => stored.Interaction).ToListAsync();
                LocalDate lastDay = _first.PlusDays(delivery.Day);
                corrections += all.Count(interaction => interaction.Corrects != InteractionId.None);

                // A state of nobody has no currency to go on with: CrmRefresh begins anew too.
                PurchasesRead? before = read is null || read.State.Customers == 0 ? null : Reloaded(read);
                Task<PurchasesRead?> reading = reader.ReadAsync(before, lastDay, null, CancellationToken.None);
                if (Counting(all, lastDay) is not { } expected)
                {
                    await Assert.ThrowsAsync<CurrencyMismatchException>(() => reading);
                    await Assert.ThrowsAsync<CurrencyMismatchException>(() => reader.ReadAllAsync(lastDay, null, CancellationToken.None));
                    refusals++;
                    continue; // what was read before is what the next goes on from
                }

                read = await reading;
                PurchaseHistories found = read!.State.ToHistories();
                PurchaseHistories whole = (await reader.ReadAllAsync(lastDay, null, CancellationToken.None))!.State.ToHistories();
                Assert.Equal((expected.Count, expected.Count), (found.Count, whole.Count));
                if (expected.Count > 0)
                {
                    Assert.Equal((expected.Fingerprint, expected.Fingerprint), (found.Fingerprint, whole.Fingerprint));
                }
            }
        }

        Assert.True(corrections > 1_000 && refusals > 30 && erasures > 300, $"{corrections} corrections, {refusals} refusals, {erasures} erasures: too few to say anything");
    }

    // As StoredHistories does: the one is taken out of the state, or all is read again where what the state counted as another's was given to them since.
    private static async Task<PurchasesRead?> EraseAsync(InMemoryInteractionStore store, PurchasesRead? read, CustomerId erased, bool isDeliveredAgain)
    {
        List<Interaction> all = await store.ReadAppendedAsync(StorePosition.Start, CancellationToken.None).Select(stored => stored.Interaction).ToListAsync();
        var since = read is null ? [] : await store.ReadAppendedAsync(read.ReadThrough, CancellationToken.None).Select(stored => stored.Interaction).ToListAsync();
        bool concernsOthers = since.Exists(one => one.Customer == erased && one.Corrects != InteractionId.None);
        await store.EraseAsync(erased, CancellationToken.None);
        if (isDeliveredAgain)
        {
            await AppendAsync(store, [.. all.Where(one => one.Customer == erased && one.Corrects == InteractionId.None)]);
        }

        return read is null || concernsOthers ? null : read with { State = read.State.Without([erased], CancellationToken.None) };
    }

    [Fact]
    public async Task ReadNew_OnlyPurchasesInTheOrderOfTime_ReadsNothingAgain()
    {
        var store = new InMemoryInteractionStore();
        var reader = new PurchaseReader(store, TimeUnit.Week, DateTimeZone.Utc);
        await AppendAsync(store, [Bought("a", 1, 0), Bought("b", 2, 1)]);
        PurchasesRead first = (await reader.ReadAllAsync(_first.PlusDays(1), null, CancellationToken.None))!;
        await AppendAsync(store, [Bought("c", 1, 1), Bought("d", 3, 2)]);
        PurchasesRead next = (await reader.ReadNewAsync(first, _first.PlusDays(2), null, CancellationToken.None))!;
        Assert.Equal((2, 0), (next.Interactions, next.CustomersReread));
    }

    [Fact]
    public async Task ReadAll_UntilAPositionThatIsGone_GivesNothing()
    {
        var store = new InMemoryInteractionStore();
        var reader = new PurchaseReader(store, TimeUnit.Week, DateTimeZone.Utc);
        await AppendAsync(store, [Bought("a", 1, 0), Bought("b", 2, 1)]);
        StorePosition end = (await reader.ReadAllAsync(_first, null, CancellationToken.None))!.ReadThrough;
        await AppendAsync(store, [Bought("c", 1, 1)]);
        Assert.Equal(2, (await reader.ReadAllAsync(_first, end, CancellationToken.None))!.Interactions);
        await store.EraseAsync(CustomerId.Of("2"), CancellationToken.None);
        Assert.Null(await reader.ReadAllAsync(_first, end, CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HasNews_AfterWhatWasRead_IsOfPurchasesAndCorrectionsOnly(bool isCorrection)
    {
        var store = new InMemoryInteractionStore();
        var reader = new PurchaseReader(store, TimeUnit.Week, DateTimeZone.Utc);
        await AppendAsync(store, [Bought("a", 1, 0)]);
        StorePosition end = (await reader.ReadAllAsync(_first, null, CancellationToken.None))!.ReadThrough;
        await AppendAsync(store, [Bought("n", 1, 0) with { Detail = new NoteDetail { Text = "x" } }]);
        Assert.False(await reader.HasNewsAsync(end, false, CancellationToken.None));
        await AppendAsync(store, [isCorrection ? Bought("r", 1, 0) with { Detail = new RetractionDetail(), Corrects = InteractionId.Of("a") } : Bought("p", 1, 0)]);
        Assert.True(await reader.HasNewsAsync(end, false, CancellationToken.None));
    }

    private static Interaction Bought(string id, int customer, int day) => new()
    {
        Id = InteractionId.Of(id),
        Customer = CustomerId.Of(customer + ""),
        At = (_first + LocalTime.Noon).InUtc().PlusHours(24 * day).ToInstant(),
        RecordedAt = default,
        Source = SourceId.Of("till"),
        Detail = new PurchaseDetail { Amount = Money.Of(1, Currency.Eur), Purchase = PurchaseId.Of(id) },
    };

    // What the store refuses is no part of the log: corrections of corrections, ids that come twice.
    private static async Task AppendAsync(InMemoryInteractionStore store, IReadOnlyList<Interaction> interactions)
    {
        foreach (Interaction interaction in interactions)
        {
            try
            {
                await store.AppendAsync([interaction], CancellationToken.None);
            }
            catch (InteractionConflictException)
            {
            }
        }
    }

    private static PurchasesRead Reloaded(PurchasesRead read)
    {
        var stream = new MemoryStream();
        read.State.Save(stream);
        stream.Position = 0;
        return read with { State = HistoryState.Load(stream) };
    }

    // The oracle: of each thing the last correction, or the original where there is none; then a builder fed with all of it, each purchase under an id of its own and each return naming the
    // earliest purchase of its customer that has the number. Null where what counts is in two currencies.
    private static PurchaseHistories? Counting(List<Interaction> all, LocalDate lastDay)
    {
        Interaction[] counted = [.. all.GroupBy(interaction => interaction.Original).Select(thing => thing
            .OrderBy(state => state.Corrects != InteractionId.None).ThenBy(state => state.RecordedAt).ThenBy(state => state.Id.ToString(), StringComparer.Ordinal).Last())];
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        try
        {
            foreach (Interaction one in counted)
            {
                if (one.AsPurchase() is { } purchase)
                {
                    builder.Add(purchase with { Id = PurchaseId.Of("own " + one.Id) });
                }
                else if (one.AsReturn() is { } given)
                {
                    Interaction? named = counted.Where(other => other.Customer == one.Customer && other.AsPurchase()?.Id == given.Purchase).MinBy(other => other.At);
                    builder.Add(given.Purchase == PurchaseId.None ? given : given with { Purchase = PurchaseId.Of(named is null ? "none" : "own " + named.Id) });
                }
            }
        }
        catch (CurrencyMismatchException)
        {
            return null;
        }

        return builder.Build(Window.Through(lastDay));
    }

    private static Gen<Delivery[]> Deliveries =>
        from interactions in Interactions.ListOf(14)
        from cuts in Gen.Choose(0, 14).ListOf(2)
        from days in Gen.Choose(0, 9).ListOf(3)
        from erased in Gen.Choose(0, 19).ListOf(3)
        select Cut([.. interactions], [0, .. cuts.Order(), interactions.Count], [.. days.Order()], [.. erased]);

    private static Delivery[] Cut(Interaction[] interactions, int[] cuts, int[] days, int[] erased) => [.. days.Select((day, step) =>
        new Delivery(interactions[cuts[step]..cuts[step + 1]], day, step > 0 && erased[step] is >= 1 and <= 4 ? CustomerId.Of(erased[step] + "") : null, erased[0] % 2 == 0))];

    // Few ids, so that things are corrected before and after they come, several times, and moved to others.
    private static Gen<Interaction> Interactions =>
        from id in Gen.Choose(0, 19)
        from corrects in Gen.Frequency((2, Gen.Constant(-1)), (1, Gen.Choose(0, 9)))
        from customer in Gen.Choose(1, 4)
        from day in Gen.Choose(0, 9)
        from recorded in Gen.Choose(0, 3)
        from amount in Gen.Elements(1m, 2m, 12.5m)
        from kind in Gen.Choose(0, 9)
        from number in Gen.Choose(0, 30)
        from isForeign in Gen.Frequency((25, Gen.Constant(false)), (1, Gen.Constant(true)))
        let currency = isForeign ? Currency.Usd : Currency.Eur
        select new Interaction
        {
            Id = InteractionId.Of("i" + id + (corrects < 0 ? "" : "c" + corrects)),
            Customer = CustomerId.Of(customer + ""),
            At = (_first + LocalTime.Noon).InUtc().PlusHours(24 * day).ToInstant(),
            RecordedAt = Instant.FromUnixTimeSeconds(recorded),
            Source = SourceId.Of("till"),
            Corrects = corrects < 0 ? InteractionId.None : InteractionId.Of("i" + corrects),
            Detail = kind switch
            {
                < 6 => new PurchaseDetail { Amount = Money.Of(amount, currency), Purchase = kind < 3 ? PurchaseId.Of("p" + (number < 7 ? number : corrects < 0 ? id : corrects)) : PurchaseId.None },
                < 8 => new ReturnDetail { Amount = Money.Of(amount, Currency.Eur), Purchase = kind < 7 ? PurchaseId.Of("p" + (id % 7)) : PurchaseId.None },
                8 => corrects < 0 ? new NoteDetail { Text = "x" } : new RetractionDetail(),
                _ => new NoteDetail { Text = "y" },
            },
        };

    private sealed record Delivery(IReadOnlyList<Interaction> Interactions, int Day, CustomerId? Erased, bool IsDeliveredAgain);
}
