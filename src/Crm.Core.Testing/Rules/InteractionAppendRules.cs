using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What is appended is found as it was given, once.</summary>
internal static class InteractionAppendRules
{
    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("found-as-appended", "What happened is a fact: a detail that changes in storage is a thing that did not happen.", async t =>
            await IsKept(t, InteractionSamples.EveryDetail(t.Noon, t.Customer("friend")).Select(detail => t.Note("x") with { Detail = detail })
                .SelectMany(bare => new[] { bare, InteractionSamples.Full(bare, "id", Money.Of(12.50m, Currency.Eur)) }), "of every kind").ConfigureAwait(false)),
        new("nothing-read-where-nothing-is", "A customer of whom nothing is known has an empty timeline, not an error.", async t =>
        {
            await t.Append(t.Note("a")).ConfigureAwait(false);
            await t.Shows(t.Query("nobody"), "interactions of someone who has none").ConfigureAwait(false);
        }),
        new("append-seen-at-once", "The agent who has written a note and sees the timeline without it writes it again.", async t =>
        {
            var all = new List<Interaction>();
            for (int i = 0; i < 10; i++)
            {
                all.Insert(0, t.Note(FormattableString.Invariant($"{i}")) with { At = t.After(i) });
                await t.Append(all[0]).ConfigureAwait(false);
                await t.Shows("interactions right after one was appended", all).ConfigureAwait(false);
            }
        }),
        new("hostile-text-exact", "Customers write quotes, scripts and every alphabet, and what they wrote is what they said.", async t =>
        {
            foreach (var (name, text) in HostileText.All)
            {
                await IsKept(t, InteractionSamples.WithText(text, text, text, Money.Of(1, Currency.Eur), 1, t.Noon, t.Customer("friend"))
                    .Select(detail => InteractionSamples.Full(t.Note("x") with { Detail = detail }, text, Money.Of(1, Currency.Eur))), $"with {name}", name, text).ConfigureAwait(false);
            }
        }),
        new("long-text-whole", "The end of a long message is where the customer says what they want.", async t =>
            await IsKept(t, InteractionSamples.WithText(
                HostileText.OfLength(128), HostileText.OfLength(1_000), HostileText.OfLength(65_536), Money.Of(1, Currency.Eur), 1, t.Noon, t.Customer("friend"))
                .Select(detail => InteractionSamples.Full(t.Note("x") with { Detail = detail }, HostileText.OfLength(128), Money.Of(1, Currency.Eur))), "of the greatest length").ConfigureAwait(false)),
        new("decimals-exact", "Money is decimal to the last digit, and a quantity of 1.10 is not written 1.1.", async t =>
            await IsKept(t, CustomerSamples.Decimals.Where(number => number > 0).SelectMany(number =>
                InteractionSamples.WithText("id", "line", "body", Money.Of(number, Currency.Usd), number, t.Noon, t.Customer("friend"))
                    .Select(detail => InteractionSamples.Full(t.Note("x") with { Detail = detail }, "id", Money.Of(number, Currency.Usd)))), "with decimals of 28 digits").ConfigureAwait(false)),
        new("nanoseconds-kept", "Of two things a hundred nanoseconds apart one came first.", async t =>
        {
            Interaction[] fine = [.. Enumerable.Range(0, 4).Reverse().Select(nanosecond => t.Note(FormattableString.Invariant($"{nanosecond}")) with
            {
                At = t.Noon + Duration.FromNanoseconds(nanosecond), RecordedAt = t.Noon + Duration.FromNanoseconds(100 + nanosecond),
            })];
            await t.Append(fine).ConfigureAwait(false);
            await t.Shows("interactions nanoseconds apart", fine).ConfigureAwait(false);
        }, StoreCapabilities.Nanoseconds),
        new("extreme-moments-kept", "A date nobody knows is often the first or the last there is.", async t =>
        {
            Interaction[] all =
            [
                t.Note("last") with { At = Instant.MaxValue, RecordedAt = Instant.MaxValue },
                t.Note("now"),
                t.Note("first") with { At = Instant.MinValue, RecordedAt = Instant.MinValue, Detail = new FollowUpDetail { Follow = FollowUpKind.Promise, About = "", Due = Instant.MaxValue } },
            ];
            await t.Append(all).ConfigureAwait(false);
            await t.Shows("interactions of the first and the last moment", all).ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.At(Instant.MinValue) }, "interactions known at the first moment", all[2]).ConfigureAwait(false);
        }, StoreCapabilities.AllInstants),
        new("delivered-twice-is-one", "Queues deliver at least once; a purchase counted twice is money nobody has.", async t =>
        {
            Interaction first = t.Note("a");
            await t.Appends(1, 0, first).ConfigureAwait(false);
            await t.Appends(0, 1, first with { RecordedAt = t.After(9) }).ConfigureAwait(false);
            await t.Appends(1, 1, t.Note("b") with { At = t.After(1) }, first).ConfigureAwait(false);
            await t.Shows("interactions, one of them delivered three times", t.Note("b") with { At = t.After(1) }, first).ConfigureAwait(false);
            await t.LogIs("interactions in the log, one of them delivered three times", first, t.Note("b") with { At = t.After(1) }).ConfigureAwait(false);
        }),
        new("twice-in-one-batch-is-one", "A file that was concatenated holds its lines twice.", async t =>
        {
            Interaction first = t.Note("a");
            await t.Appends(1, 1, first, first with { RecordedAt = t.After(9) }).ConfigureAwait(false);
            await t.Shows("interactions, given twice at once", first).ConfigureAwait(false);
        }),
        new("other-content-refused", "An id that means two things is a fault in the source, which must hear of it; what came with it waits.", async t =>
        {
            Interaction[] known = [t.Note("a"), t.Note("b")];
            await t.Append(known).ConfigureAwait(false);
            await t.Refuses("for ids that are there with another content", [known[0].Id, known[1].Id], [],
                t.Note("new"), known[0] with { Detail = new NoteDetail { Text = "other" } }, known[1] with { Customer = t.Customer("eve") }).ConfigureAwait(false);
            await t.Shows("interactions after a refusal", known[1], known[0]).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions after a refusal").ConfigureAwait(false);
            await t.LogIs("interactions in the log after a refusal", known).ConfigureAwait(false);
            foreach (Interaction other in new[]
            {
                known[0] with { At = t.After(1) }, known[0] with { Channel = Channel.Phone }, known[0] with { Corrects = t.Interaction("z") },
                known[0] with { Cost = Money.Of(0, Currency.Eur) }, known[0] with { Thread = ThreadId.Of("t") },
            })
            {
                await t.Refuses("for an id that is there with another content", [known[0].Id], [], other).ConfigureAwait(false);
            }
        }),
        new("other-content-in-one-batch-refused", "Which of the two is right nobody can say.", async t =>
        {
            await t.Refuses("for an id twice in a batch with two contents", [t.Interaction("a")], [], t.Note("b"), t.Note("a"), t.Note("a") with { At = t.After(1) }).ConfigureAwait(false);
            await t.Shows("interactions after a refusal").ConfigureAwait(false);
        }),
        new("empty-batch-appends-nothing", "A source that has nothing to tell today must not fail.", async t => await t.Appends(0, 0).ConfigureAwait(false)),
        new("ids-compared-ordinally", "A collation that takes two ids for one loses an interaction, or shows it to a stranger.", async t =>
        {
            Interaction[] alike = [.. Alike.Texts.Select(text => t.Note("x") with
            {
                Id = InteractionId.Of(t.Text(text)), Customer = CustomerId.Of(t.Text(text)), Detail = new NoteDetail { Text = text },
            })];
            await t.Appends(alike.Length, 0, alike).ConfigureAwait(false);
            foreach (Interaction one in alike)
            {
                await t.Shows(t.Query() with { Customer = one.Customer }, "interactions of a customer beside others of almost the same id", one).ConfigureAwait(false);
            }
        }),
        new("cancelled-changes-nothing", "A request that was given up must not leave a trace.", async t =>
        {
            Interaction known = t.Note("a");
            await t.Append(known).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.AppendAsync([t.Note("b")], token).ConfigureAwait(false), nameof(IInteractionStore.AppendAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.ReadAsync(t.Query(), token).ConfigureAwait(false), nameof(IInteractionStore.ReadAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.ReadStatesAsync(known.Id, token).ConfigureAwait(false), nameof(IInteractionStore.ReadStatesAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadAppendedAsync(StorePosition.Start, token), nameof(IInteractionStore.ReadAppendedAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadHeldDataAsync(known.Customer, token), nameof(IPersonalDataStore.ReadHeldDataAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.EraseAsync(known.Customer, token).ConfigureAwait(false), nameof(IPersonalDataStore.EraseAsync)).ConfigureAwait(false);
            await t.Shows("interactions after calls that were cancelled beforehand", known).ConfigureAwait(false);
            await t.LogIs("interactions in the log after calls that were cancelled beforehand", known).ConfigureAwait(false);
        }),
        new("cancelled-midway-all-or-none", "Half of an order is no order.", async t => await Tokens.AllOrNone(
            async (number, token) => await t.Store.AppendAsync(
                [.. Enumerable.Range(0, 5).Select(place => t.Note(FormattableString.Invariant($"m{number}-{place}"), FormattableString.Invariant($"m{number}")))], token).ConfigureAwait(false),
            async number => (await t.ReadAll(t.Query(FormattableString.Invariant($"m{number}"))).ConfigureAwait(false)).Count,
            whole: 5).ConfigureAwait(false)),
    ];

    // Gives each an id and a moment of its own, appends them, and reads them both ways.
    private static async Task IsKept(Trial<IInteractionStore> t, IEnumerable<Interaction> interactions, string what, string customer = "ada", string id = "")
    {
        Interaction[] all = [.. interactions.Select((one, place) => one with
        {
            Id = t.Interaction(FormattableString.Invariant($"{place}-{id}")),
            Customer = t.Customer(customer),
            At = t.Noon - Duration.FromMinutes(place),
        })];
        int before = (await t.ReadLog().ConfigureAwait(false)).Count;
        await t.Appends(all.Length, 0, all).ConfigureAwait(false);
        await t.Shows(t.Query(customer), $"interactions {what}", all).ConfigureAwait(false);
        Expect.Same(all, [.. (await t.ReadLog().ConfigureAwait(false)).Skip(before).Select(stored => stored.Interaction)], $"interactions {what} in the log");
    }
}
