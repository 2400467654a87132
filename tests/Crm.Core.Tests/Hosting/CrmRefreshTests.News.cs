using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>What came in wrong, late, twice or meanwhile.</summary>
public sealed partial class CrmRefreshTests
{
    // In dollars by mistake, and corrected; and taken back and entered again under its receipt number. What does not count is wrong for nobody.
    [Fact]
    public async Task Run_AfterAMistakeThatWasCorrected_GoesOn()
    {
        await AppendAsync(_log);
        await RefreshOf().RunAsync();
        Interaction dollars = ShopLog.Purchase("dollars", "17", new(2025, 12, 30), 40);
        dollars = dollars with { Detail = new PurchaseDetail { Amount = Money.Of(40, Currency.Usd), Purchase = PurchaseId.Of("4711") } };
        Interaction taken = dollars with { Id = InteractionId.Of("taken"), Corrects = dollars.Id, Detail = new RetractionDetail() };
        Interaction again = dollars with { Id = InteractionId.Of("again"), Detail = new PurchaseDetail { Amount = Money.Of(35, Currency.Eur), Purchase = PurchaseId.Of("4711") } };
        await AppendAsync([dollars, taken, again]);
        ScoreRun next = (await RefreshOf().RunAsync()).Shown!;
        Assert.False(next.IsWhole);
        await IsWhatReadingAllGivesAsync(next);
    }

    // One purchase told by two sources under one number, on two days: the same whether all is read or what is new.
    [Fact]
    public async Task Run_WithANumberThatTwoShare_GivesWhatReadingAllGives()
    {
        await AppendAsync(_log);
        Interaction till = ShopLog.Purchase("till-1", "7", new(2025, 12, 29), 500) with { Detail = new PurchaseDetail { Amount = Money.Of(500, Currency.Eur), Purchase = PurchaseId.Of("r1") } };
        await AppendAsync([till]);
        await RefreshOf().RunAsync();
        await AppendAsync([till with { Id = InteractionId.Of("loyalty-1") }, till with { Id = InteractionId.Of("other-till"), Customer = CustomerId.Of("9"), At = till.At + Duration.FromHours(1) }]);
        await IsWhatReadingAllGivesAsync((await RefreshOf().RunAsync()).Shown!);
    }

    // Erased, whose purchase had been found to be another's; the source delivers it once more: it is counted already.
    [Fact]
    public async Task Run_AfterTheErasedWereDeliveredAgain_CountsNothingTwice()
    {
        await AppendAsync(_log);
        Interaction[] own = [ShopLog.Purchase("x-1", "x", new(2025, 12, 20), 900), ShopLog.Purchase("x-2", "x", new(2025, 12, 21), 10)];
        await AppendAsync([.. own, own[0] with { Id = InteractionId.Of("moved"), Customer = CustomerId.Of("7"), Corrects = own[0].Id }]);
        await RefreshOf().RunAsync();
        Assert.True((await new CustomerErasure(Everywhere).EraseAsync(CustomerId.Of("x"))).IsComplete);
        await AppendAsync(own);
        ScoreRun next = (await RefreshOf().RunAsync()).Shown!;
        Assert.Equal(10, (await _scores.FindAsync(next.Id, CustomerId.Of("x"), default))!.Spent);
        await IsWhatReadingAllGivesAsync(next);
    }

    // A purchase was found to be that of a newcomer, who has no score, and the newcomer erased: what is shown is no longer so.
    [Fact]
    public async Task Run_AfterTheErasureOfANewcomerWhoWasGivenAPurchase_IsNotUpToDate()
    {
        await AppendAsync([.. _log, ShopLog.Purchase("big", "7", new(2025, 12, 20), 5_000)]);
        await RefreshOf().RunAsync();
        Interaction big = ShopLog.Purchase("big", "7", new(2025, 12, 20), 5_000);
        await AppendAsync([big with { Id = InteractionId.Of("moved"), Customer = CustomerId.Of("newcomer"), Corrects = big.Id, RecordedAt = big.RecordedAt + Duration.FromDays(20) }]);
        Assert.True((await new CustomerErasure(Everywhere).EraseAsync(CustomerId.Of("newcomer"))).IsComplete);
        RefreshResult next = await RefreshOf().RunAsync();
        Assert.True(next.IsNew);
        await IsWhatReadingAllGivesAsync(next.Shown!);
    }

    [Fact]
    public async Task RemoveAsync_OfTheRunThatIsShown_LeavesNothingOfItAndShowsTheOneBefore()
    {
        await AppendAsync(Through(_november));
        ScoreRun first = (await RefreshOf().RunThroughAsync(_november)).Shown!;
        await AppendAsync(Between(_november, new(2025, 12, 31)));
        ScoreRun second = (await RefreshOf().RunAsync()).Shown!;
        await RefreshOf().RemoveAsync(second.Id);
        Assert.Equal([first.Id], (await _scores.ReadRunsAsync(default)).Select(run => run.Value.Id));
        Assert.Empty(await _models.ReadNamesAsync(second.Id, default));
        Assert.Empty(await ReadAsync(_scores, second.Id));
        await RefreshOf().RemoveAsync(second.Id);
        RefreshResult next = await RefreshOf().RunThroughAsync(_november.PlusDays(1));
        Assert.Equal(_november.PlusDays(1), next.Shown!.Through);
        await IsWhatReadingAllGivesAsync(next.Shown);
    }

    // What a contact cost is told while the purchases are read already: it is news for the next run, and is not lost.
    [Fact]
    public async Task Run_WithACostThatCameAfterThePurchasesWereRead_HasItTheNextTime()
    {
        await AppendAsync(_log);
        RefreshOptions options = Options with { CostToServeDays = 30 };
        Interaction call = ShopLog.Purchase("call", "7", new(2025, 12, 20), 1) with { Cost = Money.Of(900, Currency.Eur), Detail = new EnquiryDetail() };
        CrmRefresh refresh = new(_interactions, _scores, _models, _segments, _clock, options);
        RefreshResult first = await refresh.RunAsync(new AtStage("summing costs to serve", () => _interactions.AppendAsync([call], default).AsTask().Wait()));
        RefreshResult next = await refresh.RunAsync();
        Assert.True(next.IsNew);
        Assert.True(next.Base!.Values![CustomerId.Of("7")].Clv < first.Base!.Values![CustomerId.Of("7")].Clv - 100);
    }

    // Twice the log is read where something was corrected; between the two somebody is erased who stood last in it.
    [Fact]
    public async Task Histories_ReadBesideAnErasureOfTheLast_AreOfWhatIsLeft()
    {
        Interaction bought = ShopLog.Purchase("a", "1", new(2025, 12, 1), 10);
        Interaction last = ShopLog.Purchase("b", "2", new(2025, 12, 2), 10);
        await AppendAsync([bought, bought with { Id = InteractionId.Of("k"), Corrects = bought.Id, RecordedAt = bought.RecordedAt + Duration.FromDays(1) }, last]);
        var store = new ErasingBetweenPasses(_interactions, last.Customer);
        Assert.Equal(["1"], (await new InteractionHistories(store).ReadAsync(Window.Through(new(2025, 12, 31)), TimeUnit.Week, DateTimeZone.Utc, default)).Ids.Select(id => id.ToString()));
        Assert.True(store.HasErased);
    }

    // What is kept of corrections holds no id, and tells those it was made of from all others.
    [Fact]
    public async Task Run_WithCorrections_KeepsNoIdOfThem()
    {
        Interaction bought = ShopLog.Purchase("order-4711-of-ada", "17", new(2025, 12, 20), 40);
        await AppendAsync([.. _log, bought, bought with { Id = InteractionId.Of("correction"), Corrects = bought.Id }]);
        ScoreRun run = (await RefreshOf().RunAsync()).Shown!;
        byte[] kept = (await _models.FindAsync(run.Id, "corrected", default))!.Content.ToArray();
        Assert.Equal(16, kept.Length);
        Assert.True(CorrectedIds.Load(kept)!.Contains(bought.Id));
        Assert.False(CorrectedIds.Load(kept)!.Contains(_log[0].Id));
        Assert.Null(CorrectedIds.Load(kept.AsSpan(1)));
    }

    // A store that loses the last position each time is told so, and nobody waits for ever.
    [Fact]
    public async Task Histories_OfAStoreThatLosesItsEnd_SayWhatItDoes()
    {
        Interaction bought = ShopLog.Purchase("a", "1", new(2025, 12, 1), 10);
        await AppendAsync([bought, bought with { Id = InteractionId.Of("k"), Corrects = bought.Id, RecordedAt = bought.RecordedAt + Duration.FromDays(1) }]);
        var wrong = await Assert.ThrowsAsync<StoreContractException>(
            async () => await new InteractionHistories(new Forgetful(_interactions)).ReadAsync(Window.Through(new(2025, 12, 31)), TimeUnit.Week, DateTimeZone.Utc, default));
        Assert.Contains("lacked the last one each time", wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>A store whose every second reading ends one row too soon.</summary>
    private sealed class Forgetful(InMemoryInteractionStore inner) : IInteractionStore
    {
        private int _readings;

        public string DataName => inner.DataName;

        public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) => inner.AppendAsync(interactions, cancellationToken);

        public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken) => inner.ReadAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) => inner.ReadStatesAsync(original, cancellationToken);

        public IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken) =>
            ++_readings % 2 == 0 ? inner.ReadAppendedAsync(after, cancellationToken).Take(1) : inner.ReadAppendedAsync(after, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }

    /// <summary>A store from which somebody is erased when its log is read for the second time.</summary>
    private sealed class ErasingBetweenPasses(InMemoryInteractionStore inner, CustomerId erased) : IInteractionStore
    {
        private int _readings;

        public bool HasErased { get; private set; }

        public string DataName => inner.DataName;

        public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) => inner.AppendAsync(interactions, cancellationToken);

        public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken) => inner.ReadAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) => inner.ReadStatesAsync(original, cancellationToken);

        public async IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (++_readings == 2)
            {
                await inner.EraseAsync(erased, cancellationToken);
                HasErased = true;
            }

            await foreach (StoredInteraction stored in inner.ReadAppendedAsync(after, cancellationToken))
            {
                yield return stored;
            }
        }

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }
}
