using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What is saved is found as it was.</summary>
internal static class CustomerSaveRules
{
    internal static IEnumerable<Rule<ICustomerStore>> All =>
    [
        new("absent-is-null", "A caller must tell a customer who is not there from one of whom nothing is known.", async t =>
        {
            await t.Save(t.Person("ada")).ConfigureAwait(false);
            Expect.Absent((await t.Find(t.Customer("nobody")).ConfigureAwait(false))?.Value, "customer of an id that was never saved");
        }),
        new("found-as-saved", "A customer is a whole value: a fact that changes on its way through storage is a fact nobody stated.", async t =>
        {
            Customer customer = Customer.Person(t.Customer("ada")).With(CustomerSamples.EveryFact(t.Dates(), t.Customer));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer).ConfigureAwait(false);
            Customer bare = Customer.Person(t.Customer("bob")).With(CustomerSamples.BareFacts(t.Dates(), t.Customer));
            await t.Save(bare).ConfigureAwait(false);
            await t.IsFound(bare).ConfigureAwait(false);
        }),
        new("kinds-kept", "A household that comes back as a person is asked for its birthday.", async t =>
        {
            foreach (Customer customer in new[] { Customer.Person(t.Customer("p")), Customer.Organisation(t.Customer("o")), Customer.Household(t.Customer("h")) })
            {
                await t.Save(customer).ConfigureAwait(false);
                await t.IsFound(customer).ConfigureAwait(false);
            }
        }),
        new("facts-in-order", "Of facts of one moment the one added last counts, so their order is part of what they say; equal facts may stand twice.", async t =>
        {
            CustomerName later = CustomerName.Of("later", t.Dates() with { RecordedAt = t.After(5) });
            CustomerName first = CustomerName.Of("first", t.Dates());
            Customer customer = Customer.Person(t.Customer("ada")).With(later, first, later, first, ContactPoint.Email(t.Address("b"), t.Dates()), ContactPoint.Email(t.Address("a"), t.Dates()));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer).ConfigureAwait(false);
        }),
        new("customer-without-facts", "An id may be known before anything else is.", async t =>
        {
            Customer customer = Customer.Organisation(t.Customer("empty"));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer).ConfigureAwait(false);
            Expect.Count(0, (await t.Found(customer.Id).ConfigureAwait(false)).Value.Facts.Count, "facts of a customer saved without any");
        }),
        new("saved-again-replaces", "The last save counts, whole: what it leaves out is gone.", async t =>
        {
            Customer ada = t.Person("ada");
            StoreVersion first = await t.Save(ada).ConfigureAwait(false);
            Customer changed = ada.With(new ResellerStatus { Territory = "north", Dates = t.Dates() });
            StoreVersion second = await t.Save(changed, first).ConfigureAwait(false);
            await t.IsFound(changed, "after the second save found").ConfigureAwait(false);

            // Whether a change is one that should be made is the caller's to know (Customer.Continues).
            Customer fewer = Customer.Organisation(ada.Id);
            await t.Save(fewer, second).ConfigureAwait(false);
            await t.IsFound(fewer, "after the third save, of fewer facts, found").ConfigureAwait(false);
        }),
        new("save-seen-at-once", "A caller who has saved and reads again must not be shown the past.", async t =>
        {
            Customer ada = Customer.Person(t.Customer("ada"));
            StoreVersion version = default;
            for (int i = 1; i <= 10; i++)
            {
                string name = FormattableString.Invariant($"{i}");
                ada = ada.With(ContactPoint.Email(t.Address(name), t.Dates()));
                version = await t.Save(ada, version).ConfigureAwait(false);
                await t.IsFound(ada, "right after it was saved found").ConfigureAwait(false);
                await t.FindsByKey(t.Key(name), "a key right after it was saved", ada.Id).ConfigureAwait(false);
            }
        }),
        new("hostile-text-exact", "People are called O'Neill and write in every script; what is stored must be what they wrote.", async t =>
        {
            foreach (var (name, text) in HostileText.All)
            {
                Customer customer = Customer.Person(t.Customer(name)).With(CustomerSamples.WithText(text, text, text, t.Dates(), t.Customer));
                await t.Save(customer).ConfigureAwait(false);
                await t.IsFound(customer, $"with {name} in every text found").ConfigureAwait(false);
            }
        }),
        new("long-text-whole", "A column that is too short cuts off the end of a consent's wording, and with it the proof.", async t =>
        {
            string id = HostileText.OfLength(128);
            Customer customer = Customer.Person(t.Customer("long")).With(
                CustomerSamples.WithText(id, HostileText.OfLength(1_000), HostileText.OfLength(65_536), t.Dates(), t.Customer));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer, "with the longest texts found").ConfigureAwait(false);
            CustomerId longest = CustomerId.Of(t.Text("").PadRight(128, 'x'));
            await t.Save(Customer.Person(longest)).ConfigureAwait(false);
            await t.IsFound(Customer.Person(longest), "with the longest id found").ConfigureAwait(false);
        }),
        new("decimals-exact", "Money is decimal to the last digit, and 1.10 is not written 1.1.", async t =>
        {
            Customer customer = Customer.Person(t.Customer("numbers")).With(CustomerSamples.Decimals.SelectMany((number, place) => new[]
            {
                AttributeFact.Of(AttributeId.Of(FormattableString.Invariant($"number-{place}")), AttributeValue.Of(number, "kg"), t.Dates()),
                AttributeFact.Of(AttributeId.Of(FormattableString.Invariant($"money-{place}")), AttributeValue.Of(Money.Of(number, Currency.Eur)), t.Dates()),
            }));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer, "with decimals of 28 digits found").ConfigureAwait(false);
        }),
        new("nanoseconds-kept", "Two facts a hundred nanoseconds apart have an order.", async t =>
        {
            Customer customer = Customer.Person(t.Customer("fine")).With(CustomerName.Of("x", Fine(t.Noon, t.Source)));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer, "with moments of a nanosecond found").ConfigureAwait(false);
        }, StoreCapabilities.Nanoseconds),
        new("extreme-moments-kept", "'Since ever' and 'for ever' are written as the first and the last moment there is.", async t =>
        {
            FactDates ever = new()
            {
                Source = t.Source, RecordedAt = Instant.MinValue, ValidFrom = Instant.MinValue, ValidUntil = Instant.MaxValue, RetractedAt = Instant.MaxValue,
            };
            Customer customer = Customer.Person(t.Customer("ever")).With(
                CustomerName.Of("x", ever),
                CustomerName.Of("y", FactDates.Of(t.Source, Instant.MaxValue)),
                AttributeFact.Of(AttributeId.Of("day"), AttributeValue.Of(LocalDate.MinIsoValue), ever),
                AttributeFact.Of(AttributeId.Of("day"), AttributeValue.Of(LocalDate.MaxIsoValue), ever));
            await t.Save(customer).ConfigureAwait(false);
            await t.IsFound(customer, "with the first and the last moment found").ConfigureAwait(false);
        }, StoreCapabilities.AllInstants),
        new("ids-compared-ordinally", "A collation that takes ADA, ada and ada with a space for one shows one customer the data of another.", async t =>
        {
            Customer[] alike = [.. Alike.Texts.Select(text => Customer.Person(CustomerId.Of(t.Text(text))).With(CustomerName.Of(text, t.Dates())))];
            foreach (Customer customer in alike)
            {
                await t.Save(customer).ConfigureAwait(false);
            }

            foreach (Customer customer in alike)
            {
                await t.IsFound(customer, "beside others of almost the same id found").ConfigureAwait(false);
            }
        }),
    ];

    private static FactDates Fine(Instant noon, SourceId source) => FactDates.Of(source, noon + Duration.FromNanoseconds(1)) with
    {
        ValidFrom = noon + Duration.FromNanoseconds(7),
        ValidUntil = noon + Duration.FromNanoseconds(123_456_789),
        RetractedAt = noon + Duration.FromNanoseconds(999_999_999),
    };
}
