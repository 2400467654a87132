using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What the rules of customer stores do with a store.</summary>
internal static class CustomerTrials
{
    internal static FactDates Dates<TStore>(this Trial<TStore> trial) => FactDates.Of(trial.Source, trial.Noon);

    /// <summary>Gives a person with a name and an address, by which they are found.</summary>
    internal static Customer Person(this Trial<ICustomerStore> trial, string name) =>
        Customer.Person(trial.Customer(name)).With(CustomerName.Of(name, trial.Dates()), ContactPoint.Email(trial.Address(name), trial.Dates()));

    internal static string Address<TStore>(this Trial<TStore> trial, string name) => $"{trial.Text(name)}@example.org";

    internal static CustomerKey Key<TStore>(this Trial<TStore> trial, string name) => CustomerKey.Email(trial.Address(name));

    internal static async Task<StoreVersion> Save(this Trial<ICustomerStore> trial, Customer customer, StoreVersion seen = default) =>
        (await trial.SaveAll(new Stored<Customer>(customer, seen)).ConfigureAwait(false))[0];

    internal static async Task<IReadOnlyList<StoreVersion>> SaveAll(this Trial<ICustomerStore> trial, params Stored<Customer>[] changes)
    {
        var versions = await trial.Store.SaveAsync(changes, trial.Token).ConfigureAwait(false);
        Expect.Count(changes.Length, versions.Count, "versions, one for each change");
        Expect.True(!versions.Contains(StoreVersion.None), "a version of what was saved", "it is none");
        return versions;
    }

    internal static async Task<Stored<Customer>?> Find(this Trial<ICustomerStore> trial, CustomerId id) => await trial.Store.FindAsync(id, trial.Token).ConfigureAwait(false);

    internal static async Task<Stored<Customer>> Found(this Trial<ICustomerStore> trial, CustomerId id) =>
        await trial.Find(id).ConfigureAwait(false) ?? throw new BrokenPromise($"customer {id}, which was saved, to be found", "there is none");

    /// <summary>That a customer is found as it was saved, in both ways it can be read.</summary>
    internal static async Task IsFound(this Trial<ICustomerStore> trial, Customer customer, string when = "found")
    {
        Expect.Same(customer, (await trial.Find(customer.Id).ConfigureAwait(false))?.Value, when);
        Expect.Same(customer, (await trial.ReadMine().ConfigureAwait(false)).Find(stored => stored.Value.Id == customer.Id)?.Value, when + " in all that is read");
    }

    internal static async Task<List<Stored<Customer>>> ReadMine(this Trial<ICustomerStore> trial) =>
        await trial.Store.ReadAllAsync(trial.Token).Where(stored => trial.IsMine(stored.Value.Id)).ToListAsync(trial.Token).ConfigureAwait(false);

    internal static async Task FindsByKey(this Trial<ICustomerStore> trial, CustomerKey key, string what, params CustomerId[] expected) =>
        Expect.Sequence(expected, await trial.Store.FindByKeyAsync(key, trial.Token).ConfigureAwait(false), $"ids found by {what}");

    internal static async Task IsConflict(this Trial<ICustomerStore> trial, StoreVersion seen, StoreVersion held, params Stored<Customer>[] changes)
    {
        var conflict = await Expect.Throws<ConcurrencyConflictException>(
            async () => await trial.Store.SaveAsync(changes, trial.Token).ConfigureAwait(false), "for a version that is not the stored one").ConfigureAwait(false);
        Expect.Equal(seen, conflict.Expected, "the version that was seen, as the exception's Expected,");
        Expect.Equal(held, conflict.Found, "the version in the store, as the exception's Found,");
    }

    internal static Instant After<TStore>(this Trial<TStore> trial, int hours) => trial.Noon + Duration.FromHours(hours);
}
