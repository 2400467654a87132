using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>All that is held on a person can be shown, and all of it removed.</summary>
internal static class CustomerErasureRules
{
    internal static IEnumerable<Rule<ICustomerStore>> All =>
    [
        new("data-name-given", "A report on an erasure names the store it speaks of.", t =>
        {
            Expect.True(!string.IsNullOrWhiteSpace(t.Store.DataName), "a name for the data of the store", "there is none");
            return Task.CompletedTask;
        }),
        new("erased-is-gone", "The person asked to be forgotten, and the law gives them the right.", async t =>
        {
            var (ada, _) = await SaveAda(t).ConfigureAwait(false);
            await t.Store.EraseAsync(ada.Id, t.Token).ConfigureAwait(false);
            Expect.Absent((await t.Find(ada.Id).ConfigureAwait(false))?.Value, "customer who was erased");
            Expect.Absent((await t.ReadMine().ConfigureAwait(false)).Find(stored => stored.Value.Id == ada.Id)?.Value, "customer who was erased, when all are read");
            await t.FindsByKey(t.Key("ada"), "a key of someone who was erased").ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, ada.Id, "who was erased", t.Token).ConfigureAwait(false);
        }),
        new("erasure-redacts-others", "A friend's record that says who brought them still names the person who was forgotten.", async t =>
        {
            var (ada, bob) = await SaveAda(t).ConfigureAwait(false);
            StoreVersion before = (await t.Found(bob.Id).ConfigureAwait(false)).Version;
            await t.Store.EraseAsync(ada.Id, t.Token).ConfigureAwait(false);
            await t.IsFound(bob.WithoutMentionOf(ada.Id), "after one it named was erased found").ConfigureAwait(false);

            // Who read the friend before must not bring the name back.
            await t.IsConflict(before, (await t.Found(bob.Id).ConfigureAwait(false)).Version, new Stored<Customer>(bob.With(CustomerName.Of("x", t.Dates())), before)).ConfigureAwait(false);
            await t.FindsByKey(t.Key("bob"), "a key of someone who named one that was erased", bob.Id).ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, ada.Id, "who was erased, after another tried to bring a mention back", t.Token).ConfigureAwait(false);
        }),
        new("erasure-leaves-others", "Nobody else asked to be forgotten.", async t =>
        {
            var (ada, _) = await SaveAda(t).ConfigureAwait(false);
            Customer eve = t.Person("eve").With(new Referral { By = t.Customer("other"), Dates = t.Dates() });
            StoreVersion version = await t.Save(eve).ConfigureAwait(false);
            await t.Store.EraseAsync(ada.Id, t.Token).ConfigureAwait(false);
            await t.IsFound(eve, "after another was erased found").ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(eve.Id).ConfigureAwait(false)).Version, "the version of a customer after another was erased");
            await t.FindsByKey(t.Key("eve"), "a key after another was erased", eve.Id).ConfigureAwait(false);
        }),
        new("erasure-stated", "The person is told what was removed, and the figures must be true.", async t =>
        {
            var (ada, _) = await SaveAda(t).ConfigureAwait(false);
            ErasureStatement statement = await t.Store.EraseAsync(ada.Id, t.Token).ConfigureAwait(false);
            Expect.Equal(t.Store.DataName, statement.Store, "the name of the data in the statement");
            Expect.True(statement.Removed >= 1, "at least 1 removed where a customer was", FormattableString.Invariant($"{statement.Removed} are stated"));
            Expect.True(statement.Redacted >= 1, "at least 1 redacted where another named them", FormattableString.Invariant($"{statement.Redacted} are stated"));
        }),
        new("erasing-twice-is-no-error", "An erasure that was interrupted is asked for again.", async t =>
        {
            var (ada, bob) = await SaveAda(t).ConfigureAwait(false);
            await t.Store.EraseAsync(ada.Id, t.Token).ConfigureAwait(false);
            foreach (CustomerId id in new[] { ada.Id, t.Customer("never-there") })
            {
                ErasureStatement again = await t.Store.EraseAsync(id, t.Token).ConfigureAwait(false);
                Expect.Equal(0, again.Removed + again.Redacted, "the number removed where nothing is");
            }

            await t.IsFound(bob.WithoutMentionOf(ada.Id), "after an erasure that found nothing found").ConfigureAwait(false);
        }),
        new("mentions-erased-alone", "Someone who is no customer here can be named by one.", async t =>
        {
            Customer bob = t.Person("bob").With(new Referral { By = t.Customer("outsider"), Dates = t.Dates() });
            await t.Save(bob).ConfigureAwait(false);
            ErasureStatement statement = await t.Store.EraseAsync(t.Customer("outsider"), t.Token).ConfigureAwait(false);
            Expect.True(statement is { Removed: 0, Redacted: >= 1 }, "0 removed and at least 1 redacted", FormattableString.Invariant($"{statement.Removed} and {statement.Redacted} are stated"));
            await t.IsFound(bob.WithoutMentionOf(t.Customer("outsider")), "after one it named was erased found").ConfigureAwait(false);
        }),
        new("saved-again-after-erasure", "Who was forgotten may come back, as someone new.", async t =>
        {
            var (ada, _) = await SaveAda(t).ConfigureAwait(false);
            await t.Store.EraseAsync(ada.Id, t.Token).ConfigureAwait(false);
            Customer again = t.Person("ada");
            await t.Save(again).ConfigureAwait(false);
            await t.IsFound(again, "saved anew after an erasure found").ConfigureAwait(false);
            await t.FindsByKey(t.Key("ada"), "a key saved anew after an erasure", ada.Id).ConfigureAwait(false);
        }),
        new("held-data-complete", "The person may see all that is held on them, in the records of others too, and nothing of the others.", async t =>
        {
            Customer ada = Customer.Person(t.Customer("ada")).With(CustomerSamples.WithText(t.Text("id"), t.Text("line"), t.Text("body"), t.Dates(), t.Customer))
                .With(HostileText.All.Select(one => CustomerName.Of(t.Text(one.Text), t.Dates())));
            await t.Save(ada).ConfigureAwait(false);
            await t.Save(t.Person("bob").With(new Referral { By = ada.Id, Dates = t.Dates() })).ConfigureAwait(false);
            await t.Save(t.Person("eve")).ConfigureAwait(false);
            var held = await HeldJson.Read(t.Store, ada.Id, t.Token).ConfigureAwait(false);
            string[] texts = [t.Text("id"), t.Text("line"), t.Text("body"), t.Text("related"), .. HostileText.All.Select(one => t.Text(one.Text))];
            foreach (string text in texts)
            {
                Expect.True(HeldJson.Mentions(held, text) > 0, "everything held on the customer", "a text of theirs is missing");
            }

            Expect.Count(held.Count, held.Distinct().Count(), "different items of held data, each item once,");
            Expect.True(held.Count >= 2, "that another names them", "it is missing");
            Expect.Count(0, HeldJson.Mentions(held, t.Address("bob")) + HeldJson.Mentions(held, t.Address("eve")), "items that hold what is another's");
            await HeldJson.IsEmpty(t.Store, t.Customer("never-there"), "who was never there", t.Token).ConfigureAwait(false);
        }),
    ];

    // Ada, and Bob who names her in every way there is.
    private static async Task<(Customer Ada, Customer Bob)> SaveAda(Trial<ICustomerStore> t)
    {
        Customer ada = t.Person("ada").With(CustomerSamples.EveryFact(t.Dates(), _ => t.Customer("bob"))).With(new Referral { By = t.Customer("ada"), Dates = t.Dates() });
        Customer bob = t.Person("bob").With(
            new Referral { By = ada.Id, Dates = t.Dates() with { RetractedAt = t.After(1) } },
            CustomerName.Of("between", t.Dates()),
            new Relation { To = ada.Id, Kind = RelationKind.PartnerOf, Dates = t.Dates() },
            new AccountMove { System = t.Source, Account = "7", To = ada.Id, Dates = t.Dates() },
            new Relation { To = t.Customer("eve"), Kind = RelationKind.ChildOf, Dates = t.Dates() });
        await t.SaveAll(new(ada, StoreVersion.None), new(bob, StoreVersion.None)).ConfigureAwait(false);
        return (ada, bob);
    }
}
