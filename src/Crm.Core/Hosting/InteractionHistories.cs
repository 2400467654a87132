using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Histories of the purchases in any interaction store: the log is read from its start, twice where something was corrected.</summary>
/// <remarks>
/// The reference that a source in a database is compared with. <see cref="CrmRefresh"/> over the store itself does better: it reads what is
/// new. As thread-safe as the store.
/// </remarks>
public sealed class InteractionHistories : IHistorySource
{
    private readonly IInteractionStore _store;

    /// <summary>Initializes a new instance of the <see cref="InteractionHistories"/> class.</summary>
    /// <param name="store">Where the interactions are.</param>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> is null.</exception>
    public InteractionHistories(IInteractionStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <inheritdoc/>
    public async ValueTask<PurchaseHistories> ReadAsync(Window window, TimeUnit unit, DateTimeZone zone, CancellationToken cancellationToken)
    {
        PurchaseHistoryBuilder purchases = await new PurchaseReader(_store, unit, zone).ReadPurchasesAsync(cancellationToken).ConfigureAwait(false);
        return purchases.Build(window, cancellationToken);
    }
}
