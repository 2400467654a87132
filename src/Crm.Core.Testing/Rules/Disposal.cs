namespace Crm.Core.Testing.Rules;

/// <summary>Lets go of a store after its trial.</summary>
internal static class Disposal
{
    internal static async ValueTask Of(object store)
    {
        if (store is HistorySourceSetup setup)
        {
            await Of(setup.Histories).ConfigureAwait(false);
            await Of(setup.Interactions).ConfigureAwait(false);
        }
        else if (store is IAsyncDisposable later)
        {
            await later.DisposeAsync().ConfigureAwait(false);
        }
        else if (store is IDisposable now)
        {
            now.Dispose();
        }
    }
}
