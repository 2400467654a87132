using Crm.Core.Segments;

namespace Crm.Core.Testing.Rules;

/// <summary>Segments are found as they were saved, and nobody's change is lost.</summary>
internal static class SegmentRules
{
    internal static IEnumerable<Rule<ISegmentStore>> All =>
    [
        new("found-as-saved", "A segment is a name, a parent and words; any that is lost makes it another.", async t =>
        {
            Segment full = t.NewSegment("full") with { Name = "Students", Parent = t.Segment("parent"), Words = "at least 3 purchases" };
            Segment bare = t.NewSegment("bare");
            Segment empty = t.NewSegment("empty") with { Words = "" };
            foreach (Segment segment in new[] { full, bare, empty })
            {
                await t.Save(segment).ConfigureAwait(false);
                await t.IsFound(segment, "found").ConfigureAwait(false);
            }
        }),
        new("saved-again-replaces", "A segment is renamed, and has one name.", async t =>
        {
            StoreVersion version = await t.Save(t.NewSegment("a") with { Words = "old", Parent = t.Segment("p") }).ConfigureAwait(false);
            await t.Save(t.NewSegment("a") with { Name = "new" }, version).ConfigureAwait(false);
            await t.IsFound(t.NewSegment("a") with { Name = "new" }, "after the second save").ConfigureAwait(false);
            Expect.Count(1, (await t.ReadMine().ConfigureAwait(false)).Count, "segments after one was saved twice");
        }),
        new("hostile-text-exact", "Segments are named by people, in every script.", async t =>
        {
            foreach (var (name, text) in HostileText.All)
            {
                Segment segment = new() { Id = t.Segment(text), Name = text, Parent = SegmentId.Of(text), Words = text };
                await t.Save(segment).ConfigureAwait(false);
                await t.IsFound(segment, $"with {name}").ConfigureAwait(false);
            }

            Segment longest = new() { Id = t.Segment("long"), Name = HostileText.OfLength(1_000), Words = HostileText.OfLength(65_536) };
            await t.Save(longest).ConfigureAwait(false);
            await t.IsFound(longest, "of the greatest length").ConfigureAwait(false);
        }),
        new("segments-each-once", "A segment read twice is reported twice.", async t =>
        {
            Segment[] all = [.. Enumerable.Range(0, 300).Select(i => t.NewSegment(FormattableString.Invariant($"{i}")))];
            foreach (Segment segment in all)
            {
                await t.Save(segment).ConfigureAwait(false);
            }

            Expect.Set(all.Select(segment => segment.Id), (await t.ReadMine().ConfigureAwait(false)).Select(stored => stored.Value.Id), "segments read");
        }),
        new("ids-compared-ordinally", "Two segments whose names differ in case hold different people.", async t =>
        {
            Segment[] all = [.. Alike.Texts.Select(text => t.NewSegment(text))];
            foreach (Segment segment in all)
            {
                await t.Save(segment).ConfigureAwait(false);
            }

            foreach (Segment segment in all)
            {
                await t.IsFound(segment, "beside others of almost the same id").ConfigureAwait(false);
            }
        }),
        new("stale-version-refused", "A change made to an old state would undo what others saved since.", async t =>
        {
            StoreVersion old = await t.Save(t.NewSegment("a")).ConfigureAwait(false);
            Expect.Equal(old, (await t.Found(t.Segment("a")).ConfigureAwait(false)).Version, "the version that was given when the segment was saved");
            await t.IsConflict(t.NewSegment("a") with { Name = "x" }, StoreVersion.None, old).ConfigureAwait(false);
            await t.IsConflict(t.NewSegment("b"), old, StoreVersion.None).ConfigureAwait(false);
            StoreVersion held = await t.Save(t.NewSegment("a") with { Name = "second" }, old).ConfigureAwait(false);
            await t.IsConflict(t.NewSegment("a") with { Name = "lost" }, old, held).ConfigureAwait(false);
            await t.IsFound(t.NewSegment("a") with { Name = "second" }, "after a refused save").ConfigureAwait(false);
            Expect.Count(1, (await t.ReadMine().ConfigureAwait(false)).Count, "segments after refused saves");
        }),
        new("versions-never-repeat", "A version that comes back, as a hash of the content does, lets a stale change pass for a fresh one.", async t =>
        {
            var versions = new List<StoreVersion> { StoreVersion.None };
            for (int i = 0; i < 8; i++)
            {
                versions.Add(await t.Save(t.NewSegment("a") with { Name = FormattableString.Invariant($"{i / 2 % 2}") }, versions[^1]).ConfigureAwait(false));
            }

            Expect.Count(versions.Count, versions.Distinct().Count(), "different versions of one segment");
        }),
        new("cancelled-changes-nothing", "A request that was given up must not leave a trace.", async t =>
        {
            Segment segment = t.NewSegment("gold");
            StoreVersion version = await t.Save(segment).ConfigureAwait(false);
            SegmentMove move = t.Move(true, 1);
            await t.Moves(1, move).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.SaveAsync(new(segment with { Name = "x" }, version), token).ConfigureAwait(false), nameof(ISegmentStore.SaveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(t.Store.ReadSegmentsAsync, nameof(ISegmentStore.ReadSegmentsAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.MoveAsync([t.Move(false, 2)], token).ConfigureAwait(false), nameof(ISegmentStore.MoveAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.ReadMovesAsync(move.Customer, token).ConfigureAwait(false), nameof(ISegmentStore.ReadMovesAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadMembersAsync(segment.Id, SegmentTrials.Now, token), nameof(ISegmentStore.ReadMembersAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(token => t.Store.ReadHeldDataAsync(move.Customer, token), nameof(IPersonalDataStore.ReadHeldDataAsync)).ConfigureAwait(false);
            await Tokens.RefusedBy(async token => await t.Store.EraseAsync(move.Customer, token).ConfigureAwait(false), nameof(IPersonalDataStore.EraseAsync)).ConfigureAwait(false);
            await t.IsFound(segment, "after calls that were cancelled beforehand").ConfigureAwait(false);
            await t.MovesAre(move.Customer, "moves after calls that were cancelled beforehand", move).ConfigureAwait(false);
        }),
    ];
}
