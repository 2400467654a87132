using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What was wrong is corrected, and what was known before can still be asked.</summary>
internal static class InteractionCorrectionRules
{
    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("correction-takes-the-place", "Both states on the screen would be two purchases where there was one.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction right = t.Correction("right", wrong) with { At = t.After(2) };
            Interaction other = t.Note("other") with { At = t.After(1) };
            await t.Append(wrong, other).ConfigureAwait(false);
            await t.Append(right).ConfigureAwait(false);
            await t.Shows("interactions after a correction", right, other).ConfigureAwait(false);
            await t.LogIs("interactions in the log, with what was corrected", wrong, other, right).ConfigureAwait(false);
        }),
        new("correction-may-come-first", "Two sources deliver in two orders, and the truth is the same.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction right = t.Correction("right", wrong);
            await t.Append(right).ConfigureAwait(false);
            await t.Shows("interactions, of which a correction came first", right).ConfigureAwait(false);
            await t.Append(wrong).ConfigureAwait(false);
            await t.Shows("interactions after what was corrected came too", right).ConfigureAwait(false);

            Interaction batch = t.Note("batch", "eve");
            await t.Append(t.Correction("batch-right", batch), batch).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions of a batch in which the correction stands first", t.Correction("batch-right", batch)).ConfigureAwait(false);
        }),
        new("last-correction-counts", "Of two corrections the one recorded last is what is known, whichever arrived last.", async t =>
        {
            foreach (string name in "012 021 102 120 201 210".Split(' '))
            {
                Interaction wrong = t.Note("wrong" + name, name);
                Interaction[] states = [wrong, t.Correction("first" + name, wrong, 5), t.Correction("a-second" + name, wrong, 6)];
                foreach (char place in name)
                {
                    await t.Append(states[place - '0']).ConfigureAwait(false);
                }

                await t.Shows(t.Query(name), "interactions after two corrections", states[2]).ConfigureAwait(false);
            }
        }),
        new("equal-corrections-by-id", "Where the clock cannot tell, every store must give the same answer: the greater id, by its UTF-8 bytes.", async t =>
        {
            // By UTF-16 units a pair of surrogates would come before U+FF01, by UTF-8 bytes it comes after.
            foreach (var (smaller, greater) in new[] { ("a", "b"), ("B", "a"), ("10", "9"), ("\uFF01", "𝔘"), ("z", "é"), ("a", "aa") })
            {
                string both = $"{smaller}{greater}-";
                Interaction wrong = t.Note("wrong" + both, both);
                Interaction counts = t.Correction(both + greater, wrong);
                await t.Append(wrong, counts, t.Correction(both + smaller, wrong)).ConfigureAwait(false);
                await t.Shows(t.Query(both), "interactions after two corrections of one moment", counts).ConfigureAwait(false);
            }
        }),
        new("correction-moves-to-another", "A purchase booked to the wrong customer is nobody's twice.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction right = t.Correction("right", wrong) with { Customer = t.Customer("eve") };
            await t.Append(wrong).ConfigureAwait(false);
            await t.Append(right).ConfigureAwait(false);
            await t.Shows("interactions of a customer whose one belongs to another").ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions of a customer to whom one was moved", right).ConfigureAwait(false);
            Interaction back = t.Correction("back", wrong, 6);
            await t.Append(back).ConfigureAwait(false);
            await t.Shows("interactions of a customer to whom one was moved back", back).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions of a customer from whom one was moved back").ConfigureAwait(false);
        }),
        new("retraction-hides", "What never was is on no timeline, and neither is the word that it never was.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction kept = t.Note("kept") with { At = t.After(-1) };
            Interaction gone = t.Correction("gone", wrong) with { Detail = new RetractionDetail() };
            await t.Append(wrong, kept, gone).ConfigureAwait(false);
            await t.Shows("interactions, one of them retracted", kept).ConfigureAwait(false);
            await t.LogIs("interactions in the log, a retraction too", wrong, kept, gone).ConfigureAwait(false);
            Interaction again = t.Correction("again", wrong, 7);
            await t.Append(again).ConfigureAwait(false);
            await t.Shows("interactions after a retraction was corrected", again, kept).ConfigureAwait(false);
            await t.Append(t.Correction("gone-again", wrong, 8) with { Detail = new RetractionDetail() }).ConfigureAwait(false);
            await t.Shows("interactions after a correction was retracted", kept).ConfigureAwait(false);
        }),
        new("correction-of-a-correction-refused", "A chain of corrections has no end that every store finds; all name the first.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction right = t.Correction("right", wrong);
            Interaction chained = t.Note("chained") with { Corrects = right.Id };
            await t.Append(wrong, right).ConfigureAwait(false);
            await t.Refuses("for what corrects a correction", [], [chained.Id], t.Note("other"), chained).ConfigureAwait(false);
            await t.Shows("interactions after a refusal", right).ConfigureAwait(false);

            // Before the first of the row is there.
            Interaction[] apart = [t.Note("x") with { Corrects = t.Interaction("unseen") }, t.Note("y") with { Corrects = t.Interaction("x") }];
            await t.Append(apart[0]).ConfigureAwait(false);
            await t.Refuses("for what corrects a correction whose original never came", [], [apart[1].Id], apart[1]).ConfigureAwait(false);
        }),
        new("correction-of-a-correction-found-late", "Whichever of the two comes second, the fault is the same and must be told.", async t =>
        {
            Interaction chained = t.Note("chained") with { Corrects = t.Interaction("right") };
            await t.Append(chained).ConfigureAwait(false);
            await t.Refuses("for a correction that another corrects already", [], [chained.Id], t.Note("other"), t.Note("right") with { Corrects = t.Interaction("wrong") }).ConfigureAwait(false);
            await t.LogIs("interactions in the log after a refusal", chained).ConfigureAwait(false);

            Interaction[] batch = [t.Note("b2", "eve") with { Corrects = t.Interaction("b1") }, t.Note("b1", "eve") with { Corrects = t.Interaction("b0") }];
            await t.Refuses("for a batch in which one corrects a correction", [], [batch[0].Id], batch).ConfigureAwait(false);
            await t.Refuses("for what corrects itself", [], [t.Interaction("self")], t.Note("self", "eve") with { Corrects = t.Interaction("self") }).ConfigureAwait(false);
            await t.Shows(t.Query("eve"), "interactions after refusals").ConfigureAwait(false);
        }),
        new("states-of-one-thing", "A job that meets a correction asks what the thing was before, to take that back.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction[] states =
            [
                wrong, t.Correction("b", wrong, 4) with { Customer = t.Customer("eve") }, t.Correction("\uFF01", wrong), t.Correction("𝔘", wrong),
                t.Correction("a", wrong, 6) with { Detail = new RetractionDetail() },
            ];
            await t.Append(states[4], states[2], t.Note("other")).ConfigureAwait(false);
            await t.StatesAre(wrong.Id, "states of a thing whose original never came", states[2], states[4]).ConfigureAwait(false);
            await t.Append(states[3], states[0], states[1]).ConfigureAwait(false);
            await t.StatesAre(wrong.Id, "states of one thing, the one that counts last", states).ConfigureAwait(false);
            await t.StatesAre(t.Interaction("other"), "states of what nothing corrects", t.Note("other")).ConfigureAwait(false);
            await t.StatesAre(states[1].Id, "states of a thing by the id of a correction, which is none of its own").ConfigureAwait(false);
            await t.StatesAre(t.Interaction("nothing"), "states of what is not there").ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("eve"), t.Token).ConfigureAwait(false);
            await t.StatesAre(wrong.Id, "states of one thing after one was erased with what it superseded", states[2], states[3], states[4]).ConfigureAwait(false);
        }),
        new("what-was-known-then", "Why did we call? Because that day the screen showed it so.", async t =>
        {
            Interaction wrong = t.Note("wrong") with { At = t.Noon };
            Interaction first = t.Correction("first", wrong, 5) with { Customer = t.Customer("eve") };
            Interaction second = t.Correction("second", wrong, 9) with { Detail = new RetractionDetail() };
            Interaction third = t.Correction("third", wrong, 11);
            await t.Append(third, second, wrong, first).ConfigureAwait(false);
            async Task Known(int hours, string customer, params Interaction[] expected) => await t.Shows(
                t.Query(customer) with { AsOf = new(Instant.MaxValue, t.After(hours)) }, FormattableString.Invariant($"interactions known {hours} hours after noon"), expected).ConfigureAwait(false);
            await Known(0, "ada").ConfigureAwait(false);
            await Known(1, "ada", wrong).ConfigureAwait(false);
            await Known(4, "ada", wrong).ConfigureAwait(false);
            await Known(5, "ada").ConfigureAwait(false);
            await Known(5, "eve", first).ConfigureAwait(false);
            await Known(8, "eve", first).ConfigureAwait(false);
            await Known(9, "eve").ConfigureAwait(false);
            await Known(9, "ada").ConfigureAwait(false);
            await Known(11, "ada", third).ConfigureAwait(false);
            await t.Shows("interactions by all that is known", third).ConfigureAwait(false);
        }, StoreCapabilities.TimeTravel),
        new("known-to-the-moment", "Records made exactly at the moment asked about count, those a nanosecond later do not.", async t =>
        {
            Interaction wrong = t.Note("wrong");
            Interaction right = t.Correction("right", wrong);
            await t.Append(wrong, right).ConfigureAwait(false);
            foreach (var (moment, expected) in new[] { (right.RecordedAt - Duration.Epsilon, wrong), (right.RecordedAt, right), (Instant.MaxValue, right) })
            {
                await t.Shows(t.Query() with { AsOf = new(Instant.MaxValue, moment) }, "interactions known around the moment of a correction", expected).ConfigureAwait(false);
            }

            await t.Shows(t.Query() with { AsOf = new(Instant.MaxValue, wrong.RecordedAt - Duration.Epsilon) }, "interactions known a nanosecond before the first was").ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = new(Instant.MaxValue, wrong.RecordedAt) }, "interactions known at the moment the first was", wrong).ConfigureAwait(false);
        }, StoreCapabilities.TimeTravel | StoreCapabilities.Nanoseconds),
        new("what-was-true-then", "What had not happened at the moment asked about is not on its timeline, however well it is known now.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(1, 3).Reverse().Select(hours => t.Note(FormattableString.Invariant($"{hours}")) with { At = t.After(hours), RecordedAt = t.After(10) })];
            await t.Append(all).ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.Hindsight(t.After(2)) }, "interactions that happened by a moment, the moment included", all[1], all[2]).ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.Hindsight(t.After(0)) }, "interactions that happened before any did").ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.Hindsight(t.After(3)) }, "interactions that happened by the last moment", all).ConfigureAwait(false);

            // A correction says when it happened too: it was later, so at the earlier moment there was nothing.
            await t.Append(t.Correction("later", all[2], 20) with { At = t.After(5) }).ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.Hindsight(t.After(1)) }, "interactions that happened by the moment a correction moved one away from").ConfigureAwait(false);
        }),
        new("late-is-known-late", "A visit told of a week later was not on the screen that week.", async t =>
        {
            Interaction late = t.Note("late") with { At = t.Noon, RecordedAt = t.After(100) };
            await t.Append(late).ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.At(t.After(99)) }, "interactions known before one was recorded").ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.At(t.After(100)) }, "interactions known when one was recorded", late).ConfigureAwait(false);
            await t.Shows(t.Query() with { AsOf = AsOf.Hindsight(t.Noon) }, "interactions of noon by what is known since", late).ConfigureAwait(false);
        }, StoreCapabilities.TimeTravel),
    ];
}
