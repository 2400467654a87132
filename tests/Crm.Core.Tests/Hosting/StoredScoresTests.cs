using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class StoredScoresTests
{
    // Half past noon of the 10th in UTC is the 11th in Auckland.
    [Theory]
    [InlineData("UTC", 10, 23, 59, false)]
    [InlineData("UTC", 11, 0, 0, true)]
    [InlineData("Pacific/Auckland", 10, 12, 30, true)]
    [InlineData("Pacific/Auckland", 10, 10, 30, false)]
    public async Task Find_InHindsight_TakesNoRunOfALaterDayOfItsZone(string zone, int day, int hour, int minute, bool isFound)
    {
        var scores = new InMemoryScoreStore();
        var run = new ScoreRun { Id = RunId.Of("1"), Through = new(2026, 1, 11), Zone = zone, StartedAt = Instant.FromUtc(2026, 1, 12, 1, 0), PublishedAt = Instant.FromUtc(2026, 1, 12, 2, 0) };
        await scores.SaveAsync(
            new(run, StoreVersion.None),
            [new() { Customer = CustomerId.Of("1"), Occasions = 1, LastPurchase = run.Through, Spent = 5, ProbabilityAlive = 0.5, Value = 1, Tier = Tier.Top }],
            default);
        ScoreAnswer answer = await new StoredScores(scores).FindAsync(CustomerId.Of("1"), AsOf.Hindsight(Instant.FromUtc(2026, 1, day, hour, minute)), default);
        Assert.Equal(isFound, answer.Score is not null);
        Assert.NotNull((await new StoredScores(scores).FindAsync(CustomerId.Of("1"), AsOf.Hindsight(Instant.MaxValue), default)).Score);
        Assert.Null((await new StoredScores(scores).FindAsync(CustomerId.Of("1"), AsOf.Hindsight(Instant.MinValue), default)).Score);
    }

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
            await scores.SaveAsync(
                new(run, StoreVersion.None),
                [new() { Customer = customer, Occasions = 1, LastPurchase = run.Through, Spent = 5, ProbabilityAlive = 0.5, Value = value, ValueLow = 1, ValueHigh = 99, Tier = Tier.Top }],
                CancellationToken.None);
        }

        var source = new StoredScores(scores);
        const string early = "The point of view lies before the oldest run that is kept, which goes through 2026-01-01 and has been known since 2026-01-01T23:30:00Z. Older ones were removed, or there were none.";
        Assert.Equal(ScoreAnswer.Without(ScoreAbsence.BeforeKeptRuns, early), await source.FindAsync(customer, AsOf.At(Instant.FromUtc(2026, 1, 1, 23, 29)), CancellationToken.None));
        ProfileScore first = (await source.FindAsync(customer, AsOf.At(Instant.FromUtc(2026, 1, 1, 23, 30)), CancellationToken.None)).Score!;
        Assert.Equal((10, 0.9, Currency.Eur, Tier.Top, new LocalDate(2026, 1, 1)), (first.Value, first.EstimateLevel, first.Currency, first.Tier, first.Through));
        Assert.Equal(20, (await source.FindAsync(customer, AsOf.Hindsight(Instant.FromUtc(2026, 1, 5, 0, 0)), CancellationToken.None)).Score!.Value);
        Assert.Equal(ScoreAbsence.BeforeKeptRuns, (await source.FindAsync(customer, AsOf.Hindsight(Instant.FromUtc(2025, 12, 1, 0, 0)), CancellationToken.None)).Absence); // later runs tell nothing of then
        Assert.Equal(
            ScoreAnswer.Without(ScoreAbsence.NotOfTheRun, "The run through 2026-01-02 has no score of the customer: no purchase by then, or erased since."),
            await source.FindAsync(CustomerId.Of("2"), AsOf.Hindsight(Instant.MaxValue), CancellationToken.None));

        // What is kept no more is said to be before all that is kept, not to have never been.
        await scores.RemoveAsync(RunId.Of("1"), CancellationToken.None);
        ScoreAnswer gone = await source.FindAsync(customer, AsOf.At(Instant.FromUtc(2026, 1, 1, 23, 30)), CancellationToken.None);
        Assert.Equal((null, ScoreAbsence.BeforeKeptRuns), (gone.Score, gone.Absence));
        Assert.Contains("goes through 2026-01-02", gone.ToString(), StringComparison.Ordinal);
        await scores.RemoveAsync(RunId.Of("2"), CancellationToken.None);
        Assert.Equal(ScoreAbsence.NoRun, (await source.FindAsync(customer, AsOf.Hindsight(Instant.MaxValue), CancellationToken.None)).Absence);
    }

    // A refresh removes the run a view has just been given: it is not said of the customer that the run had no score of theirs.
    [Fact]
    public async Task Find_WhileTheRunIsRemoved_SaysThatItIsKeptNoMore()
    {
        var scores = new InMemoryScoreStore();
        foreach (int day in (int[])[1, 2])
        {
            await scores.SaveAsync(
                new(new() { Id = RunId.Of(day + ""), Through = new(2026, 1, day), StartedAt = Instant.FromUtc(2026, 1, day, 23, 0), PublishedAt = Instant.FromUtc(2026, 1, day, 23, 30) }, StoreVersion.None),
                day == 1 ? [new() { Customer = CustomerId.Of("1"), Occasions = 1, LastPurchase = new(2026, 1, 1), Spent = 5, ProbabilityAlive = 0.5, Value = 9, Tier = Tier.Top }] : [],
                CancellationToken.None);
        }

        var removing = new RemovedMeanwhile(scores);
        ScoreAnswer answer = await new StoredScores(removing).FindAsync(CustomerId.Of("1"), AsOf.At(Instant.FromUtc(2026, 1, 1, 23, 30)), CancellationToken.None);
        Assert.Equal(ScoreAbsence.BeforeKeptRuns, answer.Absence);
    }

    [Fact]
    public void Answer_WithoutAReason_IsRefused()
    {
        Assert.Equal("absence", Assert.Throws<ArgumentException>(() => ScoreAnswer.Without(ScoreAbsence.None, "why")).ParamName);
        Assert.Equal("why", Assert.Throws<ArgumentException>(() => ScoreAnswer.Without(ScoreAbsence.NoRun, "")).ParamName);
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
        ProfileScore shown = (await scope.ServiceProvider.GetRequiredService<IScoreSource>().FindAsync(CustomerId.Of("7"), AsOf.Hindsight(Instant.MaxValue), CancellationToken.None)).Score!;
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

    /// <summary>A store from which the run is removed just before a score of it is looked for.</summary>
    private sealed class RemovedMeanwhile(IScoreStore inner) : IScoreStore
    {
        public string DataName => inner.DataName;

        public async ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken)
        {
            await inner.RemoveAsync(run, cancellationToken);
            return await inner.FindAsync(run, customer, cancellationToken);
        }

        public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken) => inner.ReadRunsAsync(cancellationToken);

        public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken) => inner.SaveAsync(run, scores, cancellationToken);

        public IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken) => inner.ReadAllAsync(run, cancellationToken);

        public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => inner.RemoveAsync(run, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }
}
