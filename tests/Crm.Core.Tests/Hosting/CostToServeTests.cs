using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class CostToServeTests
{
    private static readonly Instant _start = Instant.FromUtc(2025, 1, 1, 0, 0);

    [Fact]
    public void OfAsync_AnyStory_IsTheSumOverEveryTimeline() => FixedSeed.ForAll(CustomerStories.All, story =>
    {
        var store = StoreOf(story.Interactions);
        AsOf asOf = story.AnyView();
        Instant from = story.AnyMoment();
        Instant before = from + Duration.FromHours(6 * (1 + story.Below(20)));
        CostToServe costs = Now(CostToServe.OfAsync(store, from, before, asOf));
        for (int i = 1; i <= 3; i++)
        {
            CustomerId id = CustomerId.Of($"{i}");
            Assert.Equal(
                NaiveProfile.Sums(NaiveProfile.Timeline(story.Interactions, id, asOf).Where(item => item.At >= from && item.At < before).Select(item => item.Cost).OfType<Money>()),
                costs[id]);
        }
    }, count: 400);

    [Fact]
    public async Task Of_TwoCurrencies_IsAnErrorThatNamesBoth()
    {
        CostToServe costs = await CostToServe.OfAsync(StoreOf([Cost("1", 5, Currency.Eur), Cost("1", 7, Currency.Usd), Cost("2", 1.10m, Currency.Eur), Cost("2", 2.205m, Currency.Eur)]), _start, _start + Duration.FromDays(1), AsOf.Hindsight(Instant.MaxValue));
        Assert.Equal(2, costs.Customers);
        Assert.Equal([Money.Of(5, Currency.Eur), Money.Of(7, Currency.Usd)], costs[CustomerId.Of("1")]);
        var mixed = Assert.Throws<CurrencyMismatchException>(() => costs.Of(CustomerId.Of("1"), Currency.Eur));
        Assert.Equal((Currency.Eur, Currency.Usd), (mixed.Expected, mixed.Found));
        Assert.Equal(Money.Of(3.305m, Currency.Eur), costs.Of(CustomerId.Of("2"), Currency.Eur));
        Assert.Equal(Money.Of(0, Currency.Gbp), costs.Of(CustomerId.Of("3"), Currency.Gbp));
    }

    [Fact]
    public async Task OfAsync_AWindowThatEndsBeforeItBegins_IsRefused()
    {
        var wrong = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await CostToServe.OfAsync(new InMemoryInteractionStore(), _start, _start, AsOf.At(_start)));
        Assert.Equal("before", wrong.ParamName);
    }

    [Fact]
    public async Task PerYear_OfABase_IsTheCostOfTheWindowByItsYears()
    {
        var histories = PurchaseHistories.FromColumns(
            new() { Ids = [CustomerId.Of("2"), CustomerId.Of("1"), CustomerId.Of("9")], Frequency = [0, 1, 3], Recency = [0, 2, 5], Age = [4, 6, 9], MeanSpend = [0, 5, 7] },
            new() { Unit = TimeUnit.Week, Currency = Currency.Eur });
        CostToServe costs = await CostToServe.OfAsync(StoreOf([Cost("1", 5, Currency.Eur), Cost("2", 1.5m, Currency.Eur)]), _start, _start + Duration.FromDays(730.5), AsOf.Hindsight(Instant.MaxValue));
        Assert.Equal([0.75, 2.5, 0], costs.PerYear(histories));
        CostToServe dollars = await CostToServe.OfAsync(StoreOf([Cost("1", 5, Currency.Usd)]), _start, _start + Duration.FromDays(1), AsOf.Hindsight(Instant.MaxValue));
        Assert.Throws<CurrencyMismatchException>(() => dollars.PerYear(histories));
        var several = PurchaseHistories.FromColumns(
            new() { Frequency = [0], Recency = [0], Age = [4], Customers = [2] }, new() { Unit = TimeUnit.Week });
        Assert.Equal("histories", Assert.Throws<ArgumentException>(() => costs.PerYear(several)).ParamName);
    }

    private static Interaction Cost(string customer, decimal amount, Currency currency) => new()
    {
        Id = InteractionId.Of($"{customer} {amount}"),
        Customer = CustomerId.Of(customer),
        At = _start,
        RecordedAt = _start,
        Source = SourceId.Of("s"),
        Detail = new VisitDetail(),
        Cost = Money.Of(amount, currency),
    };

    private static InMemoryInteractionStore StoreOf(IReadOnlyList<Interaction> interactions)
    {
        var store = new InMemoryInteractionStore();
        Now(store.AppendAsync(interactions, default));
        return store;
    }

    private static T Now<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
