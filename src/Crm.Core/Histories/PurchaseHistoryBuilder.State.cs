using NodaTime;

namespace Crm.Core.Histories;

/// <content>What is kept, so that the next day needs only what is new.</content>
public sealed partial class PurchaseHistoryBuilder
{
    internal TimeUnit Unit => _unit;

    internal DateTimeZone Zone => _zone;

    /// <summary>Gets the currency, where one was stated or came with a purchase.</summary>
    internal Currency? Currency => _currency;

    internal bool AmountsKnown => _amountsKnown;

    internal long PurchasesRepeated => _purchasesRepeated;

    /// <summary>Gives all that has to be kept of the purchases and returns through a day, to go on by <see cref="HistoryUpdate"/>.</summary>
    /// <param name="lastDay">The last day that counts, inclusive. What is dated later waits in the state.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The state; its histories are those of <see cref="Build"/> with the same window.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public HistoryState StateThrough(LocalDate lastDay, CancellationToken cancellationToken = default)
    {
        Window window = Window.Through(lastDay);
        int last = DayNumber.Of(window.LastDay);
        var returns = new ReturnBook(_returns, _named);
        var shards = new StateParts[PurchaseShards.Shards];
        ParallelOptions options = OnThreads(cancellationToken);
        Parallel.For(
            0,
            shards.Length,
            options,
            () => new GroupedPurchases(),
            (shard, _, grouped) =>
            {
                var settlement = new CustomerSettlement(shards[shard] = new(), last);
                ForEachCustomerOf(shard, grouped, returns, settlement.AddWhole);
                return grouped;
            },
            _ => { });
        var parts = new StateParts();
        Array.ForEach(shards, parts.Add);
        var (ids, rows) = parts.ByIds(options);
        var frame = new HistoryFrame { Unit = _unit, Window = window, Zone = _zone, Currency = _currency ?? Core.Currency.None };
        return new(frame, ids, rows)
        {
            Pending = HistoryUpdate.InOrder([], parts.Pending),
            Unmatched = [.. parts.Unmatched.OrderBy(of => of.Customer)],
            AmountsKnown = _amountsKnown,
            RepeatedPurchases = _purchasesRepeated,
        };
    }

    internal void ForEachCustomer(CustomerVisitor visit, CancellationToken cancellationToken)
    {
        var returns = new ReturnBook(_returns, _named);
        var grouped = new GroupedPurchases();
        for (int shard = 0; shard < PurchaseShards.Shards; shard++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ForEachCustomerOf(shard, grouped, returns, visit);
        }
    }

    private void ForEachCustomerOf(int shard, GroupedPurchases grouped, ReturnBook returns, CustomerVisitor visit)
    {
        PurchaseShard of = _purchases[shard];
        of.Rows.GroupInto(grouped, of.Customers.Count);
        for (int place = 0; place < of.Customers.Count; place++)
        {
            visit(of, of.Customers.IdOf(place), grouped.Of(place), returns, PurchaseShards.Number(shard, place));
        }
    }
}
