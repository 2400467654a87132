using Crm.Core.Histories;

namespace Crm.Core.Hosting;

/// <summary>The purchases of a store through a day, and how far the store was read for them.</summary>
internal sealed record PurchasesRead
{
    /// <summary>Gets what tomorrow needs.</summary>
    internal required HistoryState State { get; init; }

    /// <summary>Gets all purchases; null where only what is new was read.</summary>
    internal PurchaseHistoryBuilder? All { get; init; }

    internal required StorePosition ReadThrough { get; init; }

    /// <summary>Gets what was corrected: when the original comes late, or once more after an erasure, it is counted already.</summary>
    internal required CorrectedIds Corrected { get; init; }

    internal required long Interactions { get; init; }

    internal int CustomersReread { get; init; }
}
