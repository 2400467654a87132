using System.Collections.Concurrent;
using Crm.Core.Customers;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class CustomerThreadRules
{
    private const int Writers = 6;
    private const int Times = 15;
    private const int MostSaves = 20_000;

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
            var saved = new ConcurrentDictionary<StoreVersion, string>();
            var seen = new ConcurrentBag<(StoreVersion Version, string State)>();
            using var done = CancellationTokenSource.CreateLinkedTokenSource(t.Token);
            Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    if (await t.Find(id).ConfigureAwait(false) is { } stored)
                    {
                        seen.Add((stored.Version, StateOf(stored.Value)));
                    }

                    await Task.Yield();
                }
            }))];
            try
            {
                // Until the readers have seen enough of it: how fast they are is for the machine to say.
                StoreVersion version = default;
                for (int i = 0; i < MostSaves && (i < 50 || seen.Count < 50); i++)
                {
                    string state = FormattableString.Invariant($"{i}");
                    version = await t.Save(Customer.Person(id).With(CustomerName.Of(state, t.Dates()), ContactPoint.Email(state, t.Dates())), version).ConfigureAwait(false);
                    saved[version] = FormattableString.Invariant($"{state} {state}");
                    await Task.Yield();
                }
            }
            finally
            {
                await done.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(readers).ConfigureAwait(false);
            }

            foreach (var (version, state) in seen.Distinct())
            {
                Expect.True(saved.TryGetValue(version, out string? whole), "a version that was given for a save", "a reader saw another");
                Expect.Equal(whole!, state, "the state that was saved under the version a reader saw");
            }
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
