namespace Crm.Core.Testing.Rules;

/// <summary>Tokens that are cancelled before anything begins or while it goes on, and how every member must take them.</summary>
internal static class Tokens
{
    internal const int Moments = 24;

    internal static CancellationToken Cancelled { get; } = new(canceled: true);

    internal static async Task RefusedBy(Func<CancellationToken, Task> call, string member) =>
        await Expect.Throws<OperationCanceledException>(() => call(Cancelled), $"from {member} given a cancelled token").ConfigureAwait(false);

    internal static Task RefusedBy<T>(Func<CancellationToken, IAsyncEnumerable<T>> read, string member) =>
        RefusedBy(async token => await read(token).CountAsync(CancellationToken.None).ConfigureAwait(false), member);

    /// <summary>That a call cancelled at one moment or another has done all its work or none.</summary>
    /// <param name="call">Makes the call of a number.</param>
    /// <param name="done">Counts how much of it was done.</param>
    /// <param name="whole">How much all of it is.</param>
    internal static Task AllOrNone(Func<int, CancellationToken, Task> call, Func<int, Task<int>> done, int whole) => Interrupted(call, async (number, isCancelled) =>
    {
        int found = await done(number).ConfigureAwait(false);
        Expect.True(
            found == whole || (found == 0 && isCancelled),
            isCancelled ? "all or nothing done by a call that was cancelled while it went on" : "all done by a call that returned",
            FormattableString.Invariant($"{found} of {whole} are there"));
    });

    /// <summary>Makes calls that are each cancelled at another moment, and looks at what each has left.</summary>
    /// <param name="call">Makes the call of a number.</param>
    /// <param name="look">Looks at what the call of a number left, and is told whether it was cancelled.</param>
    internal static async Task Interrupted(Func<int, CancellationToken, Task> call, Func<int, bool, Task> look)
    {
        for (int number = 0; number < Moments; number++)
        {
            using var source = new CancellationTokenSource();
            int begun = number;
            Task task = Task.Run(() => call(begun, source.Token), CancellationToken.None);
            for (int turn = 0; turn < number && !task.IsCompleted; turn++)
            {
                await (turn % 4 == 3 ? Task.Delay(1, CancellationToken.None) : YieldAsync()).ConfigureAwait(false);
            }

            await source.CancelAsync().ConfigureAwait(false);
            bool isCancelled = false;
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                isCancelled = true;
            }

            await look(number, isCancelled).ConfigureAwait(false);
        }
    }

    private static async Task YieldAsync() => await Task.Yield();
}
