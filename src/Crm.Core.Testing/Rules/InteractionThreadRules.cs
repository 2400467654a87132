using Crm.Core.Interactions;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class InteractionThreadRules
{
    private const int Writers = 6;
    private const int MostAppends = 5_000;

    internal static IEnumerable<Rule<IInteractionStore>> All =>
    [
        new("appended-together-once", "Two workers take the same message from the queue at the same moment.", async t =>
        {
            int appended = 0;
            int there = 0;
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < 30; i++)
                {
                    string name = FormattableString.Invariant($"{i:D2}");
                    AppendResult result = await t.Append(t.Note(name), t.Note(FormattableString.Invariant($"own-{writer}-{name}"), "eve")).ConfigureAwait(false);
                    Interlocked.Add(ref appended, result.Appended);
                    Interlocked.Add(ref there, result.AlreadyThere);
                }
            }).ConfigureAwait(false);
            Expect.Count(30, (await t.ReadAll(t.Query()).ConfigureAwait(false)).Count, "interactions that every writer appended");
            Expect.Count(30 * Writers, (await t.ReadAll(t.Query("eve")).ConfigureAwait(false)).Count, "interactions that one writer each appended");
            Expect.Count(30 + (30 * Writers), appended, "interactions stated as new by all writers together");
            Expect.Count(30 * (Writers - 1), there, "interactions stated as there already by all writers together");
        }, StoreCapabilities.Concurrency),
        new("contradicted-together-once", "Of two contents given for one id at one moment one is kept, and the other is refused.", async t =>
        {
            for (int round = 0; round < 20; round++)
            {
                string name = FormattableString.Invariant($"r{round}");
                int kept = 0;
                await Together.Run(Writers, async writer =>
                {
                    try
                    {
                        await t.Append(t.Note(name) with { Detail = new NoteDetail { Text = FormattableString.Invariant($"{writer}") } }).ConfigureAwait(false);
                        Interlocked.Increment(ref kept);
                    }
                    catch (InteractionConflictException)
                    {
                        // The others came too late.
                    }
                }).ConfigureAwait(false);
                Expect.Count(1, kept, "accepted contents of one id");
            }
        }, StoreCapabilities.Concurrency),
        new("readers-see-whole-pages", "Who reads while others write sees whole interactions in their order.", async t =>
        {
            int readings = 0;
            using var done = CancellationTokenSource.CreateLinkedTokenSource(t.Token);
            Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                int before = 0;
                while (!done.IsCancellationRequested)
                {
                    var read = await t.ReadAll(t.Query() with { Limit = 7 }).ConfigureAwait(false);
                    Interaction[] sorted = [.. read.OrderBy(one => one, Comparer<Interaction>.Create(PageEnd.Compare))];
                    Expect.Sequence([.. sorted.Select(one => one.Id)], [.. read.Select(one => one.Id)], "interactions read while others are appended");
                    Expect.Count(read.Count, read.Select(one => one.Id).Distinct().Count(), "different interactions read while others are appended");
                    Expect.True(read.Count >= before, "no fewer interactions than a reading before", "there are fewer");
                    before = read.Count;
                    Interlocked.Increment(ref readings);
                }
            }))];
            try
            {
                await Together.Run(2, async writer =>
                {
                    // Until the readers have seen enough of it: how fast they are is for the machine to say.
                    for (int i = 0; i < MostAppends && (i < 40 || Volatile.Read(ref readings) < 8); i++)
                    {
                        // Newer and newer, so that a page begun stays as it was.
                        await t.Append(t.Note(FormattableString.Invariant($"{i:D5}-{writer}")) with { At = t.After(i) }).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
            }
            finally
            {
                await done.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(readers).ConfigureAwait(false);
            }
        }, StoreCapabilities.Concurrency),
    ];
}
