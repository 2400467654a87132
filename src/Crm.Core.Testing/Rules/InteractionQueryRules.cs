using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What a query leaves out, and nothing else.</summary>
internal static class InteractionQueryRules
{
    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("customers-kept-apart", "One customer's timeline holds nothing of another's.", async t =>
        {
            Interaction[] all = [t.Note("a"), t.Note("b", "eve"), t.Note("c", "ada "), t.Note("d", "ad")];
            await t.Append(all).ConfigureAwait(false);
            await t.Shows("interactions of one customer among others", all[0]).ConfigureAwait(false);
        }),
        new("filter-by-kind", "The agent asks for complaints and is shown complaints.", async t =>
        {
            Interaction[] all = [.. InteractionSamples.EveryDetail(t.Noon, t.Customer("friend")).Select((detail, place) =>
                t.Note(FormattableString.Invariant($"{place:D3}")) with { Detail = detail, At = t.Noon - Duration.FromMinutes(place) })];
            await t.Append(all).ConfigureAwait(false);
            foreach (InteractionKind kind in Enum.GetValues<InteractionKind>())
            {
                await t.Shows(t.Query() with { Kinds = [kind] }, $"interactions of the kind {kind}", [.. all.Where(one => one.Kind == kind)]).ConfigureAwait(false);
            }

            InteractionKind[] two = [InteractionKind.Note, InteractionKind.Purchase];
            await t.Shows(t.Query() with { Kinds = two }, "interactions of two kinds", [.. all.Where(one => two.Contains(one.Kind))]).ConfigureAwait(false);
            await t.Shows("interactions of all kinds", all).ConfigureAwait(false);
        }),
        new("filter-by-channel", "What came by telephone is asked for by the call centre; channels are compared ordinally.", async t =>
        {
            Channel[] channels = [Channel.Phone, Channel.Of("Phone"), Channel.Of("phone "), Channel.Of(ChannelKind.SelfService, "phone-box"), Channel.None];
            Interaction[] all = [.. channels.Select((channel, place) => t.Note(FormattableString.Invariant($"{place}")) with { Channel = channel, At = t.After(-place) })];
            await t.Append(all).ConfigureAwait(false);
            foreach (var (one, channel) in all.Zip(channels).SkipLast(1))
            {
                await t.Shows(t.Query() with { Channel = channel }, "interactions of one channel", one).ConfigureAwait(false);
            }

            await t.Shows("interactions of all channels, and of none", all).ConfigureAwait(false);
        }),
        new("filter-by-thread", "All that belongs to a case is shown with it, and nothing of a case of almost the same name.", async t =>
        {
            ThreadId[] threads = [ThreadId.Of("case"), ThreadId.Of("CASE"), ThreadId.Of("case "), ThreadId.Of("cas"), ThreadId.None];
            Interaction[] all = [.. threads.Select((thread, place) => t.Note(FormattableString.Invariant($"{place}")) with { Thread = thread, At = t.After(-place) })];
            Interaction stranger = t.Note("stranger", "eve") with { Thread = threads[0] };
            await t.Append([.. all, stranger]).ConfigureAwait(false);
            foreach (var (one, thread) in all.Zip(threads).SkipLast(1))
            {
                await t.Shows(t.Query() with { Thread = thread }, "interactions of one thread", one).ConfigureAwait(false);
            }

            await t.Shows("interactions of all threads, and of none", all).ConfigureAwait(false);
        }),
        new("filter-by-time", "A month ends where the next begins: the first moment counts, the last does not.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(1, 4).Reverse().Select(hours => t.Note(FormattableString.Invariant($"{hours}")) with { At = t.After(hours) })];
            await t.Append(all).ConfigureAwait(false);
            await t.Shows(t.Query() with { From = t.After(2) }, "interactions from a moment on", all[0], all[1], all[2]).ConfigureAwait(false);
            await t.Shows(t.Query() with { Before = t.After(3) }, "interactions before a moment", all[2], all[3]).ConfigureAwait(false);
            await t.Shows(t.Query() with { From = t.After(2), Before = t.After(4) }, "interactions between two moments", all[1], all[2]).ConfigureAwait(false);
            await t.Shows(t.Query() with { From = t.After(3), Before = t.After(3) }, "interactions of no time at all").ConfigureAwait(false);
            await t.Shows(t.Query() with { From = t.After(5) }, "interactions from after the last").ConfigureAwait(false);
        }),
        new("filters-together", "Each filter narrows what the others leave, over pages too.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 64).Select(i => t.Note(FormattableString.Invariant($"{i:D2}")) with
            {
                At = t.After(-(i / 2)),
                Detail = (i & 1) == 0 ? new NoteDetail { Text = "" } : new EnquiryDetail(),
                Channel = (i & 4) == 0 ? Channel.Phone : Channel.Chat,
                Thread = (i & 8) == 0 ? ThreadId.Of("t") : ThreadId.None,
            })];
            await t.Append(all).ConfigureAwait(false);
            InteractionQuery query = t.Query() with
            {
                Kinds = [InteractionKind.Note], Channel = Channel.Phone, Thread = ThreadId.Of("t"), From = t.After(-24), Before = t.After(-1), Limit = 2,
            };
            await t.Shows(query, "interactions that pass every filter", [.. all.Where(query.Counts)]).ConfigureAwait(false);
            Expect.True(all.Count(query.Counts) > 4, "more than two pages of the kit's own sample", "there are fewer");
        }),
        new("filters-after-corrections", "A complaint that turned out to be a question is no complaint: what was corrected does not come back by a filter.", async t =>
        {
            Interaction wrong = t.Note("wrong") with { Detail = new ComplaintDetail(), Channel = Channel.Phone, Thread = ThreadId.Of("t"), At = t.After(3) };
            Interaction right = t.Correction("right", wrong) with { Detail = new EnquiryDetail(), Channel = Channel.Chat, Thread = ThreadId.None, At = t.After(1) };
            await t.Append(wrong, right).ConfigureAwait(false);
            await t.Shows(t.Query() with { Kinds = [InteractionKind.Complaint] }, "interactions of the kind one had before it was corrected").ConfigureAwait(false);
            await t.Shows(t.Query() with { Channel = Channel.Phone }, "interactions of the channel one had before it was corrected").ConfigureAwait(false);
            await t.Shows(t.Query() with { Thread = ThreadId.Of("t") }, "interactions of the thread one had before it was corrected").ConfigureAwait(false);
            await t.Shows(t.Query() with { From = t.After(2) }, "interactions of the time one had before it was corrected").ConfigureAwait(false);
            await t.Shows(t.Query() with { Kinds = [InteractionKind.Enquiry], Channel = Channel.Chat }, "interactions as one was corrected", right).ConfigureAwait(false);
        }),
    ];
}
