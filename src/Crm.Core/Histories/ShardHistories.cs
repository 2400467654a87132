namespace Crm.Core.Histories;

/// <summary>The histories of one shard's customers in a window, and what of their purchases and returns did not count.</summary>
internal sealed class ShardHistories
{
    private readonly CustomerOccasions _careful;

    /// <summary>Initializes a new instance of the <see cref="ShardHistories"/> class: works them out.</summary>
    /// <param name="of">The shard.</param>
    /// <param name="shard">Its number.</param>
    /// <param name="grouped">Room for its purchases.</param>
    /// <param name="returns">All returns.</param>
    /// <param name="lastDay">The last day of the window.</param>
    /// <param name="endDay">The last day of the test period, or of the window without one.</param>
    internal ShardHistories(PurchaseShard of, int shard, GroupedPurchases grouped, ReturnBook returns, int lastDay, int endDay)
    {
        _careful = new(lastDay, endDay);
        of.Rows.GroupInto(grouped, of.Customers.Count);
        Rows = GC.AllocateUninitializedArray<HistoryRow>(of.Customers.Count);
        for (int place = 0; place < Rows.Length; place++)
        {
            ReadOnlySpan<PurchaseRow> bought = grouped.Of(place);
            int number = PurchaseShards.Number(shard, place);
            if (!returns.Has(number) && OrdinaryOccasions.TrySummarize(bought, lastDay, endDay, out Rows[place], out int after))
            {
                PurchasesAfter += after;
            }
            else
            {
                _careful.Of(of, bought, returns, number);
                Rows[place] = HistoryRow.Of(_careful);
            }

            CustomersWithout += Rows[place].Occasions == 0 ? 1 : 0;
            if (Rows[place].Occasions == 0 && bought.Length > 0)
            {
                bool inWindow = bought[0].Day <= lastDay;
                CustomersFullyReturned += inWindow ? 1 : 0;
                CustomersAfter += inWindow ? 0 : 1;
            }
        }

        PurchasesAfter += _careful.PurchasesAfter;
    }

    /// <summary>Gets the histories, one for each customer of the shard.</summary>
    internal HistoryRow[] Rows { get; }

    /// <summary>Gets how many of them have no occasion in the window.</summary>
    internal int CustomersWithout { get; }

    internal long PurchasesAfter { get; }

    internal int CustomersAfter { get; }

    internal int CustomersFullyReturned { get; }

    internal long ReturnsAfter => _careful.ReturnsAfter;

    internal long UnmatchedReturns => _careful.UnmatchedReturns;

    internal ExactAmount UnmatchedAmount => _careful.UnmatchedAmount;
}
