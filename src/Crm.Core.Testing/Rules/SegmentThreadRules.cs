using Crm.Core.Segments;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class SegmentThreadRules
{
    private const int Writers = 6;
    private const int Times = 10;

    internal static IEnumerable<Rule<ISegmentStore>> All =>
    [
        new("no-lost-update", "Two who rename a segment at once must not undo one another unseen.", async t =>
        {
            await t.Save(t.NewSegment("busy") with { Words = "" }).ConfigureAwait(false);
            await Together.Run(Writers, async _ =>
            {
                for (int i = 0; i < Times; i++)
                {
                    // Each refusal means that another's save was accepted in between, and there are only so many.
                    bool isSaved = false;
                    for (int left = Writers * Times; left >= 0 && !isSaved; left--)
                    {
                        isSaved = await Lengthen(t).ConfigureAwait(false);
                        await Task.Yield();
                    }

                    Expect.True(isSaved, "a save to be accepted that names the version just found, unless another came between", "more were refused than others could save");
                }
            }).ConfigureAwait(false);
            Expect.Count(Writers * Times, (await t.Found(t.Segment("busy")).ConfigureAwait(false)).Value.Words!.Length, "changes, one for every save that was accepted");
        }, StoreCapabilities.Concurrency),
        new("moved-together-once", "Two runs of one job must not move anybody twice.", async t =>
        {
            int moved = 0;
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < 30; i++)
                {
                    Interlocked.Add(ref moved, await t.Store.MoveAsync(
                        [t.Move(true, i), t.Move(true, 1, customer: FormattableString.Invariant($"c{i}")), t.Move(true, i, customer: FormattableString.Invariant($"own-{writer}"))], t.Token).ConfigureAwait(false));
                }
            }).ConfigureAwait(false);
            Expect.Count(30, (await t.Store.ReadMovesAsync(t.Customer("ada"), t.Token).ConfigureAwait(false)).Count, "moves that every writer appended");
            Expect.Count(60 + (30 * Writers), moved, "moves stated as new by all writers together");
            var members = await t.Store.ReadMembersAsync(t.Segment("gold"), SegmentTrials.Now, t.Token).CountAsync(t.Token).ConfigureAwait(false);
            Expect.Count(1 + 30 + Writers, members, "members moved by all writers together");
        }, StoreCapabilities.Concurrency),
    ];

    private static async Task<bool> Lengthen(Trial<ISegmentStore> t)
    {
        t.Token.ThrowIfCancellationRequested();
        Stored<Segment> found = await t.Found(t.Segment("busy")).ConfigureAwait(false);
        try
        {
            await t.Save(found.Value with { Words = found.Value.Words + "x" }, found.Version).ConfigureAwait(false);
            return true;
        }
        catch (ConcurrencyConflictException)
        {
            return false;
        }
    }
}
