using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Core.Customers;

namespace Crm.Core.Testing.Tests.Broken;

/// <content>The longer ways to be wrong.</content>
internal static partial class BrokenCustomerStores
{
    private static ChangedCustomerStore ErasedUnderTheReader()
    {
        var offset = new ByOffset();
        return new()
        {
            Erase = offset.EraseAsync,
            ReadAll = (inner, token) => offset.ReadAsync(inner.ReadAllAsync(token), token),
        };
    }

    private static async Task<StoreVersion> HeldAsync(ICustomerStore inner, CustomerId id, CancellationToken token) =>
        (await inner.FindAsync(id, token))?.Version ?? StoreVersion.None;

    private static async Task<IReadOnlyList<StoreVersion>> MergeAsync(ICustomerStore inner, IReadOnlyList<Stored<Customer>> changes, CancellationToken token)
    {
        var merged = new List<Stored<Customer>>();
        foreach (Stored<Customer> change in changes)
        {
            var old = (await inner.FindAsync(change.Value.Id, token))?.Value.Facts ?? [];
            merged.Add(change with { Value = change.Value with { Facts = [.. old.Concat(change.Value.Facts).Distinct()] } });
        }

        return await inner.SaveAsync(merged, token);
    }

    private static ChangedCustomerStore Cached()
    {
        var cache = new ConcurrentDictionary<CustomerId, Stored<Customer>>();
        return new()
        {
            Find = async (inner, id, token) => cache.TryGetValue(id, out var known) ? known
                : await inner.FindAsync(id, token) is { } stored ? cache.GetOrAdd(id, stored) : null,
        };
    }

    // The last one to write wins, where the condition holds.
    private static async Task<IReadOnlyList<StoreVersion>> OverwriteAsync(
        ICustomerStore inner, IReadOnlyList<Stored<Customer>> changes, Func<Stored<Customer>, bool> isForced, CancellationToken token)
    {
        var forced = new List<Stored<Customer>>();
        foreach (Stored<Customer> change in changes)
        {
            forced.Add(isForced(change) ? change with { Version = await HeldAsync(inner, change.Value.Id, token) } : change);
        }

        return await inner.SaveAsync(forced, token);
    }

    private static async Task<IReadOnlyList<StoreVersion>> SaveByHashAsync(ICustomerStore inner, IReadOnlyList<Stored<Customer>> changes, CancellationToken token)
    {
        static StoreVersion Hash(Customer customer) => StoreVersion.Of(customer.GetHashCode().ToString(CultureInfo.InvariantCulture));
        Stored<Customer> change = changes.Single();
        Stored<Customer>? found = await inner.FindAsync(change.Value.Id, token);
        StoreVersion held = found is null ? StoreVersion.None : Hash(found.Value);
        if (held != change.Version)
        {
            throw new ConcurrencyConflictException("Customer", change.Version, held);
        }

        await inner.SaveAsync([change with { Version = found?.Version ?? StoreVersion.None }], token);
        return [Hash(change.Value)];
    }

    private static async Task<IReadOnlyList<StoreVersion>> SaveOneByOneAsync(ICustomerStore inner, IReadOnlyList<Stored<Customer>> changes, CancellationToken token)
    {
        var versions = new List<StoreVersion>();
        foreach (Stored<Customer> change in changes)
        {
            versions.AddRange(await inner.SaveAsync([change], token));
        }

        return versions;
    }

    private static async Task<IReadOnlyList<StoreVersion>> SaveSlowlyAsync(ICustomerStore inner, IReadOnlyList<Stored<Customer>> changes, CancellationToken token)
    {
        var versions = new List<StoreVersion>();
        foreach (Stored<Customer> change in changes)
        {
            versions.AddRange(await inner.SaveAsync([change], token));
            await Task.Delay(1, token);
        }

        return versions;
    }

    private static async Task<IReadOnlyList<StoreVersion>> CheckThenSaveAsync(ICustomerStore inner, IReadOnlyList<Stored<Customer>> changes, CancellationToken token)
    {
        foreach (Stored<Customer> change in changes)
        {
            StoreVersion held = await HeldAsync(inner, change.Value.Id, token);
            if (held != change.Version)
            {
                throw new ConcurrencyConflictException("Customer", change.Version, held);
            }
        }

        // Where another writer comes between.
        await Task.Delay(1, token);
        while (true)
        {
            try
            {
                return await OverwriteAsync(inner, changes, _ => true, token);
            }
            catch (ConcurrencyConflictException)
            {
                await Task.Yield();
            }
        }
    }

    private static ChangedCustomerStore Scanning(Func<string, string, bool> isFound) => new()
    {
        FindByKey = async (inner, key, token) => await inner.ReadAllAsync(token)
            .Where(one => one.Value.Keys.Any(known => isFound(known.ToString(), key.ToString())))
            .Select(one => one.Value.Id).OrderBy(id => id).ToListAsync(token),
    };

    private static ChangedCustomerStore KeysForEver()
    {
        var index = new ConcurrentDictionary<CustomerKey, ConcurrentDictionary<CustomerId, bool>>();
        return new()
        {
            Save = async (inner, changes, token) =>
            {
                foreach (Stored<Customer> change in changes)
                {
                    foreach (CustomerKey key in change.Value.Keys)
                    {
                        index.GetOrAdd(key, _ => new())[change.Value.Id] = true;
                    }
                }

                return await inner.SaveAsync(changes, token);
            },
            FindByKey = (_, key, _) => Task.FromResult<IReadOnlyList<CustomerId>>(index.TryGetValue(key, out var ids) ? [.. ids.Keys.Order()] : []),
        };
    }

    private static ChangedCustomerStore Naming(Func<CustomerFact, bool> isLookedAt) => new()
    {
        FindNaming = async (inner, named, token) => await inner.ReadAllAsync(token)
            .Where(one => one.Value.Facts.Any(fact => fact.NamedCustomer == named && isLookedAt(fact)))
            .Select(one => one.Value.Id).OrderBy(id => id).ToListAsync(token),
    };

    // Pairs are added with every save; those of before stay, or go with an erasure only, or go with a save only.
    private static ChangedCustomerStore NamedForEver(bool isForgotten)
    {
        var pairs = new ConcurrentDictionary<(CustomerId Named, CustomerId By), bool>();
        void Drop(Func<(CustomerId Named, CustomerId By), bool> which) => pairs.Keys.Where(which).ToList().ForEach(pair => pairs.TryRemove(pair, out _));
        return new()
        {
            Save = async (inner, changes, token) =>
            {
                var versions = await inner.SaveAsync(changes, token);
                foreach (Customer saved in changes.Select(change => change.Value))
                {
                    Drop(pair => !isForgotten && pair.By == saved.Id);
                    saved.NamedCustomers.ToList().ForEach(named => pairs[(named, saved.Id)] = true);
                }

                return versions;
            },
            Erase = async (inner, id, token) =>
            {
                ErasureStatement statement = await inner.EraseAsync(id, token);
                Drop(pair => isForgotten && (pair.By == id || pair.Named == id));
                return statement;
            },
            FindNaming = (_, named, _) => Task.FromResult<IReadOnlyList<CustomerId>>([.. pairs.Keys.Where(pair => pair.Named == named).Select(pair => pair.By).Order()]),
        };
    }

    // In the order of the last change: who is saved while others are read moves to the end, and everybody after them forward by one.
    private static async IAsyncEnumerable<Stored<Customer>> ReadByOffsetAsync(ICustomerStore inner, [EnumeratorCancellation] CancellationToken token)
    {
        for (int offset = 0; ; offset += 100)
        {
            var all = await inner.ReadAllAsync(token).ToListAsync(token);
            Stored<Customer>[] page = [.. all.OrderBy(one => long.Parse(one.Version.ToString(), CultureInfo.InvariantCulture)).Skip(offset).Take(100)];
            foreach (Stored<Customer> one in page)
            {
                yield return one;
            }

            if (page.Length == 0)
            {
                yield break;
            }
        }
    }

    private static async Task<ErasureStatement> EraseOwnOnlyAsync(ICustomerStore inner, CustomerId id, CancellationToken token)
    {
        var others = await inner.ReadAllAsync(token).Where(one => one.Value.Id != id && one.Value.NamedCustomers.Contains(id)).ToListAsync(token);
        ErasureStatement statement = await inner.EraseAsync(id, token);
        foreach (Stored<Customer> other in others)
        {
            await OverwriteAsync(inner, [other], _ => true, token);
        }

        return statement;
    }

    private static async Task<ErasureStatement> EraseAndRewriteAsync(ICustomerStore inner, CustomerId id, CancellationToken token)
    {
        ErasureStatement statement = await inner.EraseAsync(id, token);
        await inner.SaveAsync(await inner.ReadAllAsync(token).ToListAsync(token), token);
        return statement;
    }

    private static ChangedCustomerStore Tombstones()
    {
        var erased = new ConcurrentDictionary<CustomerId, bool>();
        return new()
        {
            Erase = async (inner, id, token) =>
            {
                erased[id] = true;
                return await inner.EraseAsync(id, token);
            },
            Save = async (inner, changes, token) => changes.Any(change => erased.ContainsKey(change.Value.Id))
                ? throw new InvalidOperationException("This customer was erased.") : await inner.SaveAsync(changes, token),
        };
    }
}
