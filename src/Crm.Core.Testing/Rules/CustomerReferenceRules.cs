using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>Who names a customer is found, where the store can find it.</summary>
internal static class CustomerReferenceRules
{
    internal static IEnumerable<Rule<ICustomerStore>> All => Rules.Select(rule => rule with { Besides = typeof(ICustomerReferences) });

    private static IEnumerable<Rule<ICustomerStore>> Rules =>
    [
        new("naming-found-by-every-fact", "A household is shown from both sides, whichever of them said that they belong together.", async t =>
        {
            Customer[] others =
            [
                t.Person("brought").With(new Referral { By = t.Customer("ada"), Dates = t.Dates() }),
                t.Person("gave").With(new AccountMove { System = t.Source, Account = "7", To = t.Customer("ada"), Dates = t.Dates() }),
                .. Enum.GetValues<RelationKind>().Select(kind => t.Person($"{kind}").With(new Relation { To = t.Customer("ada"), Kind = kind, Dates = t.Dates() })),
            ];
            await t.SaveAll([.. others.Append(t.Person("eve")).Append(t.Person("ada")).Select(other => new Stored<Customer>(other, StoreVersion.None))]).ConfigureAwait(false);
            await NamedBy(t, "ada", "named in every way there is", [.. others.Select(other => other.Id)]).ConfigureAwait(false);
        }),
        new("naming-found-of-outsiders", "Someone who is no customer here can be named by one, and someone whom nobody names is no error.", async t =>
        {
            await t.Save(t.Person("bob").With(new Referral { By = t.Customer("outsider"), Dates = t.Dates() })).ConfigureAwait(false);
            await NamedBy(t, "outsider", "who is no customer", t.Customer("bob")).ConfigureAwait(false);
            await NamedBy(t, "bob", "whom nobody names").ConfigureAwait(false);
            await NamedBy(t, "never-there", "of whom nothing is known").ConfigureAwait(false);
        }),
        new("naming-each-once", "Who is partner, payer and friend at once is one person in the list.", async t =>
        {
            await t.Save(t.Person("bob").With(
                new Referral { By = t.Customer("ada"), Dates = t.Dates() },
                new Relation { To = t.Customer("ada"), Kind = RelationKind.PartnerOf, Dates = t.Dates() },
                new Relation { To = t.Customer("ada"), Kind = RelationKind.PartnerOf, Dates = t.Dates() })).ConfigureAwait(false);
            await NamedBy(t, "ada", "named in several facts of one", t.Customer("bob")).ConfigureAwait(false);
        }),
        new("naming-in-order-of-ids", "The list stands on a screen, and must not jump about.", async t =>
        {
            CustomerId[] ids = [t.NumberedCustomer("10"), t.NumberedCustomer("9"), t.NumberedCustomer("100"), t.Customer("b"), t.NumberedCustomer("2"), t.Customer("A"), t.Customer("a")];
            foreach (CustomerId id in ids)
            {
                await t.Save(Customer.Person(id).With(new Referral { By = t.Customer("ada"), Dates = t.Dates() })).ConfigureAwait(false);
            }

            await NamedBy(t, "ada", "named by several", ids).ConfigureAwait(false);
        }),
        new("naming-though-it-holds-no-more", "A partner of last year is a partner of last year: the profile as of then shows them.", async t =>
        {
            await t.Save(t.Person("bob").With(new Referral { By = t.Customer("ada"), Dates = t.Dates() with { RetractedAt = t.After(1) } })).ConfigureAwait(false);
            await t.Save(t.Person("eve").With(new Relation
            {
                To = t.Customer("ada"), Kind = RelationKind.PartnerOf, Dates = t.Dates() with { ValidFrom = t.After(-2), ValidUntil = t.After(-1) },
            })).ConfigureAwait(false);
            await NamedBy(t, "ada", "named by what was retracted or has ended", t.Customer("bob"), t.Customer("eve")).ConfigureAwait(false);
        }),
        new("naming-follows-changes", "Who saves a friend and looks at the other's screen sees the friend, and nobody who is gone from the record.", async t =>
        {
            StoreVersion version = default;
            for (int i = 0; i < 6; i++)
            {
                string now = FormattableString.Invariant($"friend-{i}");
                version = await t.Save(t.Person("bob").With(new Referral { By = t.Customer(now), Dates = t.Dates() }), version).ConfigureAwait(false);
                await NamedBy(t, now, "right after they were named", t.Customer("bob")).ConfigureAwait(false);
                await NamedBy(t, FormattableString.Invariant($"friend-{i - 1}"), "named no more in the record").ConfigureAwait(false);
            }
        }),
        new("naming-follows-erasure", "Who was forgotten is named by nobody, and names nobody.", async t =>
        {
            await t.Save(t.Person("bob").With(new Referral { By = t.Customer("ada"), Dates = t.Dates() }, new Relation { To = t.Customer("eve"), Kind = RelationKind.PartnerOf, Dates = t.Dates() })).ConfigureAwait(false);
            await t.Save(t.Person("ada").With(new Referral { By = t.Customer("eve"), Dates = t.Dates() })).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await NamedBy(t, "ada", "who was erased").ConfigureAwait(false);
            await NamedBy(t, "eve", "named by one who was erased and one who was not", t.Customer("bob")).ConfigureAwait(false);
        }),
        new("naming-compared-ordinally", "A collation that takes two ids for one gives somebody a stranger's family.", async t =>
        {
            string[] texts = [.. Alike.Texts, .. HostileText.All.Select(one => one.Text)];
            await t.SaveAll([.. texts.Select((text, place) => new Stored<Customer>(
                Customer.Person(Namer(place)).With(new Referral { By = t.Customer(text), Dates = t.Dates() }), StoreVersion.None))]).ConfigureAwait(false);
            for (int place = 0; place < texts.Length; place++)
            {
                await NamedBy(t, texts[place], "of almost the same id as others", Namer(place)).ConfigureAwait(false);
            }

            CustomerId Namer(int place) => t.Customer(FormattableString.Invariant($"namer-{place}"));
        }),
    ];

    private static async Task NamedBy(Trial<ICustomerStore> t, string named, string what, params CustomerId[] expected) => Expect.Sequence(
        [.. expected.Order()], await ((ICustomerReferences)t.Store).FindNamingAsync(t.Customer(named), t.Token).ConfigureAwait(false), $"ids of those who name someone {what}");
}
