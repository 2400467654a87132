using Crm.Core.Interactions;

namespace Crm.Core.Testing.Rules;

/// <summary>A long timeline is read page by page.</summary>
internal static class InteractionPageRules
{
    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("newest-first", "The agent sees what happened last at the top, the same in every store.", async t =>
        {
            Interaction[] all = [t.Note("3") with { At = t.After(3) }, t.Note("1") with { At = t.After(1) }, t.Note("4") with { At = t.After(4) }, t.Note("2") with { At = t.After(2) }];
            await t.Append(all).ConfigureAwait(false);
            await t.Shows("interactions, newest first", [.. all.OrderByDescending(one => one.At)]).ConfigureAwait(false);
        }),
        new("equal-moments-by-id", "An import gives a thousand interactions one moment; their order is that of the UTF-8 bytes of their ids, greatest first.", async t =>
        {
            Interaction[] all = [.. Alike.Texts.Select(text => t.Note("x") with { Id = InteractionId.Of(t.Text(text)), Detail = new NoteDetail { Text = text } })];
            await t.Append(all).ConfigureAwait(false);
            Interaction[] sorted = [.. all.OrderByDescending(Utf8, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];
            await t.Shows("interactions of one moment", sorted).ConfigureAwait(false);
            await t.Shows(t.Query() with { Limit = 3 }, "interactions of one moment, on pages of three", sorted).ConfigureAwait(false);
        }),
        new("pages-each-once", "Between two pages nothing is lost and nothing is shown twice.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 123).Select(i => t.Note(FormattableString.Invariant($"{i:D3}")) with { At = t.After(-(i / 5)) })];
            await t.Append(all).ConfigureAwait(false);
            Interaction[] sorted = [.. all.OrderBy(one => one, Comparer<Interaction>.Create(PageEnd.Compare))];
            foreach (int limit in new[] { 1, 7, 41, 122, 123, 124, InteractionQuery.MostOnAPage })
            {
                await t.Shows(t.Query() with { Limit = limit }, FormattableString.Invariant($"interactions on pages of {limit}"), sorted).ConfigureAwait(false);
            }
        }),
        new("page-limit-kept", "The screen has room for so many; a page is as full as it can be, and says whether another follows.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 60).Select(i => t.Note(FormattableString.Invariant($"{i:D2}")) with { At = t.After(-i) })];
            await t.Append(all).ConfigureAwait(false);
            InteractionPage usual = await t.Store.ReadAsync(new() { Customer = all[0].Customer, AsOf = AsOf.Hindsight(t.Noon) }, t.Token).ConfigureAwait(false);
            Expect.Count(50, usual.Items.Count, "interactions on a page whose limit nobody named");
            foreach (var (limit, follows) in new[] { (59, true), (60, false), (61, false) })
            {
                InteractionPage page = await t.Store.ReadAsync(t.Query() with { Limit = limit }, t.Token).ConfigureAwait(false);
                Expect.Count(Math.Min(60, limit), page.Items.Count, FormattableString.Invariant($"interactions on a page of at most {limit}"));
                Expect.Equal(follows, page.End is not null, FormattableString.Invariant($"whether a page of {limit} of 60 has an end after which another begins"));
            }

            InteractionPage past = await t.Store.ReadAsync(t.Query() with { After = new PageEnd(all[^1].At, all[^1].Id) }, t.Token).ConfigureAwait(false);
            Expect.Count(0, past.Items.Count, "interactions after the last");
            Expect.True(past.End is null, "no end where nothing follows", "there is one");
        }),
        new("pages-while-appending", "While the agent turns pages, new things happen; none of the old is lost or shown twice.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 40).Select(i => t.Note(FormattableString.Invariant($"b{i:D2}")) with { At = t.After(-(i / 4)) })];
            await t.Append(all).ConfigureAwait(false);
            var read = new List<Interaction>();
            InteractionQuery query = t.Query() with { Limit = 6 };
            for (PageEnd? after = null; ;)
            {
                InteractionPage page = await t.Store.ReadAsync(query with { After = after }, t.Token).ConfigureAwait(false);
                read.AddRange(page.Items);
                string name = FormattableString.Invariant($"{read.Count}");

                // Before what was read, and among what follows.
                await t.Append(t.Note("new" + name) with { At = t.After(1) }, t.Note("a" + name) with { At = t.After(-9) }).ConfigureAwait(false);
                if (page.End is not { } end || read.Count > 1_000)
                {
                    break;
                }

                after = end;
            }

            Expect.Same(
                [.. all.OrderBy(one => one, Comparer<Interaction>.Create(PageEnd.Compare))],
                [.. read.Where(one => all.Any(known => known.Id == one.Id))],
                "interactions of before, read on pages while others are appended");
        }),
        new("page-after-any-place", "The place a page ended at stays a place, though the interaction there was corrected meanwhile.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 6).Select(i => t.Note(FormattableString.Invariant($"{i}")) with { At = t.After(-i) })];
            await t.Append(all).ConfigureAwait(false);
            InteractionPage page = await t.Store.ReadAsync(t.Query() with { Limit = 2 }, t.Token).ConfigureAwait(false);
            await t.Append(t.Correction("gone", all[1]) with { Detail = new RetractionDetail() }).ConfigureAwait(false);
            InteractionPage next = await t.Store.ReadAsync(t.Query() with { Limit = 2, After = page.End }, t.Token).ConfigureAwait(false);
            Expect.Same([all[2], all[3]], next.Items, "interactions on the page after one whose last was retracted");
        }),
    ];

    private static byte[] Utf8(Interaction one) => System.Text.Encoding.UTF8.GetBytes(one.Id.ToString());
}
