using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>Reading everybody, and stopping.</summary>
internal static class CustomerReadRules
{
    private const int Many = 1_234;

    internal static IEnumerable<Rule<ICustomerStore>> All =>
    [
        new("read-all-each-once", "A customer left out is valued by nobody, one read twice is counted twice.", async t =>
        {
            Customer[] people = await SaveMany(t).ConfigureAwait(false);
            var found = await t.ReadMine().ConfigureAwait(false);
            Expect.Set(people.Select(person => person.Id), found.Select(stored => stored.Value.Id), "customers read");
        }),
        new("read-all-while-writing", "The nightly run reads for an hour while the shop is open.", async t =>
        {
            Customer[] people = await SaveMany(t).ConfigureAwait(false);
            var read = new List<Stored<Customer>>();
            int changed = 0;
            await foreach (Stored<Customer> stored in t.Store.ReadAllAsync(t.Token).ConfigureAwait(false))
            {
                if (!t.IsMine(stored.Value.Id))
                {
                    continue;
                }

                read.Add(stored);
                if (read.Count % 100 == 1)
                {
                    Customer other = people[(changed++ * 97) % people.Length];
                    await t.Store.UpdateAsync(other.Id, was => was!.With(CustomerName.Of("changed", t.Dates())), t.Token).ConfigureAwait(false);
                    await t.Save(t.Person(FormattableString.Invariant($"late-{changed}"))).ConfigureAwait(false);
                }
            }

            CustomerId[] ids = [.. read.Select(stored => stored.Value.Id)];
            Expect.Count(ids.Length, ids.Distinct().Count(), "different customers among those read while others are saved");
            Expect.Set(people.Select(person => person.Id), ids.Intersect(people.Select(person => person.Id)), "customers of before read while others are saved");
            foreach (Stored<Customer> stored in read.Where(one => one.Value.Facts.Count > 2))
            {
                Expect.True(stored.Value.Facts.Skip(2).All(fact => fact is CustomerName), "a customer as before or after its change", "it is in a state it never had");
            }
        }),
        new("read-all-while-erasing", "Somebody is forgotten while the nightly run reads; whoever stands behind them must not be left out for it.", async t =>
        {
            Customer[] people = await SaveMany(t).ConfigureAwait(false);
            var read = await Midway.EraseWhatWasRead(t, t.Store.ReadAllAsync, stored => stored.Value.Id).ConfigureAwait(false);
            Expect.Set(people.Select(person => person.Id), read, "customers read while some who had been read were erased");
        }),
        new("cancelled-changes-nothing", "A request that was given up must not leave a trace, nor take the time of one that was not.", async t =>
        {
            Customer ada = t.Person("ada");
            StoreVersion version = await t.Save(ada).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.FindAsync(ada.Id, token).ConfigureAwait(false), nameof(ICustomerStore.FindAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.FindByKeyAsync(t.Key("ada"), token).ConfigureAwait(false), nameof(ICustomerStore.FindByKeyAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(t.Store.ReadAllAsync, nameof(ICustomerStore.ReadAllAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadHeldDataAsync(ada.Id, token), nameof(IPersonalDataStore.ReadHeldDataAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(
                async token => await t.Store.SaveAsync([new(t.Person("bob"), StoreVersion.None), new(Customer.Person(ada.Id), version)], token).ConfigureAwait(false), nameof(ICustomerStore.SaveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.EraseAsync(ada.Id, token).ConfigureAwait(false), nameof(IPersonalDataStore.EraseAsync)).ConfigureAwait(false);
            await t.IsFound(ada, "after calls that were cancelled beforehand found").ConfigureAwait(false);
            Expect.Absent((await t.Find(t.Customer("bob")).ConfigureAwait(false))?.Value, "customer whose save was cancelled beforehand");
            Expect.Equal(version, (await t.Found(ada.Id).ConfigureAwait(false)).Version, "the version after calls that were cancelled beforehand");
        }),
        new("cancelled-midway-all-or-none", "Whom a customer's account moved to must not hang on when the browser was closed.", async t =>
        {
            static string Name(int number, int place) => FormattableString.Invariant($"m{number}-{place}");
            await Tokens.AllOrNone(
                async (number, token) => await t.Store.SaveAsync([.. Enumerable.Range(0, 5).Select(place => new Stored<Customer>(t.Person(Name(number, place)), StoreVersion.None))], token).ConfigureAwait(false),
                async number => (await t.ReadMine().ConfigureAwait(false)).Count(stored => Enumerable.Range(0, 5).Any(place => stored.Value.Id == t.Customer(Name(number, place)))),
                whole: 5).ConfigureAwait(false);
        }),
    ];

    private static async Task<Customer[]> SaveMany(Trial<ICustomerStore> t)
    {
        Customer[] people = [.. Enumerable.Range(0, Many).Select(i => t.Person(FormattableString.Invariant($"p{i}")))];
        foreach (Customer[] batch in people.Chunk(500))
        {
            await t.SaveAll([.. batch.Select(person => new Stored<Customer>(person, StoreVersion.None))]).ConfigureAwait(false);
        }

        return people;
    }
}
