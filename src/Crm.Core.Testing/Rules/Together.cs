using System.Collections.Concurrent;

namespace Crm.Core.Testing.Rules;

/// <summary>Runs work side by side, begun at one moment.</summary>
internal static class Together
{
    private const int Readers = 3;
    private const int Enough = 50;
    private const int MostSaves = 20_000;

    internal static async Task Run(int workers, Func<int, Task> work)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] all = [.. Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            await start.Task.ConfigureAwait(false);
            await work(worker).ConfigureAwait(false);
        }))];
        start.SetResult();
        await Task.WhenAll(all).ConfigureAwait(false);
    }

    /// <summary>That readers beside one who saves see whole states only, each under the version it was saved in.</summary>
    /// <param name="read">Gives what a reader sees, as version and state; null where nothing is.</param>
    /// <param name="save">Saves the state of a number over a version, and gives the new version and the state.</param>
    /// <param name="token">Stops it.</param>
    internal static async Task ReadersSeeWholeSaves(
        Func<Task<(StoreVersion Version, string State)?>> read, Func<int, StoreVersion, Task<(StoreVersion Version, string State)>> save, CancellationToken token)
    {
        var saved = new ConcurrentDictionary<StoreVersion, string>();
        var seen = new ConcurrentBag<(StoreVersion Version, string State)>();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task[] readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                if (await read().ConfigureAwait(false) is { } found)
                {
                    seen.Add(found);
                }

                await Task.Yield();
            }
        }))];
        try
        {
            // Until the readers have seen enough of it: how fast they are is for the machine to say.
            StoreVersion version = default;
            for (int i = 0; i < MostSaves && (i < Enough || seen.Count < Enough); i++)
            {
                (version, string state) = await save(i, version).ConfigureAwait(false);
                saved[version] = state;
                await Task.Yield();
            }
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(readers).ConfigureAwait(false);
        }

        foreach (var (version, state) in seen.Distinct())
        {
            Expect.True(saved.TryGetValue(version, out string? whole), "a version that was given for a save", "a reader saw another");
            Expect.Equal(whole!, state, "the state that was saved under the version a reader saw");
        }
    }
}
