using Crm.Core.Customers;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>For each rule a store that breaks it, and does all else as well as it can.</summary>
internal static partial class BrokenCustomerStores
{
    internal static IReadOnlyDictionary<string, Func<ICustomerStore>> ByRule { get; } = new Dictionary<string, Func<ICustomerStore>>
    {
        ["absent-is-null"] = () => new ChangedCustomerStore
        {
            Find = async (inner, id, token) => await inner.FindAsync(id, token) ?? new(Customer.Person(id), StoreVersion.Of("0")),
        },
        ["found-as-saved"] = () => ChangedCustomerStore.KeepingFacts(fact => fact is Attitude attitude ? attitude with { Strength = null } : fact),
        ["kinds-kept"] = () => ChangedCustomerStore.Keeping(customer => customer with { Kind = CustomerKind.Person }),
        ["facts-in-order"] = () => ChangedCustomerStore.Keeping(customer => customer with { Facts = [.. customer.Facts.OrderBy(fact => fact.Dates.RecordedAt)] }),
        ["customer-without-facts"] = () => new ChangedCustomerStore
        {
            Find = async (inner, id, token) => await inner.FindAsync(id, token) is { Value.Facts.Count: > 0 } stored ? stored : null,
        },
        ["saved-again-replaces"] = () => new ChangedCustomerStore { Save = MergeAsync },
        ["save-seen-at-once"] = Cached,
        ["hostile-text-exact"] = () => ChangedCustomerStore.KeepingFacts(fact =>
            fact is CustomerName name ? name with { Full = name.Full.Replace("'", "''", StringComparison.Ordinal) } : fact),
        ["long-text-whole"] = () => ChangedCustomerStore.KeepingFacts(fact =>
            fact is ConsentRecord { Wording: { } wording } consent ? consent with { Wording = Damage.Short(wording) } : fact),
        ["decimals-exact"] = () => ChangedCustomerStore.KeepingFacts(fact =>
            fact is AttributeFact { Value.Number: { } number } attribute ? attribute with { Value = AttributeValue.Of(decimal.Round(number, 4), attribute.Value.Unit) } : fact),
        ["nanoseconds-kept"] = () => ChangedCustomerStore.KeepingFacts(fact =>
            fact with { Dates = fact.Dates with { RecordedAt = Damage.Coarse(fact.Dates.RecordedAt) } }),
        ["extreme-moments-kept"] = () => ChangedCustomerStore.KeepingFacts(fact =>
            fact with { Dates = fact.Dates with { RecordedAt = Damage.Clamped(fact.Dates.RecordedAt) } }),
        ["ids-compared-ordinally"] = () => new ChangedCustomerStore
        {
            Find = async (inner, id, token) => await inner.ReadAllAsync(token).FirstOrDefaultAsync(one => Damage.IsLike(one.Value.Id.ToString(), id.ToString()), token),
        },
        ["version-is-the-one-found"] = () => new ChangedCustomerStore
        {
            Save = async (inner, changes, token) => [.. (await inner.SaveAsync(changes, token)).Select(version => StoreVersion.Of($"{version}x"))],
        },
        ["new-customer-expects-none"] = () => new ChangedCustomerStore
        {
            Save = async (inner, changes, token) => await OverwriteAsync(inner, changes, change => change.Version == StoreVersion.None, token),
        },
        ["stale-version-refused"] = () => new ChangedCustomerStore
        {
            Save = async (inner, changes, token) => await OverwriteAsync(inner, changes, change => change.Version != StoreVersion.None, token),
        },
        ["versions-never-repeat"] = () => new ChangedCustomerStore { Save = SaveByHashAsync },
        ["batch-all-or-none"] = () => new ChangedCustomerStore { Save = SaveOneByOneAsync },
        ["batch-versions-in-place"] = () => new ChangedCustomerStore
        {
            Save = async (inner, changes, token) => [.. (await inner.SaveAsync(changes, token)).Reverse()],
        },
        ["customer-twice-refused"] = () => new ChangedCustomerStore
        {
            Save = async (inner, changes, token) => await inner.SaveAsync([.. changes.DistinctBy(change => change.Value.Id)], token),
        },
        ["empty-batch-saves-nothing"] = () => new ChangedCustomerStore
        {
            Save = async (inner, changes, token) => changes.Count == 0 ? throw new InvalidOperationException("INSERT without VALUES") : await inner.SaveAsync(changes, token),
        },
        ["every-key-finds"] = () => new ChangedCustomerStore
        {
            FindByKey = async (inner, key, token) => key.ToString().StartsWith("phone:", StringComparison.Ordinal) ? [] : await inner.FindByKeyAsync(key, token),
        },
        ["unknown-key-finds-nobody"] = () => Scanning((key, asked) => key.StartsWith(asked, StringComparison.Ordinal)),
        ["shared-key-finds-all"] = () => new ChangedCustomerStore
        {
            FindByKey = async (inner, key, token) => [.. (await inner.FindByKeyAsync(key, token)).OrderBy(id => id.ToString(), StringComparer.Ordinal)],
        },
        ["keys-follow-changes"] = KeysForEver,
        ["ended-keys-find"] = () => new ChangedCustomerStore
        {
            FindByKey = async (inner, key, token) => await inner.ReadAllAsync(token)
                .Where(one => one.Value.Facts.OfType<ContactPoint>().Any(point => point.Key == key && point.Dates is { ValidUntil: null, RetractedAt: null }))
                .Select(one => one.Value.Id).ToListAsync(token),
        },
        ["keys-compared-ordinally"] = () => Scanning(Damage.IsLike),
        ["long-keys-find"] = () => Scanning((key, asked) => key[..Math.Min(255, key.Length)] == asked[..Math.Min(255, asked.Length)]),
        ["read-all-each-once"] = () => new ChangedCustomerStore { ReadAll = (inner, token) => inner.ReadAllAsync(token).Take(1_000) },
        ["read-all-while-writing"] = () => new ChangedCustomerStore { ReadAll = ReadByOffsetAsync },
        ["read-all-while-erasing"] = ErasedUnderTheReader,
        ["cancelled-changes-nothing"] = () => new ChangedCustomerStore { Save = async (inner, changes, _) => await inner.SaveAsync(changes, CancellationToken.None) },
        ["cancelled-midway-all-or-none"] = () => new ChangedCustomerStore { Save = SaveSlowlyAsync },
        ["data-name-given"] = () => new ChangedCustomerStore { DataName = " " },
        ["erased-is-gone"] = () => new ChangedCustomerStore { Erase = (inner, _, _) => Task.FromResult(Damage.Statement(inner.DataName)) },
        ["erasure-redacts-others"] = () => new ChangedCustomerStore { Erase = EraseOwnOnlyAsync },
        ["erasure-leaves-others"] = () => new ChangedCustomerStore { Erase = EraseAndRewriteAsync },
        ["erasure-stated"] = () => new ChangedCustomerStore
        {
            Erase = async (inner, id, token) => await inner.EraseAsync(id, token) with { Removed = 0 },
        },
        ["erasing-twice-is-no-error"] = () => new ChangedCustomerStore
        {
            Erase = async (inner, id, token) => await inner.FindAsync(id, token) is null ? throw new KeyNotFoundException() : await inner.EraseAsync(id, token),
        },
        ["mentions-erased-alone"] = () => new ChangedCustomerStore
        {
            Erase = async (inner, id, token) => await inner.FindAsync(id, token) is null ? Damage.Statement(inner.DataName, 0, 0) : await inner.EraseAsync(id, token),
        },
        ["saved-again-after-erasure"] = Tombstones,
        ["held-data-complete"] = () => new ChangedCustomerStore { ReadHeld = (inner, id, token) => inner.ReadHeldDataAsync(id, token).Take(1) },
        ["naming-found-by-every-fact"] = () => Naming(fact => fact is not AccountMove),
        ["naming-found-of-outsiders"] = () => new ChangedCustomerStore
        {
            // JOIN customers AS named
            FindNaming = async (inner, named, token) => await inner.FindAsync(named, token) is null && named.ToString().EndsWith("outsider", StringComparison.Ordinal)
                ? [] : await ((ICustomerReferences)inner).FindNamingAsync(named, token),
        },
        ["naming-each-once"] = () => new ChangedCustomerStore
        {
            FindNaming = async (inner, named, token) => await inner.ReadAllAsync(token)
                .SelectMany(one => one.Value.Facts.Where(fact => fact.NamedCustomer == named).Select(_ => one.Value.Id)).OrderBy(id => id).ToListAsync(token),
        },
        ["naming-in-order-of-ids"] = () => new ChangedCustomerStore
        {
            FindNaming = async (inner, named, token) => [.. (await ((ICustomerReferences)inner).FindNamingAsync(named, token)).OrderBy(id => id.ToString(), StringComparer.Ordinal)],
        },
        ["naming-though-it-holds-no-more"] = () => Naming(fact => fact.Dates.RetractedAt is null),
        ["naming-follows-changes"] = () => NamedForEver(isForgotten: true),
        ["naming-follows-erasure"] = () => NamedForEver(isForgotten: false),
        ["naming-compared-ordinally"] = () => new ChangedCustomerStore
        {
            FindNaming = async (inner, named, token) => await inner.ReadAllAsync(token)
                .Where(one => one.Value.NamedCustomers.Any(id => Damage.IsLike(id.ToString(), named.ToString())))
                .Select(one => one.Value.Id).OrderBy(id => id).ToListAsync(token),
        },
        ["no-lost-update"] = () => new ChangedCustomerStore { Save = CheckThenSaveAsync },
        ["one-newcomer-wins"] = () => new ChangedCustomerStore { Save = CheckThenSaveAsync },
        ["readers-see-whole-saves"] = () => new ChangedCustomerStore
        {
            Find = async (inner, id, token) =>
            {
                Stored<Customer>? value = await inner.FindAsync(id, token);
                await Task.Delay(1, token);
                return value is null ? null : value with { Version = (await inner.FindAsync(id, token))!.Version };
            },
        },
    };
}
