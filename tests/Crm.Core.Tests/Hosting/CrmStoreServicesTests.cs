using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class CrmStoreServicesTests
{
    private static readonly ServiceProviderOptions _strict = new() { ValidateScopes = true, ValidateOnBuild = true };

    public static TheoryData<Type> Services => [.. new ServiceCollection().AddCrmCore()
        .Where(service => service.Lifetime == ServiceLifetime.Scoped).Select(service => service.ServiceType)];

    [Fact]
    public async Task Start_OfAHostWithoutStores_NamesEveryCallToAdd()
    {
        await using ServiceProvider provider = new ServiceCollection().AddCrmCore().BuildServiceProvider(_strict);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(provider));
        Assert.Contains("No ICustomerStore is registered: call AddCustomerStore<T>()", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("No IInteractionStore is registered: call AddInteractionStore<T>()", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("UseInMemoryStores()", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AddSingleton<IClock>(SystemClock.Instance)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AddCrmCalculators()", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAHostThatLacksOneStore_NamesThatOne()
    {
        await using ServiceProvider provider = Clocked().AddCrmCore().AddCustomerStore<InMemoryCustomerStore>().BuildServiceProvider(_strict);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(provider));
        Assert.StartsWith("No IInteractionStore is registered: call AddInteractionStore<T>()", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ICustomerStore", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("IClock", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Resolve_AServiceWithoutAHost_NamesTheCallToAdd(Type service)
    {
        using ServiceProvider provider = Clocked().AddCrmCore().BuildServiceProvider(_strict);
        using IServiceScope scope = provider.CreateScope();
        var refusal = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetService(service));
        Assert.Matches(@"^No I\w+Store is registered: call (Add\w+Store|AddCustomerStore)<T>\(\) with your store, or UseInMemoryStores\(\)", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Resolve_AServiceOverStores_Works(Type service)
    {
        await using ServiceProvider inMemory = Clocked().AddCrmCore().UseInMemoryStores().BuildServiceProvider(_strict);
        await StartAsync(inMemory);
        using IServiceScope scope = inMemory.CreateScope();
        Assert.NotNull(scope.ServiceProvider.GetService(service));
        await using ServiceProvider scoped = Clocked().AddCrmCore().AddCustomerStore<InMemoryCustomerStore>().AddInteractionStore<InMemoryInteractionStore>()
            .AddScoreStore<InMemoryScoreStore>().AddModelStore<InMemoryModelStore>().BuildServiceProvider(_strict);
        await StartAsync(scoped);
        using IServiceScope one = scoped.CreateScope();
        Assert.NotNull(one.ServiceProvider.GetService(service));
    }

    [Fact]
    public void AddCustomerStore_Scoped_IsOneObjectAScopeUnderAllItsNames()
    {
        using ServiceProvider provider = new ServiceCollection().AddCustomerStore<InMemoryCustomerStore>().AddInteractionStore<InMemoryInteractionStore>()
            .AddSegmentStore<InMemorySegmentStore>().BuildServiceProvider(_strict);
        using IServiceScope one = provider.CreateScope();
        using IServiceScope two = provider.CreateScope();
        var store = one.ServiceProvider.GetRequiredService<InMemoryCustomerStore>();
        Assert.Same(store, one.ServiceProvider.GetRequiredService<ICustomerStore>());
        Assert.Same(store, one.ServiceProvider.GetRequiredService<ICustomerReferences>());
        Assert.Same(store, Assert.Single(one.ServiceProvider.GetServices<IPersonalDataStore>(), each => each.DataName == "customers"));
        Assert.Equal(["customers", "interactions", "segments"], one.ServiceProvider.GetServices<IPersonalDataStore>().Select(each => each.DataName));
        Assert.NotSame(store, two.ServiceProvider.GetRequiredService<ICustomerStore>());
    }

    [Fact]
    public void AddStores_OneClassThatIsSeveral_IsErasedFromOnce()
    {
        using ServiceProvider provider = new ServiceCollection().AddCustomerStore<Everything>().AddSegmentStore<Everything>().AddCustomerStore<Everything>()
            .AddPersonalDataStore<Everything>().BuildServiceProvider(_strict);
        using IServiceScope scope = provider.CreateScope();
        var store = Assert.Single(scope.ServiceProvider.GetServices<IPersonalDataStore>());
        Assert.Same(store, scope.ServiceProvider.GetRequiredService<ICustomerStore>());
        Assert.Same(store, scope.ServiceProvider.GetRequiredService<ISegmentStore>());
        Assert.Null(scope.ServiceProvider.GetService<ICustomerReferences>());
    }

    [Fact]
    public void AddCustomerStore_ASecondOne_IsRefused()
    {
        IServiceCollection services = new ServiceCollection().UseInMemoryStores();
        var refusal = Assert.Throws<InvalidOperationException>(() => services.AddCustomerStore<Everything>());
        Assert.StartsWith("Another ICustomerStore is registered already.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(services, service => service.ServiceType == typeof(Everything));
    }

    [Fact]
    public void UseInMemoryStores_BesideAStoreOfTheHost_KeepsTheRest()
    {
        using ServiceProvider provider = new ServiceCollection().AddCustomerStore<Everything>().UseInMemoryStores().UseInMemoryStores().BuildServiceProvider(_strict);
        using IServiceScope scope = provider.CreateScope();
        Assert.IsType<Everything>(scope.ServiceProvider.GetRequiredService<ICustomerStore>());
        Assert.IsType<InMemorySegmentStore>(scope.ServiceProvider.GetRequiredService<ISegmentStore>());
        Assert.Same(provider.GetRequiredService<IInteractionStore>(), scope.ServiceProvider.GetRequiredService<IInteractionStore>());
        Assert.Equal(4, scope.ServiceProvider.GetServices<IPersonalDataStore>().Count());
    }

    [Fact]
    public void Members_OfNull_AreRefused()
    {
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmStoreServices.AddCustomerStore<InMemoryCustomerStore>(null!)).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmStoreServices.AddInteractionStore<InMemoryInteractionStore>(null!)).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmStoreServices.AddSegmentStore<InMemorySegmentStore>(null!)).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmStoreServices.AddPersonalDataStore<InMemorySegmentStore>(null!)).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmStoreServices.UseInMemoryStores(null!)).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => CrmCoreServices.AddCrmCalculators(null!)).ParamName);
    }

    private static ServiceCollection Clocked()
    {
        var services = new ServiceCollection();
        services.TryAddSingleton<IClock>(new StillClock(CustomerStories.Start));
        services.TryAddSingleton(IntakeSchema.Of());
        return services;
    }

    private static async Task StartAsync(IServiceProvider provider)
    {
        foreach (IHostedService service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
            await service.StopAsync(default);
        }
    }

    /// <summary>A database that is several stores in one class.</summary>
    private sealed class Everything : ICustomerStore, ISegmentStore
    {
        private readonly InMemoryCustomerStore _customers = new();
        private readonly InMemorySegmentStore _segments = new();

        public string DataName => "everything";

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => _customers.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => _customers.ReadHeldDataAsync(customer, cancellationToken);

        public ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken) => _customers.FindAsync(id, cancellationToken);

        public ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken) => _customers.FindByKeyAsync(key, cancellationToken);

        public ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken) => _customers.SaveAsync(changes, cancellationToken);

        public IAsyncEnumerable<Stored<Customer>> ReadAllAsync(CancellationToken cancellationToken) => _customers.ReadAllAsync(cancellationToken);

        public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken) => _segments.SaveAsync(segment, cancellationToken);

        public IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) => _segments.ReadSegmentsAsync(cancellationToken);

        public ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken) => _segments.MoveAsync(moves, cancellationToken);

        public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) => _segments.ReadMovesAsync(customer, cancellationToken);

        public IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) => _segments.ReadMembersAsync(segment, asOf, cancellationToken);
    }
}
