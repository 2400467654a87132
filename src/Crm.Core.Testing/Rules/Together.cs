namespace Crm.Core.Testing.Rules;

/// <summary>Runs work side by side, begun at one moment.</summary>
internal static class Together
{
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
}
