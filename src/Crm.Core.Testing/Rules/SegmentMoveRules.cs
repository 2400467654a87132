using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>Who entered and left, and who is in.</summary>
internal static class SegmentMoveRules
{
    internal static IEnumerable<Rule<ISegmentStore>> All =>
    [
        new("moves-found-as-given", "Why someone was moved is asked by the person who was.", async t =>
        {
            SegmentMove[] all = [t.Move(true, 1) with { Why = "" }, t.Move(false, 2) with { Why = "no purchase" }, .. HostileText.All.Select((one, place) =>
                t.Move((place & 1) == 0, 3 + place) with { Segment = SegmentId.Of(one.Text), Why = one.Text }), t.Move(true, 90) with { Why = HostileText.OfLength(65_536) }];
            await t.Moves(all.Length, all).ConfigureAwait(false);
            await t.MovesAre(t.Customer("ada"), "moves", all).ConfigureAwait(false);
            await t.MovesAre(t.Customer("nobody"), "moves of someone who never moved").ConfigureAwait(false);
        }),
        new("nanoseconds-kept", "Of two moves a nanosecond apart one came last, and decides.", async t =>
        {
            SegmentMove left = t.Move(false, 1) with { At = t.Noon + Duration.FromNanoseconds(2), RecordedAt = t.Noon + Duration.FromNanoseconds(7) };
            SegmentMove entered = t.Move(true, 1) with { At = t.Noon + Duration.FromNanoseconds(1), RecordedAt = t.Noon + Duration.FromNanoseconds(9) };
            await t.Moves(2, left, entered).ConfigureAwait(false);
            await t.MovesAre(left.Customer, "moves a nanosecond apart", entered, left).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after moves a nanosecond apart").ConfigureAwait(false);
            await t.MembersAre(new(entered.At, Instant.MaxValue), "between moves a nanosecond apart", entered).ConfigureAwait(false);
        }, StoreCapabilities.Nanoseconds),
        new("extreme-moments-kept", "'Since ever' is written as the first moment there is.", async t =>
        {
            SegmentMove entered = t.Move(true, 0) with { At = Instant.MinValue, RecordedAt = Instant.MinValue };
            SegmentMove left = t.Move(false, 0) with { At = Instant.MaxValue, RecordedAt = Instant.MaxValue };
            await t.Moves(2, left, entered).ConfigureAwait(false);
            await t.MovesAre(entered.Customer, "moves of the first and the last moment", entered, left).ConfigureAwait(false);
            await t.MembersAre(AsOf.At(t.Noon), "between the first and the last moment", entered).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "at the last moment").ConfigureAwait(false);
        }, StoreCapabilities.AllInstants),
        new("moves-first-to-last", "A history is told from its beginning, whatever order it arrived in.", async t =>
        {
            SegmentMove[] all = [t.Move(true, 1, 9), t.Move(false, 2, 3), t.Move(true, 3, 4), t.Move(false, 3, 5), t.Move(true, 9, 1)];
            await t.Moves(5, all[3], all[0], all[4], all[2], all[1]).ConfigureAwait(false);
            await t.MovesAre(t.Customer("ada"), "moves that came in another order", all).ConfigureAwait(false);
        }),
        new("move-delivered-twice-is-one", "A job that is run again moves nobody again; what was known first stays.", async t =>
        {
            SegmentMove first = t.Move(true, 1) with { Why = "first" };
            await t.Moves(1, first).ConfigureAwait(false);
            await t.Moves(0, first with { Why = "again" }).ConfigureAwait(false);
            await t.Moves(1, t.Move(true, 2), t.Move(true, 2) with { Why = "twice at once" }).ConfigureAwait(false);
            await t.Moves(3, t.Move(true, 1, customer: "eve"), first, t.Move(true, 1, segment: "silver"), t.Move(false, 1, 1)).ConfigureAwait(false);
            var found = await t.Store.ReadMovesAsync(first.Customer, t.Token).ConfigureAwait(false);
            Expect.Count(4, found.Count, "moves, some given twice");
            Expect.Same(first, found.FirstOrDefault(move => move is { Entered: true, Why: not null }), "given twice");
        }),
        new("empty-batch-moves-nobody", "On most days nobody moves.", async t => await t.Moves(0).ConfigureAwait(false)),
        new("move-seen-at-once", "Who was moved and is asked for again is where they were moved to.", async t =>
        {
            for (int i = 1; i <= 6; i++)
            {
                SegmentMove move = t.Move((i & 1) == 1, i);
                await t.Moves(1, move).ConfigureAwait(false);
                await t.MembersAre(SegmentTrials.Now, "right after a move", move.Entered ? [move] : []).ConfigureAwait(false);
            }
        }),
        new("moves-all-or-none", "A run that was stopped halfway must not leave half of the base in its new segments.", async t => await Tokens.AllOrNone(
            async (number, token) => await t.Store.MoveAsync(
                [.. Enumerable.Range(0, 5).Select(place => t.Move(true, place, customer: FormattableString.Invariant($"m{number}")))], token).ConfigureAwait(false),
            async number => (await t.Store.ReadMovesAsync(t.Customer(FormattableString.Invariant($"m{number}")), t.Token).ConfigureAwait(false)).Count,
            whole: 5).ConfigureAwait(false)),
        new("moves-of-unknown-segments", "Who finds segments and who names them are two jobs, and either may come first.", async t =>
        {
            SegmentMove move = t.Move(true, 1);
            await t.Moves(1, move).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "of a segment that was never saved", move).ConfigureAwait(false);
            Expect.Count(0, (await t.ReadMine().ConfigureAwait(false)).Count, "segments where none was saved");
            await t.Save(t.NewSegment("gold")).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "of a segment that was saved later", move).ConfigureAwait(false);
        }),
        new("last-move-decides", "Who left is out, who came back is in.", async t =>
        {
            SegmentMove[] ada = [t.Move(true, 1), t.Move(false, 3), t.Move(true, 5)];
            await t.Moves(3, ada[2], ada[0], ada[1]).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after the last move", ada[2]).ConfigureAwait(false);
            foreach (var (hours, expected) in new (int, SegmentMove[])[] { (0, []), (1, [ada[0]]), (2, [ada[0]]), (3, []), (4, []), (5, [ada[2]]) })
            {
                await t.MembersAre(AsOf.Hindsight(t.After(hours)), FormattableString.Invariant($"{hours} hours after noon, moves of that moment included"), expected).ConfigureAwait(false);
            }
        }),
        new("equal-moments-recorded-last", "A move found wrong is corrected by one of the same moment; of those recorded together leaving counts.", async t =>
        {
            await t.Moves(2, t.Move(true, 1, 2), t.Move(false, 1, 3)).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after leaving was recorded last for the same moment").ConfigureAwait(false);
            SegmentMove eve = t.Move(true, 1, 3, "eve");
            await t.Moves(2, eve, t.Move(false, 1, 2, "eve")).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after entering was recorded last for the same moment", eve).ConfigureAwait(false);
            await t.Moves(2, t.Move(false, 1, 2, "bob"), t.Move(true, 1, 2, "bob")).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after both were recorded at once for the same moment", eve).ConfigureAwait(false);
            await t.MovesAre(t.Customer("bob"), "moves of one moment, recorded at once", t.Move(true, 1, 2, "bob"), t.Move(false, 1, 2, "bob")).ConfigureAwait(false);
        }),
        new("move-stated-again-counts", "Leaving was a mistake: that they had entered at that very moment is stated once more, and counts.", async t =>
        {
            SegmentMove again = t.Move(true, 1, 4);
            await t.Moves(2, t.Move(true, 1, 2), t.Move(false, 1, 3)).ConfigureAwait(false);
            await t.Moves(1, again).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after entering was stated again", again).ConfigureAwait(false);
            await t.MovesAre(again.Customer, "moves of one moment, recorded one after the other", t.Move(true, 1, 2), t.Move(false, 1, 3), again).ConfigureAwait(false);
        }),
        new("what-was-known-then", "Whom did we write to? Those who were in the segment by what we knew that day.", async t =>
        {
            SegmentMove late = t.Move(true, 1, 8);
            SegmentMove left = t.Move(false, 2, 10);
            await t.Moves(2, late, left).ConfigureAwait(false);
            foreach (var (trueAt, knownAt, expected) in new (int, int, SegmentMove[])[] { (1, 7, []), (1, 8, [late]), (2, 8, [late]), (9, 9, [late]), (9, 10, []), (1, 10, [late]) })
            {
                await t.MembersAre(
                    new(t.After(trueAt), t.After(knownAt)), FormattableString.Invariant($"{trueAt} hours after noon by what was known {knownAt} hours after"), expected).ConfigureAwait(false);
            }
        }, StoreCapabilities.TimeTravel),
        new("members-each-once", "A member given twice is written to twice; nobody of another segment is given.", async t =>
        {
            SegmentMove[] members = [.. Enumerable.Range(0, 700).Select(i => t.Move(true, 5, customer: FormattableString.Invariant($"c{i}")))];
            SegmentMove[] others = [.. members.Select(move => move with { At = t.After(1) }), .. members.Select(move => move with { Segment = t.Segment("silver") }),
                .. members.Take(50).Select(move => move with { Entered = false, At = t.After(6) })];
            await t.Moves(members.Length + others.Length, [.. others, .. members]).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "of one segment of two", [.. members.Skip(50)]).ConfigureAwait(false);
        }),
        new("members-read-while-erasing", "Somebody is forgotten while a mailing goes out; whoever stands behind them must not be left out for it.", async t =>
        {
            SegmentMove[] all = [.. Enumerable.Range(0, 1_234).Select(i => t.Move(true, i, customer: FormattableString.Invariant($"c{i}")))];
            await t.Moves(all.Length, all).ConfigureAwait(false);
            var read = await Midway.EraseWhatWasRead(t, token => t.Store.ReadMembersAsync(t.Segment("gold"), SegmentTrials.Now, token), move => move.Customer).ConfigureAwait(false);
            Expect.Set(all.Select(move => move.Customer), read, "members read while some who had been read were erased");
        }),
        new("ids-of-moves-ordinal", "A collation that takes two ids for one puts the wrong people into a segment.", async t =>
        {
            SegmentMove[] all = [.. Alike.Texts.Select(text => t.Move(true, 1, customer: text)), .. Alike.Texts.Select(text => t.Move(true, 1, customer: "ada", segment: "gold" + text))];
            await t.Moves(all.Length, all).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "among ids almost the same", [.. all.Take(Alike.Texts.Count)]).ConfigureAwait(false);
            await t.MovesAre(t.Customer("Ada"), "moves of a customer beside others of almost the same id", all.Single(move => move.Customer == t.Customer("Ada"))).ConfigureAwait(false);
        }),
    ];
}
