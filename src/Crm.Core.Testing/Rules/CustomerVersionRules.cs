using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>Who saves says what they saw, and nobody's change is lost.</summary>
internal static class CustomerVersionRules
{
    internal static IEnumerable<Rule<ICustomerStore>> All =>
    [
        new("version-is-the-one-found", "The version a save returns is the one to name next, without reading again.", async t =>
        {
            Customer ada = t.Person("ada");
            StoreVersion saved = await t.Save(ada).ConfigureAwait(false);
            Expect.Equal(saved, (await t.Found(ada.Id).ConfigureAwait(false)).Version, "the version that was given when the customer was saved");
            Expect.Equal(saved, (await t.ReadMine().ConfigureAwait(false)).Single(stored => stored.Value.Id == ada.Id).Version, "the version that was given, when all are read,");
        }),
        new("new-customer-expects-none", "Two who register the same person at once must not overwrite one another.", async t =>
        {
            Customer ada = t.Person("ada");
            StoreVersion held = await t.Save(ada).ConfigureAwait(false);
            await t.IsConflict(StoreVersion.None, held, new Stored<Customer>(ada.With(CustomerName.Of("other", t.Dates())), StoreVersion.None)).ConfigureAwait(false);
            await t.IsFound(ada, "after a refused save found").ConfigureAwait(false);
            Customer bob = t.Person("bob");
            await t.IsConflict(held, StoreVersion.None, new Stored<Customer>(bob, held)).ConfigureAwait(false);
            Expect.Absent((await t.Find(bob.Id).ConfigureAwait(false))?.Value, "customer whose save was refused");
        }),
        new("stale-version-refused", "A change made to an old state would undo what others saved since.", async t =>
        {
            Customer ada = t.Person("ada");
            StoreVersion old = await t.Save(ada).ConfigureAwait(false);
            Customer changed = ada.With(CustomerName.Of("second", t.Dates()));
            StoreVersion held = await t.Save(changed, old).ConfigureAwait(false);
            await t.IsConflict(old, held, new Stored<Customer>(ada.With(ContactPoint.Email(t.Address("lost"), t.Dates())), old)).ConfigureAwait(false);
            await t.IsFound(changed, "after a refused save found").ConfigureAwait(false);
            await t.FindsByKey(t.Key("lost"), "a key of a refused save").ConfigureAwait(false);
            Expect.Equal(held, (await t.Found(ada.Id).ConfigureAwait(false)).Version, "the version after a refused save");
        }),
        new("versions-never-repeat", "A version that comes back, as a hash of the content does, lets a stale change pass for a fresh one.", async t =>
        {
            Customer[] states = [t.Person("ada"), t.Person("ada").With(CustomerName.Of("second", t.Dates()))];
            var versions = new List<StoreVersion> { StoreVersion.None };
            for (int i = 0; i < 8; i++)
            {
                versions.Add(await t.Save(states[i / 2 % 2], versions[^1]).ConfigureAwait(false));
            }

            await t.Store.EraseAsync(states[0].Id, t.Token).ConfigureAwait(false);
            versions.Add(await t.Save(states[0]).ConfigureAwait(false));
            Expect.Count(versions.Count, versions.Distinct().Count(), "different versions of one customer, erased and saved anew between");
        }),
        new("batch-all-or-none", "An account that moves from one person to another must be with one of them, never with both or none.", async t =>
        {
            Customer[] people = [t.Person("a"), t.Person("b"), t.Person("c")];
            StoreVersion[] seen = [await t.Save(people[0]).ConfigureAwait(false), await t.Save(people[1]).ConfigureAwait(false), await t.Save(people[2]).ConfigureAwait(false)];
            StoreVersion held = await t.Save(people[2].With(CustomerName.Of("meanwhile", t.Dates())), seen[2]).ConfigureAwait(false);
            Stored<Customer>[] changes = [.. people.Select((person, i) => new Stored<Customer>(person.With(ContactPoint.Email(t.Address("batch"), t.Dates())), seen[i]))];
            await t.IsConflict(seen[2], held, changes).ConfigureAwait(false);
            await t.IsConflict(seen[2], held, [new(t.Person("new"), StoreVersion.None), .. changes]).ConfigureAwait(false);
            Expect.Absent((await t.Find(t.Customer("new")).ConfigureAwait(false))?.Value, "new customer of a batch of which one was refused");
            await t.IsFound(people[0], "after a batch of which another was refused found").ConfigureAwait(false);
            await t.IsFound(people[1], "after a batch of which another was refused found").ConfigureAwait(false);
            await t.FindsByKey(t.Key("batch"), "a key of a refused batch").ConfigureAwait(false);
            Expect.Equal(seen[0], (await t.Found(people[0].Id).ConfigureAwait(false)).Version, "the version after a batch of which another was refused");
        }),
        new("batch-versions-in-place", "Versions given back in another order would let the wrong change pass next time.", async t =>
        {
            Customer[] people = [t.Person("c"), t.Person("a"), t.Person("d"), t.Person("b")];
            var versions = await t.SaveAll([.. people.Select(person => new Stored<Customer>(person, StoreVersion.None))]).ConfigureAwait(false);
            foreach (var (person, version) in people.Zip(versions))
            {
                Expect.Equal(version, (await t.Found(person.Id).ConfigureAwait(false)).Version, $"the version given for {person.Id} in its place");
            }
        }),
        new("customer-twice-refused", "Of two states of one customer in one batch nobody can say which is meant.", async t =>
        {
            Stored<Customer> twice = new(t.Person("ada"), StoreVersion.None);
            Stored<Customer> other = new(t.Person("bob"), StoreVersion.None);
            await Expect.Throws<ArgumentException>(
                async () => await t.Store.SaveAsync([other, twice, twice with { Value = twice.Value.With(CustomerName.Of("x", t.Dates())) }], t.Token).ConfigureAwait(false),
                "for a customer who stands twice in the changes").ConfigureAwait(false);
            Expect.Absent((await t.Find(twice.Value.Id).ConfigureAwait(false))?.Value, "customer who stood twice in the changes");
            Expect.Absent((await t.Find(other.Value.Id).ConfigureAwait(false))?.Value, "customer of a batch in which another stood twice");
        }),
        new("empty-batch-saves-nothing", "A job that has nothing to do today must not fail.", async t =>
            Expect.Count(0, (await t.SaveAll().ConfigureAwait(false)).Count, "versions of no changes")),
    ];
}
