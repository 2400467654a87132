using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class StoredScoresTests
{
    [Fact]
    public async Task Find_FromAPastMoment_GivesTheScoreThatWasShownThen()
    {
        var (scores, customer) = (new InMemoryScoreStore(), CustomerId.Of("1"));
        foreach (var (day, value, published) in ((int, double, bool)[])[(1, 10, true), (2, 20, true), (3, 30, false)])
        {
            var run = new ScoreRun
            {
                Id = RunId.Of(day + ""),
                Through = new(2026, 1, day),
                StartedAt = Instant.FromUtc(2026, 1, day, 23, 0),
                Level = 0.9,
                Currency = Currency.Eur,
                PublishedAt = published ? Instant.FromUtc(2026, 1, day, 23, 30) : null,
            };
            await scores.WriteAsync(run.Id, [new() { Customer = customer, Occasions = 1, LastPurchase = run.Through, Spent = 5, ProbabilityAlive = 0.5, Value = value, ValueLow = 1, ValueHigh = 99, Tier = Tier.Top }], CancellationToken.None);
            await scores.SaveAsync(new(run, StoreVersion.None), CancellationToken.None);
        }

        var source = new StoredScores(scores);
        Assert.Null(await source.FindAsync(customer, AsOf.At(Instant.FromUtc(2026, 1, 1, 23, 29)), CancellationToken.None));
        ProfileScore first = (await source.FindAsync(customer, AsOf.At(Instant.FromUtc(2026, 1, 1, 23, 30)), CancellationToken.None))!;
        Assert.Equal((10, 0.9, Currency.Eur, Tier.Top, new LocalDate(2026, 1, 1)), (first.Value, first.EstimateLevel, first.Currency, first.Tier, first.Through));
        Assert.Equal(20, (await source.FindAsync(customer, AsOf.Hindsight(Instant.FromUtc(2026, 1, 5, 0, 0)), CancellationToken.None))!.Value);
        Assert.Null(await source.FindAsync(customer, AsOf.Hindsight(Instant.FromUtc(2025, 12, 1, 0, 0)), CancellationToken.None)); // later runs tell nothing of then
        Assert.Null(await source.FindAsync(CustomerId.Of("2"), AsOf.Hindsight(Instant.MaxValue), CancellationToken.None));
    }

    // The whole house as a host registers it: from the till to the score on the screen.
    [Fact]
    public async Task Profile_AfterARefreshOfAHost_ShowsValueAndTier()
    {
        using ServiceProvider provider = new ServiceCollection().AddCrmCore(new() { Models = ["mbg-nbd"] }).UseInMemoryStores()
            .AddSingleton<IClock>(new SetClock(Instant.FromUtc(2026, 1, 1, 3, 0)))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        using IServiceScope scope = provider.CreateScope();
        await provider.GetRequiredService<IInteractionStore>().AppendAsync(ShopLog.Purchases(300), CancellationToken.None);
        RefreshResult result = await scope.ServiceProvider.GetRequiredService<CrmRefresh>().RunAsync();
        CustomerScore expected = (await provider.GetRequiredService<IScoreStore>().FindAsync(result.Shown!.Id, CustomerId.Of("7"), CancellationToken.None))!;
        ProfileScore shown = (await scope.ServiceProvider.GetRequiredService<IScoreSource>().FindAsync(CustomerId.Of("7"), AsOf.Hindsight(Instant.MaxValue), CancellationToken.None))!;
        Assert.Equal((expected.Value, expected.Tier), (shown.Value, shown.Tier));
        Assert.Equal(4, provider.CreateScope().ServiceProvider.GetServices<IPersonalDataStore>().Select(store => store.DataName).Distinct().Count());
    }

    // Registered by hand, not by our calls: erasure reaches it all the same.
    [Fact]
    public async Task Erase_OfStoresRegisteredByHand_ReachesThem()
    {
        var interactions = new InMemoryInteractionStore();
        using ServiceProvider provider = new ServiceCollection().AddCrmCore().AddSingleton<IClock>(SystemClock.Instance)
            .AddSingleton<Crm.Core.Customers.ICustomerStore>(new InMemoryCustomerStore()).AddSingleton<IInteractionStore>(interactions).BuildServiceProvider();
        await interactions.AppendAsync(ShopLog.Purchases(3), CancellationToken.None);
        using IServiceScope scope = provider.CreateScope();
        ErasureReport report = await scope.ServiceProvider.GetRequiredService<CustomerErasure>().EraseAsync(CustomerId.Of("1"), CancellationToken.None);
        Assert.Equal(2, report.Stores.Count);
        Assert.Empty((await interactions.ReadAsync(new() { Customer = CustomerId.Of("1"), AsOf = AsOf.Hindsight(Instant.MaxValue) }, CancellationToken.None)).Items);
    }

    [Fact]
    public void Refresh_WithoutAStoreForScores_NamesTheCallToAdd()
    {
        using ServiceProvider provider = new ServiceCollection().AddCrmCore()
            .AddSingleton<IClock>(SystemClock.Instance).AddInteractionStore<InMemoryInteractionStore>().BuildServiceProvider();
        using IServiceScope scope = provider.CreateScope();
        Assert.Contains("AddScoreStore<T>()", Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<CrmRefresh>()).Message, StringComparison.Ordinal);
    }
}
