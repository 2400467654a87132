using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class CustomerThreadRules
{
    private const int Writers = 6;
    private const int Times = 15;

    internal static IEnumerable<Rule<ICustomerStore>> All =>
    [
        new("no-lost-update", "Two agents who write at once must both be heard.", async t =>
        {
            CustomerId id = t.Customer("busy");
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < Times; i++)
                {
                    ContactPoint point = ContactPoint.Email(t.Address(FormattableString.Invariant($"{writer}-{i}")), t.Dates());
                    await Retried(t, id, point).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            Stored<Customer> found = await t.Found(id).ConfigureAwait(false);
            Expect.Count(Writers * Times, found.Value.Facts.Distinct().Count(), "facts, one for every save that was accepted");
            Expect.Count(Writers * Times, found.Value.Facts.Count, "facts, each once");
            await t.FindsByKey(t.Key("0-0"), "a key saved among others", id).ConfigureAwait(false);
        }, StoreCapabilities.Concurrency),
        new("one-newcomer-wins", "A person who registers twice in one second is one customer.", async t =>
        {
            for (int round = 0; round < Times; round++)
            {
                string name = FormattableString.Invariant($"new-{round}");
                int won = 0;
                await Together.Run(Writers, async writer =>
                {
                    try
                    {
                        await t.Save(t.Person(name).With(CustomerName.Of(FormattableString.Invariant($"{writer}"), t.Dates()))).ConfigureAwait(false);
                        Interlocked.Increment(ref won);
                    }
                    catch (ConcurrencyConflictException)
                    {
                        // The others came too late.
                    }
                }).ConfigureAwait(false);
                Expect.Count(1, won, "accepted saves of one new customer");
            }
        }, StoreCapabilities.Concurrency),
        new("readers-see-whole-saves", "A reader between two writes must see one state or the other, with its own version.", async t =>
        {
            CustomerId id = t.Customer("read");
            await Together.ReadersSeeWholeSaves(
                async () => await t.Find(id).ConfigureAwait(false) is { } stored ? (stored.Version, StateOf(stored.Value)) : null,
                async (number, version) =>
                {
                    string state = FormattableString.Invariant($"{number}");
                    Customer customer = Customer.Person(id).With(CustomerName.Of(state, t.Dates()), ContactPoint.Email(state, t.Dates()));
                    return (await t.Save(customer, version).ConfigureAwait(false), FormattableString.Invariant($"{state} {state}"));
                },
                t.Token).ConfigureAwait(false);
        }, StoreCapabilities.Concurrency),
    ];

    private static string StateOf(Customer customer) => string.Join(
        ' ', customer.Facts.Select(fact => fact is CustomerName name ? name.Full : fact is ContactPoint point ? point.Text : ""));

    // Not by UpdateAsync, which gives up after 20 tries; how often one loses is for the machine to say.
    private static async Task Retried(Trial<ICustomerStore> t, CustomerId id, CustomerFact fact)
    {
        // Each refusal means that another's save was accepted in between, and there are only so many.
        for (int left = Writers * Times; left >= 0; left--)
        {
            t.Token.ThrowIfCancellationRequested();
            Stored<Customer>? found = await t.Find(id).ConfigureAwait(false);
            try
            {
                await t.Save((found?.Value ?? Customer.Person(id)).With(fact), found?.Version ?? StoreVersion.None).ConfigureAwait(false);
                return;
            }
            catch (ConcurrencyConflictException)
            {
                await Task.Yield();
            }
        }

        throw new BrokenPromise("a save to be accepted that names the version just found, unless another came between", "more were refused than others could save");
    }
}
