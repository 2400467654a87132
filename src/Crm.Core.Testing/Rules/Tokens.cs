namespace Crm.Core.Testing.Rules;

/// <summary>Tokens that are cancelled before anything begins, and how every member must take them.</summary>
internal static class Tokens
{
    internal static CancellationToken Cancelled { get; } = new(canceled: true);

    internal static async Task RefusedBy(Func<CancellationToken, Task> call, string member) =>
        await Expect.Throws<OperationCanceledException>(() => call(Cancelled), $"from {member} given a cancelled token").ConfigureAwait(false);

    internal static Task RefusedBy<T>(Func<CancellationToken, IAsyncEnumerable<T>> read, string member) =>
        RefusedBy(async token => await read(token).CountAsync(CancellationToken.None).ConfigureAwait(false), member);
}
