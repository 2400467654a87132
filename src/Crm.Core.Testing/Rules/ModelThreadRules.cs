using System.Collections.Concurrent;
using Crm.Core.Hosting;

namespace Crm.Core.Testing.Rules;

/// <summary>Several threads at once.</summary>
internal static class ModelThreadRules
{
    private const int Writers = 6;
    private const int Times = 10;
    private const int MostSaves = 5_000;

    internal static IEnumerable<Rule<IModelStore>> All =>
    [
        new("saved-together-all-there", "Models are fitted side by side and saved as they are ready; none may take another's place.", async t =>
        {
            await Together.Run(Writers, async writer =>
            {
                for (int i = 0; i < Times; i++)
                {
                    await t.Save("a", FormattableString.Invariant($"{writer}-{i}"), FormattableString.Invariant($"{writer}-{i}")).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            string[] names = [.. Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, Times).Select(i => FormattableString.Invariant($"{writer}-{i}")))];
            await t.NamesAre("a", "saved by several at once", names).ConfigureAwait(false);
            foreach (string name in names)
            {
                await t.IsFound("a", name, name, "saved by several at once found").ConfigureAwait(false);
            }
        }, StoreCapabilities.Concurrency),
        new("readers-see-whole-contents", "A state is read while an erasure saves it anew: it is the old one or the new one, and never a part of each.", async t =>
        {
            var seen = new ConcurrentBag<(int Length, int Different)>();
            using var done = CancellationTokenSource.CreateLinkedTokenSource(t.Token);
            await t.Save("a", "histories", Content(0)).ConfigureAwait(false);
            Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    RunArtefact found = await t.Find("a", "histories").ConfigureAwait(false) ?? throw new BrokenPromise("a content at any moment between two saves", "there is none");
                    seen.Add((found.Content.Length, Different(found.Content.Span)));
                    await Task.Yield();
                }
            }))];
            try
            {
                // Until the readers have seen enough of it: how fast they are is for the machine to say.
                for (int i = 1; i < MostSaves && (i < 50 || seen.Count < 50) && !Array.Exists(readers, reader => reader.IsFaulted); i++)
                {
                    await t.Save("a", "histories", Content(i)).ConfigureAwait(false);
                    await Task.Yield();
                }
            }
            finally
            {
                await done.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(readers).ConfigureAwait(false);
            }

            foreach (var (length, different) in seen.Distinct())
            {
                Expect.True(length is 1_000 or 70_000 && different == 1, "a content that was saved, whole", FormattableString.Invariant($"a reader saw {length} bytes of {different} saves"));
            }
        }, StoreCapabilities.Concurrency),
    ];

    // Each save has bytes of one value of its own, and every other one is as long as a page of the database is not.
    private static byte[] Content(int number)
    {
        byte[] content = new byte[number % 2 == 0 ? 1_000 : 70_000];
        Array.Fill(content, (byte)(number % 251));
        return content;
    }

    private static int Different(ReadOnlySpan<byte> content)
    {
        var values = new HashSet<byte>();
        foreach (byte value in content)
        {
            values.Add(value);
        }

        return values.Count;
    }
}
