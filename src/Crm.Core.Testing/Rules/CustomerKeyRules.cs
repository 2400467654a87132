using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>Who has a contact point or another system's id is found by it.</summary>
internal static class CustomerKeyRules
{
    internal static IEnumerable<Rule<ICustomerStore>> All =>
    [
        new("every-key-finds", "The agent has a telephone number, and no more.", async t =>
        {
            Customer customer = Customer.Person(t.Customer("ada")).With(
                ContactPoint.Email($" {t.Address("Ada").ToUpperInvariant()}", t.Dates()),
                ContactPoint.Phone($"+44 (0)20 {t.NumberedCustomer("1")}", t.Dates()),
                ContactPoint.Postal($"{t.Text("HOUSE")}\n St   James's Square", t.Dates()),
                ContactPoint.Message($"signal:{t.Text("ada")}", t.Dates()),
                ExternalId.Of(t.Source, t.Text("4711"), t.Dates()),
                new Membership { Programme = ProgrammeId.Of("club"), Number = t.Text("0042"), Dates = t.Dates() });
            await t.Save(customer).ConfigureAwait(false);
            await t.Save(t.Person("bob")).ConfigureAwait(false);
            foreach (CustomerKey key in customer.Keys)
            {
                await t.FindsByKey(key, $"a key of the kind {key.ToString().Split(':')[0]}", customer.Id).ConfigureAwait(false);
            }

            await t.FindsByKey(CustomerKey.Phone($"0044 20-{t.NumberedCustomer("1")}"), "a telephone number written otherwise", customer.Id).ConfigureAwait(false);
            await t.FindsByKey(CustomerKey.Email(t.Address("ada")), "an address in another case", customer.Id).ConfigureAwait(false);
        }),
        new("unknown-key-finds-nobody", "A number nobody has must not open anybody's file.", async t =>
        {
            await t.Save(t.Person("ada")).ConfigureAwait(false);
            await t.Save(Customer.Person(t.Customer("no-keys")).With(CustomerName.Of("x", t.Dates()))).ConfigureAwait(false);
            await t.FindsByKey(t.Key("nobody"), "a key nobody has").ConfigureAwait(false);
            await t.FindsByKey(CustomerKey.Email(t.Address("ad")), "the beginning of a key").ConfigureAwait(false);
            await t.FindsByKey(CustomerKey.None, "the key that finds nobody").ConfigureAwait(false);
        }),
        new("shared-key-finds-all", "A family shares a telephone; the agent asks which of them is calling, in the order of their ids.", async t =>
        {
            CustomerId[] ids = [t.NumberedCustomer("10"), t.NumberedCustomer("9"), t.NumberedCustomer("100"), t.NumberedCustomer("2"), t.Customer("b"), t.Customer("A"), t.Customer("a")];
            foreach (CustomerId id in ids)
            {
                // Twice with one of them: work and home.
                ContactPoint shared = ContactPoint.Email(t.Address("shared"), t.Dates());
                await t.Save(Customer.Person(id).With(shared, shared with { Label = "work" })).ConfigureAwait(false);
            }

            await t.FindsByKey(t.Key("shared"), "a key that several share", [.. ids.Order()]).ConfigureAwait(false);
        }),
        new("keys-follow-changes", "A number that was given up and given to someone else must not find its old owner.", async t =>
        {
            Customer ada = t.Person("ada");
            StoreVersion version = await t.Save(ada).ConfigureAwait(false);
            ContactPoint old = ada.Facts.OfType<ContactPoint>().Single();
            Customer moved = ada.Retract(old, t.After(1)).With(ContactPoint.Email(t.Address("new"), t.Dates()));
            version = await t.Save(moved, version).ConfigureAwait(false);
            await t.FindsByKey(t.Key("ada"), "a key that was retracted").ConfigureAwait(false);
            await t.FindsByKey(t.Key("new"), "a key that was added later", ada.Id).ConfigureAwait(false);
            await t.Save(Customer.Person(ada.Id), version).ConfigureAwait(false);
            await t.FindsByKey(t.Key("new"), "a key that is no more in the customer").ConfigureAwait(false);
        }),
        new("ended-keys-find", "Who wrote from an address last year is found by it, though it is used no more.", async t =>
        {
            Customer ada = t.Person("ada");
            await t.Save(ada.End(ada.Facts.OfType<ContactPoint>().Single(), t.After(1), t.After(2))).ConfigureAwait(false);
            await t.FindsByKey(t.Key("ada"), "a key whose validity has ended", ada.Id).ConfigureAwait(false);
        }),
        new("keys-compared-ordinally", "Two accounts whose names differ in case only belong to two people.", async t =>
        {
            string[] texts = [.. Alike.Texts, .. HostileText.All.Select(one => one.Text)];
            Customer[] alike = [.. texts.Select((text, place) =>
                Customer.Person(t.Customer(FormattableString.Invariant($"{place}"))).With(ExternalId.Of(t.Source, t.Text(text), t.Dates())))];
            await t.SaveAll([.. alike.Select(customer => new Stored<Customer>(customer, StoreVersion.None))]).ConfigureAwait(false);
            foreach (var (customer, text) in alike.Zip(texts))
            {
                await t.FindsByKey(CustomerKey.External(t.Source, t.Text(text)), "an id of another system beside others almost the same", customer.Id).ConfigureAwait(false);
            }
        }),
        new("long-keys-find", "An index that holds the first 255 characters of a key takes two addresses for one.", async t =>
        {
            string text = HostileText.OfLength(1_000 - t.Text("").Length - 1);
            CustomerId[] ids = [t.Customer("a"), t.Customer("b")];
            foreach (CustomerId id in ids)
            {
                await t.Save(Customer.Person(id).With(ExternalId.Of(t.Source, t.Text(text + id.ToString()[^1]), t.Dates()))).ConfigureAwait(false);
            }

            await t.FindsByKey(CustomerKey.External(t.Source, t.Text(text + "a")), "a key of 1,000 characters", ids[0]).ConfigureAwait(false);
            await t.FindsByKey(CustomerKey.External(t.Source, t.Text(text + "b")), "a key of 1,000 characters", ids[1]).ConfigureAwait(false);
        }),
    ];
}
