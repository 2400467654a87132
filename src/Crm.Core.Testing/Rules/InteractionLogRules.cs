using Crm.Core.Interactions;

namespace Crm.Core.Testing.Rules;

/// <summary>What was appended is read in its order, from where one had come to.</summary>
internal static class InteractionLogRules
{
    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("log-in-order", "Who follows the log must see what was appended first, first, the order inside a batch included.", async t =>
        {
            Interaction wrong = t.Note("c");
            Interaction[] all = [wrong, t.Note("a") with { At = t.After(9) }, t.Correction("b", wrong), t.Note("z", "eve") with { At = t.After(-9) }, t.Correction("d", wrong, 3) with { Detail = new RetractionDetail() }];
            await t.Append(all[0], all[1]).ConfigureAwait(false);
            await t.Append(all[2]).ConfigureAwait(false);
            await t.Append(all[3], all[4]).ConfigureAwait(false);
            await t.LogIs("interactions in the log", all).ConfigureAwait(false);
        }),
        new("log-resumes", "A job that was interrupted goes on where it was, without a gap and without a repetition.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 30).Select(i => t.Note(FormattableString.Invariant($"{(i * 7) % 30:D2}")))];
            foreach (Interaction[] batch in all.Chunk(4))
            {
                await t.Append(batch).ConfigureAwait(false);
            }

            var log = await t.ReadLog().ConfigureAwait(false);
            Expect.Count(all.Length, log.Count, "interactions in the log");
            for (int i = 0; i < log.Count; i++)
            {
                Expect.Same([.. all.Skip(i + 1)], [.. (await t.ReadLog(log[i].Position).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions after a position in the log");
            }

            StorePosition last = log[^1].Position;
            Interaction later = t.Note("later") with { At = t.After(-1_000) };
            await t.Append(later, all[3]).ConfigureAwait(false);
            Expect.Same([later], [.. (await t.ReadLog(last).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions appended after a position was given");
        }),
        new("log-long", "A log is longer than one batch of rows.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 2_500).Select(i => t.Note(FormattableString.Invariant($"{i:D4}"), FormattableString.Invariant($"c{i % 7}")))];
            foreach (Interaction[] batch in all.Chunk(1_000))
            {
                await t.Append(batch).ConfigureAwait(false);
            }

            await t.LogIs("interactions in a long log", all).ConfigureAwait(false);
            await t.Shows(t.Query("c3"), "interactions of one customer of many", [.. all.Where(one => one.Customer == t.Customer("c3")).OrderBy(one => one, Comparer<Interaction>.Create(PageEnd.Compare))]).ConfigureAwait(false);
        }),
        new("log-survives-erasure", "Where one had come to stays a place, though what stood there was erased.", async t =>
        {
            Interaction[] all = [t.Note("a"), t.Note("b", "eve"), t.Note("c"), t.Note("d", "bob")];
            await t.Append(all).ConfigureAwait(false);
            var log = await t.ReadLog().ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            foreach (var (place, left) in new[] { (0, new[] { all[1], all[3] }), (1, [all[3]]), (2, [all[3]]), (3, []) })
            {
                Expect.Same(left, [.. (await t.ReadLog(log[place].Position).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions after a position, some erased,");
            }

            Interaction later = t.Note("e", "eve");
            await t.Append(later).ConfigureAwait(false);
            Expect.Same([later], [.. (await t.ReadLog(log[^1].Position).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions appended after an erasure");
        }),
        new("erased-position-never-again", "A number of a row that is gone, given to a new one, hides it from whoever had come to that number.", async t =>
        {
            await t.Append(t.Note("a"), t.Note("b", "eve"), t.Note("c", "bob")).ConfigureAwait(false);
            var log = await t.ReadLog().ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("bob"), t.Token).ConfigureAwait(false);
            Interaction later = t.Note("d", "zoe");
            await t.Append(later).ConfigureAwait(false);
            Expect.Same([later], [.. (await t.ReadLog(log[2].Position).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions appended after the last was erased");
            await t.Store.EraseAsync(t.Customer("ada"), t.Token).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("eve"), t.Token).ConfigureAwait(false);
            await t.Store.EraseAsync(t.Customer("zoe"), t.Token).ConfigureAwait(false);
            Interaction last = t.Note("e", "zoe");
            await t.Append(last).ConfigureAwait(false);
            Expect.Same([last], [.. (await t.ReadLog(log[2].Position).ConfigureAwait(false)).Select(stored => stored.Interaction)], "interactions appended after all were erased");
        }),
        new("log-read-while-erasing", "Somebody is forgotten while the log is read; what stands behind them must not be left out for it.", async t =>
        {
            Interaction[] all = [.. Enumerable.Range(0, 2_500).Select(i => t.Note(FormattableString.Invariant($"{i:D4}"), FormattableString.Invariant($"c{i}")))];
            foreach (Interaction[] batch in all.Chunk(500))
            {
                await t.Append(batch).ConfigureAwait(false);
            }

            var read = await Midway.EraseWhatWasRead(t, token => t.Store.ReadAppendedAsync(StorePosition.Start, token), stored => stored.Interaction.Customer).ConfigureAwait(false);
            Expect.Sequence([.. all.Select(one => one.Customer.ToString())], [.. read.Select(id => id.ToString())], "customers in the log, read while some who had been read were erased");
        }),
        new("log-without-gaps-under-load", "A row that is numbered before it is committed, and shown after a greater number, is never read by who follows the log.", async t =>
        {
            const int Writers = 5;
            const int Batches = 40;
            using var done = CancellationTokenSource.CreateLinkedTokenSource(t.Token);
            var followed = new List<StoredInteraction>();
            Task follower = Task.Run(async () =>
            {
                StorePosition place = StorePosition.Start;
                for (bool isLast = false; ; isLast = true)
                {
                    do
                    {
                        await foreach (StoredInteraction stored in t.Store.ReadAppendedAsync(place, t.Token).ConfigureAwait(false))
                        {
                            place = stored.Position;
                            if (t.IsMine(stored.Interaction.Customer))
                            {
                                followed.Add(stored);
                            }
                        }

                        await Task.Yield();
                    }
                    while (!done.IsCancellationRequested);
                    if (isLast)
                    {
                        return;
                    }
                }
            });
            try
            {
                await Together.Run(Writers, async writer =>
                {
                    for (int i = 0; i < Batches; i++)
                    {
                        await t.Append([.. Enumerable.Range(0, 3).Select(k => t.Note(FormattableString.Invariant($"{writer}-{i:D2}-{k}"), FormattableString.Invariant($"w{writer}")))]).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
            }
            finally
            {
                await done.CancelAsync().ConfigureAwait(false);
                await follower.ConfigureAwait(false);
            }

            Expect.Count(Writers * Batches * 3, followed.Select(stored => stored.Interaction.Id).Distinct().Count(), "interactions seen by who followed the log while they were appended");
            Expect.Same([.. (await t.ReadLog().ConfigureAwait(false)).Select(stored => stored.Interaction)], [.. followed.Select(stored => stored.Interaction)], "interactions followed, as they stand in the log");
            for (int writer = 0; writer < Writers; writer++)
            {
                string[] own = [.. followed.Where(stored => stored.Interaction.Customer == t.Customer(FormattableString.Invariant($"w{writer}"))).Select(stored => stored.Interaction.Id.ToString())];
                Expect.Sequence([.. own.Order(StringComparer.Ordinal)], own, "interactions of one writer in the log");
            }
        }, StoreCapabilities.Concurrency),
    ];
}
