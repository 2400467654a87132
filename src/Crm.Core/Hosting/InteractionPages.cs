using System.Runtime.CompilerServices;
using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>Reads all pages of a timeline, from any store.</summary>
internal static class InteractionPages
{
    /// <exception cref="StoreContractException">The store says that more follows and does not go on: it would be read for ever.</exception>
    internal static async IAsyncEnumerable<InteractionPage> ReadPagesAsync(
        this IInteractionStore store, InteractionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (InteractionPage page; ; query = query with { After = page.End })
        {
            page = await store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.End is { } end && (page.Items.Count == 0 || end == query.After))
            {
                throw new StoreContractException(store.GetType().Name, "A page that has an end is followed by another that begins after it.", "gave a page that ends where the one before did");
            }

            yield return page;
            if (page.End is null)
            {
                yield break;
            }
        }
    }
}
