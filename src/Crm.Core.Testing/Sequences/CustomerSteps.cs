using Crm.Core.Customers;
using Crm.Core.Testing.Rules;

namespace Crm.Core.Testing.Sequences;

using Step = SequenceStep<ICustomerStore, CustomerModel>;

/// <summary>What is done to customer stores at random.</summary>
internal static class CustomerSteps
{
    private static readonly string[] _names = ["a", "A", "b", "9", "10"];
    private static readonly string[] _keys = ["x", "X ", "y"];

    internal static Step Draw(SeededChance chance) => chance.Happens(0.15) ? Erase(chance.One(_names)) : Save(chance);

    /// <summary>Compares what is found by every id and every key, and what is read of all.</summary>
    internal static async Task CompareAsync(Scene<ICustomerStore, CustomerModel> scene)
    {
        var (t, model) = scene;
        foreach (string name in _names)
        {
            CustomerId id = Id(t, name);
            Stored<Customer>? found = await t.Find(id).ConfigureAwait(false);
            if (model.Find(id) is { } expected)
            {
                Expect.Same(expected, found?.Value, "found");
                Expect.Equal(model.Held(id), found!.Version, $"the version of {id}");
            }
            else
            {
                Expect.Absent(found, $"customer {id}");
            }

            if (t.Store is ICustomerReferences references)
            {
                Expect.Sequence(
                    [.. model.Referring(id).Order()], await references.FindNamingAsync(id, t.Token).ConfigureAwait(false), $"ids of those who name {id}");
            }

            int held = await t.Store.ReadHeldDataAsync(id, t.Token).CountAsync(t.Token).ConfigureAwait(false);
            Expect.Equal(model.Find(id) is not null || model.Naming(id).Count > 0, held > 0, $"whether anything is held on {id}");
        }

        foreach (string key in _keys)
        {
            await t.FindsByKey(Key(t, key), "a key", [.. model.ByKey(Key(t, key))]).ConfigureAwait(false);
        }

        Expect.Set(
            model.Customers.Select(customer => FormattableString.Invariant($"{customer.Id} {model.Held(customer.Id)} {customer.Facts.Count}")),
            (await t.ReadMine().ConfigureAwait(false)).Select(stored => FormattableString.Invariant($"{stored.Value.Id} {stored.Version} {stored.Value.Facts.Count}")),
            "customers read, with their versions");
    }

    private static Step Save(SeededChance chance)
    {
        var drawn = Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => (
            Name: chance.One(_names), Facts: Facts(chance), Kind: chance.One(Enum.GetValues<CustomerKind>()), Seen: chance.Happens(0.8) ? Seen.Held : chance.One(Enum.GetValues<Seen>()))).ToArray();
        if (!chance.Happens(0.1))
        {
            drawn = [.. drawn.DistinctBy(one => one.Name)];
        }

        return new($"save {string.Join(", ", drawn.Select(one => $"{one.Name} ({one.Facts.Words}) seen {one.Seen}"))}", async scene =>
        {
            var (t, model) = scene;
            Stored<Customer>[] changes = [.. drawn.Select(one => new Stored<Customer>(
                new Customer { Id = Id(t, one.Name), Kind = one.Kind, Facts = [.. one.Facts.Make(t)] }, Version(model, Id(t, one.Name), one.Seen)))];
            if (changes.DistinctBy(change => change.Value.Id).Count() < changes.Length)
            {
                await Expect.Throws<ArgumentException>(async () => await t.Store.SaveAsync(changes, t.Token).ConfigureAwait(false), "for a customer twice").ConfigureAwait(false);
            }
            else if (Array.Exists(changes, change => change.Version != model.Held(change.Value.Id)))
            {
                await Expect.Throws<ConcurrencyConflictException>(async () => await t.Store.SaveAsync(changes, t.Token).ConfigureAwait(false), "for a version that is not held").ConfigureAwait(false);
            }
            else
            {
                foreach (var (change, version) in changes.Zip(await t.SaveAll(changes).ConfigureAwait(false)))
                {
                    Expect.True(!model.Versions.Contains((change.Value.Id, version)), "a version never given before", "it was");
                    model.Put(change.Value, version);
                }
            }
        });
    }

    private static Step Erase(string name) => new($"erase {name}", async scene =>
    {
        var (t, model) = scene;
        CustomerId id = Id(t, name);
        await t.Store.EraseAsync(id, t.Token).ConfigureAwait(false);
        model.Customers.RemoveAll(customer => customer.Id == id);
        foreach (Customer other in model.Naming(id))
        {
            StoreVersion version = (await t.Found(other.Id).ConfigureAwait(false)).Version;
            Expect.True(!model.Versions.Contains((other.Id, version)), "a new version of a customer who named one that was erased", "it is an old one");
            model.Put(other with { Facts = [.. other.Facts.Where(fact => fact.NamedCustomer != id)] }, version);
        }
    });

    private static (string Words, Func<Trial<ICustomerStore>, IEnumerable<CustomerFact>> Make) Facts(SeededChance chance)
    {
        var drawn = Enumerable.Range(0, chance.Below(4)).Select(_ => (What: chance.Below(3), Key: chance.One(_keys), Other: chance.One(_names), IsRetracted: chance.Happens(0.2), RecordedAt: chance.Below(3))).ToArray();
        return (string.Join(' ', drawn.Select(one => FormattableString.Invariant(
            $"{(one.What == 0 ? $"key {one.Key}" : one.What == 1 ? $"names {one.Other}" : "name")} at {one.RecordedAt}{(one.IsRetracted ? ", retracted" : "")}"))), t => drawn.Select(one =>
        {
            FactDates dates = t.Dates() with { RecordedAt = t.After(one.RecordedAt), RetractedAt = one.IsRetracted ? t.After(9) : null };
            return one.What switch
            {
                0 => ContactPoint.Message(t.Text(one.Key) + ".", dates),
                1 => new Referral { By = Id(t, one.Other), Dates = dates },
                _ => (CustomerFact)CustomerName.Of(one.Key, dates),
            };
        }));
    }

    private static StoreVersion Version(CustomerModel model, CustomerId id, Seen seen) => seen switch
    {
        Seen.Held => model.Held(id),
        Seen.Old => model.Old(id),
        _ => StoreVersion.None,
    };

    private static CustomerId Id(Trial<ICustomerStore> t, string name) => char.IsAsciiDigit(name[0]) ? t.NumberedCustomer(name) : t.Customer(name);

    private static CustomerKey Key(Trial<ICustomerStore> t, string key) => CustomerKey.Message(t.Text(key) + ".");
}
