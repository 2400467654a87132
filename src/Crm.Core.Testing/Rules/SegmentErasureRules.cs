using Crm.Core.Segments;

namespace Crm.Core.Testing.Rules;

/// <summary>All that is held on a person can be shown, and all of it removed.</summary>
internal static class SegmentErasureRules
{
    internal static IEnumerable<Rule<ISegmentStore>> All =>
    [
        new("data-name-given", "A report on an erasure names the store it speaks of.", t =>
        {
            Expect.True(!string.IsNullOrWhiteSpace(t.Store.DataName), "a name for the data of the store", "there is none");
            return Task.CompletedTask;
        }),
        new("erased-is-gone", "The person asked to be forgotten, and with them where they stood.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.MovesAre(t.Customer("ada"), "moves of someone who was erased").ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after one was erased", t.Move(true, 1, customer: "eve")).ConfigureAwait(false);
            await HeldJson.IsEmpty(t.Store, t.Customer("ada"), "who was erased", t.Token).ConfigureAwait(false);
        }),
        new("erasure-leaves-others", "Nobody else asked, and a segment is no person.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            StoreVersion version = await t.Save(t.NewSegment("gold")).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.MovesAre(t.Customer("eve"), "moves of someone who was not erased", t.Move(true, 1, customer: "eve")).ConfigureAwait(false);
            await t.IsFound(t.NewSegment("gold"), "after a member was erased").ConfigureAwait(false);
            Expect.Equal(version, (await t.Found(t.Segment("gold")).ConfigureAwait(false)).Version, "the version of a segment after a member was erased");
        }),
        new("erasure-stated", "The person is told what was removed, and the figures must be true.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            ErasureStatement statement = await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            Expect.Equal(t.Store.DataName, statement.Store, "the name of the data in the statement");
            Expect.True(statement is { Removed: >= 1, Redacted: 0 }, "at least 1 removed and 0 redacted", FormattableString.Invariant($"{statement.Removed} and {statement.Redacted} are stated"));
        }),
        new("erasing-twice-is-no-error", "An erasure that was interrupted is asked for again.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            foreach (CustomerId id in new[] { t.Customer("ada"), t.Customer("never-there") })
            {
                ErasureStatement again = await t.Store.EraseAsync(id, t.Token).ConfigureAwait(false);
                Expect.Equal(0, again.Removed + again.Redacted, "the number removed where nothing is");
            }
        }),
        new("moved-again-after-erasure", "Who was forgotten may come back, as someone new.", async t =>
        {
            await SaveAda(t).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.Moves(1, t.Move(true, 1)).ConfigureAwait(false);
            await t.MovesAre(t.Customer("ada"), "moves after an erasure", t.Move(true, 1)).ConfigureAwait(false);
            await t.MembersAre(SegmentTrials.Now, "after one came back", t.Move(true, 1), t.Move(true, 1, customer: "eve")).ConfigureAwait(false);
        }),
        new("held-data-complete", "The person may see all that is held on them, and nothing of others.", async t =>
        {
            SegmentMove[] own = [.. HostileText.All.Select((one, place) => t.Move(true, place, segment: one.Text) with { Why = t.Text("why" + one.Text) })];
            await t.Moves(own.Length + 1, [.. own, t.Move(true, 1, customer: "eve") with { Why = t.Text("secret") }]).ConfigureAwait(false);
            var held = await HeldJson.Read(t.Store, t.Customer("ada"), t.Token).ConfigureAwait(false);
            foreach (SegmentMove move in own)
            {
                Expect.True(HeldJson.Mentions(held, move.Why!) > 0 && HeldJson.Mentions(held, move.Segment.ToString()) > 0, "every move of the customer", "one is missing");
            }

            Expect.Count(held.Count, held.Distinct().Count(), "different items of held data, each item once,");
            Expect.Count(0, HeldJson.Mentions(held, t.Text("secret")), "items that hold what is another's");
            await HeldJson.IsEmpty(t.Store, t.Customer("never-there"), "who was never there", t.Token).ConfigureAwait(false);
        }),
    ];

    private static async Task SaveAda(Trial<ISegmentStore> t) => await t.Moves(
        5, t.Move(true, 1), t.Move(false, 2), t.Move(true, 3), t.Move(true, 1, segment: "silver"), t.Move(true, 1, customer: "eve")).ConfigureAwait(false);
}
