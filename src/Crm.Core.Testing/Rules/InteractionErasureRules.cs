using Crm.Core.Interactions;

namespace Crm.Core.Testing.Rules;

/// <summary>All that is held on a person can be shown, and all of it removed.</summary>
internal static class InteractionErasureRules
{
    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("data-name-given", "A report on an erasure names the store it speaks of.", t =>
        {
            Expect.True(!string.IsNullOrWhiteSpace(t.Store.DataName), "a name for the data of the store", "there is none");
            return Task.CompletedTask;
        }),
        new("erased-is-gone", "The person asked to be forgotten, corrections and retractions of theirs too.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            await t.Append(wrong, t.Note("a"), t.Correction("right", wrong), t.Correction("gone", wrong, 9) with { Detail = new RetractionDetail() }).ConfigureAwait(false);
            await t.Append(t.Note("early") with { Corrects = t.Interaction("unseen") }).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.Shows("interactions of someone who was erased").ConfigureAwait(false);
            await t.LogIs("interactions in the log after an erasure").ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, t.Customer("ada"), "who was erased", t.Token).ConfigureAwait(false);
        }),
        new("erasure-takes-superseded-states", "What was corrected to be the person's would come to light again as someone else's.", async t =>
        {
            Interaction wrong = t.Note("wrong", "eve");
            Interaction between = t.Correction("between", wrong, 4) with { Customer = t.Customer("bob") };
            Interaction right = t.Correction("right", wrong, 5) with { Customer = t.Customer("ada") };
            Interaction kept = t.Note("kept", "eve") with { At = t.After(1) };
            await t.Append(wrong, between, right, kept).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions of who had one that was corrected to be another's, erased since", kept).ConfigureAwait(false);
            await t.Shows(t.Query("bob"), "interactions of who had one in between").ConfigureAwait(false);
            await t.Shows(t.Query("eve") with { AsOf = AsOf.At(t.After(2)) }, "interactions known before the correction, erased since", kept).ConfigureAwait(false);
            await t.LogIs("interactions in the log after an erasure", kept).ConfigureAwait(false);
        }),
        new("erasure-keeps-later-states", "What was corrected away from the person is the other's, and stays.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction right = t.Correction("right", wrong) with { Customer = t.Customer("eve") };
            await t.Append(wrong, right).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions of who one was moved to, after the first owner was erased", right).ConfigureAwait(false);
            await t.LogIs("interactions in the log after an erasure", right).ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, t.Customer("ada"), "who was erased", t.Token).ConfigureAwait(false);
        }),
        new("erasure-redacts-mentions", "A friend's purchase that says who brought them still names the person who was forgotten.", async t =>
        {
            Interaction first = Mention(t, "first");
            Interaction right = t.Correction("right", first) with { Detail = ((PurchaseDetail)first.Detail) with { Quantity = 2.0m } };
            Interaction other = Mention(t, "other") with { At = t.After(-1), Detail = new PurchaseDetail { Amount = Money.Of(1, Currency.Eur), ReferredBy = t.Customer("bob") } };
            await t.Append(first, right, other).ConfigureAwait(false);
            ErasureStatement statement = await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            Expect.True(statement is { Removed: 0, Redacted: >= 1 }, "0 removed and at least 1 redacted", FormattableString.Invariant($"{statement.Removed} and {statement.Redacted} are stated"));
            Interaction[] left = [right.WithoutMentionOf(t.Customer("ada")), other];
            await t.Shows(t.Query("eve"), "interactions that named someone who was erased", left).ConfigureAwait(false);
            await t.LogIs("interactions in the log that named someone who was erased", first.WithoutMentionOf(t.Customer("ada")), left[0], other).ConfigureAwait(false);
            await t.Shows(t.Query("eve") with { AsOf = AsOf.At(t.After(2)) }, "interactions of before the correction that named someone who was erased", first.WithoutMentionOf(t.Customer("ada")), other).ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, t.Customer("ada"), "who was erased", t.Token).ConfigureAwait(false);
        }),
        new("redacted-is-delivered-again", "The source does not know who was forgotten, and delivers what it delivered before.", async t =>
        {
            Interaction first = Mention(t, "first");
            await t.Append(first).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            AppendResult again = await t.Store.AppendAsync([first with { RecordedAt = t.After(9) }], t.Token).ConfigureAwait(false);
            Expect.Equal(new AppendResult(0, 1), again, "what became of an interaction that was there already, without the person it named");
            await t.LogIs("interactions in the log after one was delivered again", first.WithoutMentionOf(t.Customer("ada"))).ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, t.Customer("ada"), "who was erased and is named again", t.Token).ConfigureAwait(false);
        }),
        new("erasure-leaves-others", "Nobody else asked to be forgotten.", async t =>
        {
            Interaction[] others = [t.Note("b", "eve"), t.Note("c", "ada "), t.Note("d", "ADA")];
            await t.Append([t.Note("a"), .. others]).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.LogIs("interactions in the log of those who were not erased", others).ConfigureAwait(false);
            foreach (Interaction one in others)
            {
                await t.Shows(t.Query() with { Customer = one.Customer }, "interactions of someone who was not erased", one).ConfigureAwait(false);
            }
        }),
        new("erasure-stated", "The person is told how much was removed, and the figures must be true.", async t =>
        {
            Interaction moved = t.Note("wrong", "eve");
            await t.Append(t.Note("a"), t.Note("b"), t.Note("c"), moved, t.Correction("right", moved) with { Customer = t.Customer("ada") }, Mention(t, "m"), t.Note("d", "bob")).ConfigureAwait(false);
            ErasureStatement statement = await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            Expect.Equal(t.Store.DataName, statement.Store, "the name of the data in the statement");

            // Four are the person's; whether the fifth, which one of them superseded, is counted as about the person is the store's to say.
            Expect.True(statement.Removed is 4 or 5, "4 removed, or 5 with what one of them superseded", FormattableString.Invariant($"{statement.Removed} are stated"));
            Expect.Equal(1, statement.Redacted, "the number redacted");
        }),
        new("erasing-twice-is-no-error", "An erasure that was interrupted is asked for again.", async t =>
        {
            await t.Append(t.Note("a"), Mention(t, "m")).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            foreach (CustomerId id in new[] { t.Customer("ada"), t.Customer("never-there") })
            {
                ErasureStatement again = await t.Store.EraseAsync(id, t.Token).ConfigureAwait(false);
                Expect.Equal(0, again.Removed + again.Redacted, "the number removed where nothing is");
            }

            await t.LogIs("interactions in the log after an erasure that found nothing", Mention(t, "m").WithoutMentionOf(t.Customer("ada"))).ConfigureAwait(false);
        }),
        new("appended-again-after-erasure", "Who was forgotten may come back; what happens then is theirs, and nothing of before clings to it.", async t =>
        {
            Interaction wrong = t.Note("wrong", "eve");
            Interaction kept = t.Note("kept", "eve") with { At = t.After(1) };
            Interaction right = t.Correction("right", wrong) with { Customer = t.Customer("ada") };
            await t.Append(wrong, kept, right, t.Note("a")).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.Appends(2, 0, t.Note("a") with { Channel = Channel.Phone }, wrong).ConfigureAwait(false);
            await t.Shows("interactions appended after an erasure", t.Note("a") with { Channel = Channel.Phone }).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions appended after what corrected them was erased", kept, wrong).ConfigureAwait(false);
            await t.Appends(1, 0, right).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions after the correction came again", kept).ConfigureAwait(false);
        }),
        new("held-data-complete", "The person may see all that is held on them, that others name them too, and nothing of the others.", async t =>
        {
            var own = InteractionSamples.WithText(t.Text("id"), t.Text("line"), t.Text("body"), Money.Of(1, Currency.Eur), 1, t.Noon, t.Customer("friend"))
                .Select((detail, place) => t.Note(FormattableString.Invariant($"own-{place}")) with { Detail = detail })
                .Concat(HostileText.All.Select(one => t.Note("x") with { Id = InteractionId.Of(t.Text(one.Text)), Detail = new NoteDetail { Text = t.Text(one.Text) } }))
                .ToList();
            Interaction mention = Mention(t, "m") with { Id = InteractionId.Of(t.Text("m\"\\\n<'>")), Staff = StaffId.Of(t.Text("secret")) };
            await t.Append([.. own, mention, t.Note("other", "eve")]).ConfigureAwait(false);
            var held = await HeldJson.Read(t.Store, t.Customer("ada"), t.Token).ConfigureAwait(false);
            foreach (Interaction one in own)
            {
                Expect.True(HeldJson.Mentions(held, one.Id.ToString()) > 0, "everything held on the customer", $"a {one.Kind} is missing");
            }

            Expect.True(HeldJson.Mentions(held, t.Text("body")) > 0 && HeldJson.Mentions(held, t.Text("line")) > 0, "each item whole", "a text of theirs is missing");
            Expect.True(HeldJson.Mentions(held, mention.Id.ToString()) > 0, "that an interaction of another names them", "it is missing");
            Expect.Count(held.Count, held.Distinct().Count(), "different items of held data, each item once,");
            Expect.Count(0, HeldJson.Mentions(held, t.Text("secret")) + HeldJson.Mentions(held, t.Text("other")), "items that hold what is another's");
            await HeldJson.IsEmpty(t.Store, t.Customer("never-there"), "who was never there", t.Token).ConfigureAwait(false);
        }),
    ];

    // A purchase of Eve's, to which Ada brought her.
    private static Interaction Mention(Trial<IInteractionStore> t, string name) => t.Note(name, "eve") with
    {
        Detail = new PurchaseDetail { Amount = Money.Of(9.90m, Currency.Eur), Product = ProductId.Of("p"), ReferredBy = t.Customer("ada") },
    };
}
