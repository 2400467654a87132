using System.Runtime.CompilerServices;
using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>Reads what was appended, from any store, where things are added up and one that came twice would count twice.</summary>
internal static class InteractionLog
{
    /// <exception cref="StoreContractException">The store gives one position twice, at once or by beginning again.</exception>
    internal static async IAsyncEnumerable<StoredInteraction> ReadEachOnceAsync(
        this IInteractionStore store, StorePosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StorePosition last = after;
        StorePosition? first = null;
        await foreach (StoredInteraction item in store.ReadAppendedAsync(after, cancellationToken).ConfigureAwait(false))
        {
            if (item.Position == last || item.Position == first)
            {
                throw new StoreContractException(store.GetType().Name, "A position is given to one interaction.", "gave one position twice, by which what it says would count twice");
            }

            first ??= item.Position;
            last = item.Position;
            yield return item;
        }
    }
}
