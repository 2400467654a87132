using System.Runtime.CompilerServices;
using Crm.Core.Customers;

namespace Crm.Core.Hosting;

/// <summary>Customers in memory: the reference every other store is compared with, and enough for tests and samples.</summary>
/// <remarks>Nothing outlives the process. Thread-safe; reads see a state between two saves and wait for no one.</remarks>
public sealed class InMemoryCustomerStore : ICustomerStore, ICustomerReferences
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CustomerId, Stored<Customer>> _customers = [];
    private readonly Dictionary<CustomerKey, SortedSet<CustomerId>> _byKey = [];

    // Who names whom, so that an erasure need not look at everybody.
    private readonly Dictionary<CustomerId, HashSet<CustomerId>> _namedBy = [];
    private long _version;

    /// <inheritdoc/>
    public string DataName => "customers";

    /// <inheritdoc/>
    public ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(_customers.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(_byKey.TryGetValue(key, out var ids) ? ValueList<CustomerId>.Of(ids.ToArray(), nameof(key)) : ValueList<CustomerId>.None);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CustomerId>> FindNamingAsync(CustomerId named, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(_namedBy.TryGetValue(named, out var ids) ? ValueList<CustomerId>.Of(ids.Order().ToArray(), nameof(named)) : ValueList<CustomerId>.None);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken)
    {
        var all = ValueList<Stored<Customer>>.Of(changes, nameof(changes));
        cancellationToken.ThrowIfCancellationRequested();
        if (all.DistinctBy(change => change.Value.Id).Count() < all.Count)
        {
            throw new ArgumentException("A customer stands twice in the changes. Give each once.", nameof(changes));
        }

        lock (_gate)
        {
            foreach (Stored<Customer> change in all)
            {
                StoreVersion found = _customers.GetValueOrDefault(change.Value.Id)?.Version ?? StoreVersion.None;
                if (found != change.Version)
                {
                    throw new ConcurrencyConflictException($"Customer {change.Value.Id}", change.Version, found);
                }
            }

            return new(ValueList<StoreVersion>.Of(all.Select(change => Put(change.Value)).ToArray(), nameof(changes)));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Stored<Customer>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        Stored<Customer>[] all;
        lock (_gate)
        {
            all = [.. _customers.Values];
        }

        foreach (Stored<Customer> customer in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return customer;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            int removed = Take(customer) is null ? 0 : 1;
            CustomerId[] others = _namedBy.TryGetValue(customer, out var names) ? [.. names] : [];
            foreach (CustomerId other in others)
            {
                Put(_customers[other].Value.WithoutMentionOf(customer));
            }

            return new(new ErasureStatement { Store = DataName, Removed = removed, Redacted = others.Length });
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        HeldData[] held;
        lock (_gate)
        {
            var own = _customers.GetValueOrDefault(customer);
            var others = _namedBy.TryGetValue(customer, out var names) ? names.Select(id => _customers[id].Value) : [];

            // Of others only what names the person is theirs to see.
            held =
            [
                .. own is null ? [] : (IEnumerable<HeldData>)[new("customer", CustomerJson.Write(own.Value))],
                .. others.Select(other => new HeldData("named by another customer", CustomerJson.Write(other with { Facts = [.. other.Facts.Where(fact => fact.NamedCustomer == customer)] }))),
            ];
        }

        foreach (HeldData item in held)
        {
            yield return item;
        }
    }

    private StoreVersion Put(Customer customer)
    {
        Take(customer.Id);
        var version = StoreVersion.Of(FormattableString.Invariant($"{++_version}"));
        _customers.Add(customer.Id, new(customer, version));
        foreach (CustomerKey key in customer.Keys)
        {
            Add(_byKey, key, customer.Id);
        }

        foreach (CustomerId other in customer.NamedCustomers)
        {
            Add(_namedBy, other, customer.Id);
        }

        return version;
    }

    private Stored<Customer>? Take(CustomerId id)
    {
        if (!_customers.Remove(id, out Stored<Customer>? stored))
        {
            return null;
        }

        foreach (CustomerKey key in stored.Value.Keys)
        {
            Remove(_byKey, key, id);
        }

        foreach (CustomerId other in stored.Value.NamedCustomers)
        {
            Remove(_namedBy, other, id);
        }

        return stored;
    }

    private static void Add<TKey, TSet>(Dictionary<TKey, TSet> index, TKey key, CustomerId id)
        where TKey : notnull
        where TSet : class, ISet<CustomerId>, new()
    {
        if (!index.TryGetValue(key, out TSet? ids))
        {
            index.Add(key, ids = new());
        }

        ids.Add(id);
    }

    private static void Remove<TKey, TSet>(Dictionary<TKey, TSet> index, TKey key, CustomerId id)
        where TKey : notnull
        where TSet : class, ISet<CustomerId>, new()
    {
        if (index[key].Remove(id) && index[key].Count == 0)
        {
            index.Remove(key);
        }
    }
}
