using Crm.Core.Customers;
using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>A store that does as another does, but for what is changed in it.</summary>
internal sealed class ChangedCustomerStore : ICustomerStore, ICustomerReferences
{
    internal ICustomerStore Inner { get; init; } = new InMemoryCustomerStore();

    internal Func<ICustomerStore, CustomerId, CancellationToken, Task<Stored<Customer>?>> Find { get; init; } = async (inner, id, token) => await inner.FindAsync(id, token);

    internal Func<ICustomerStore, CustomerKey, CancellationToken, Task<IReadOnlyList<CustomerId>>> FindByKey { get; init; } =
        async (inner, key, token) => await inner.FindByKeyAsync(key, token);

    internal Func<ICustomerStore, IReadOnlyList<Stored<Customer>>, CancellationToken, Task<IReadOnlyList<StoreVersion>>> Save { get; init; } =
        async (inner, changes, token) => await inner.SaveAsync(changes, token);

    internal Func<ICustomerStore, CancellationToken, IAsyncEnumerable<Stored<Customer>>> ReadAll { get; init; } = (inner, token) => inner.ReadAllAsync(token);

    internal Func<ICustomerStore, CustomerId, CancellationToken, Task<ErasureStatement>> Erase { get; init; } = async (inner, id, token) => await inner.EraseAsync(id, token);

    internal Func<ICustomerStore, CustomerId, CancellationToken, IAsyncEnumerable<HeldData>> ReadHeld { get; init; } = (inner, id, token) => inner.ReadHeldDataAsync(id, token);

    internal Func<ICustomerStore, CustomerId, CancellationToken, Task<IReadOnlyList<CustomerId>>> FindNaming { get; init; } =
        async (inner, named, token) => await ((ICustomerReferences)inner).FindNamingAsync(named, token);

    public string DataName { get; init; } = "customers";

    /// <summary>Gives a store that changes each customer before it is kept.</summary>
    internal static ChangedCustomerStore Keeping(Func<Customer, Customer> change) => new()
    {
        Save = async (inner, changes, token) => await inner.SaveAsync([.. changes.Select(one => one with { Value = change(one.Value) })], token),
    };

    /// <summary>Gives a store that changes each fact before it is kept, and leaves out what becomes null.</summary>
    internal static ChangedCustomerStore KeepingFacts(Func<CustomerFact, CustomerFact?> change) =>
        Keeping(customer => customer with { Facts = [.. customer.Facts.Select(change).OfType<CustomerFact>()] });

    public async ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken) => await Find(Inner, id, cancellationToken);

    public async ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken) => await FindByKey(Inner, key, cancellationToken);

    public async ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken) =>
        await Save(Inner, changes, cancellationToken);

    public IAsyncEnumerable<Stored<Customer>> ReadAllAsync(CancellationToken cancellationToken) => ReadAll(Inner, cancellationToken);

    public async ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => await Erase(Inner, customer, cancellationToken);

    public async ValueTask<IReadOnlyList<CustomerId>> FindNamingAsync(CustomerId named, CancellationToken cancellationToken) => await FindNaming(Inner, named, cancellationToken);

    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => ReadHeld(Inner, customer, cancellationToken);
}
