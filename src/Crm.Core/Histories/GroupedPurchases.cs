namespace Crm.Core.Histories;

/// <summary>The purchases of one shard by customer and then by day. One such place serves shard after shard, so that it stays in the cache.</summary>
internal sealed class GroupedPurchases
{
    private PurchaseRow[] _rows = [];
    private int[] _ends = [];
    private int _customers;
    private int _count;

    /// <summary>The purchases of a customer, by day.</summary>
    internal ReadOnlySpan<PurchaseRow> Of(int customer) => _rows.AsSpan((customer == 0 ? 0 : _ends[customer - 1]).._ends[customer]);

    /// <summary>Makes room for a shard.</summary>
    /// <returns>For each customer a 0, to count the purchases in.</returns>
    internal Span<int> Begin(int customers, int count)
    {
        if (_ends.Length < customers)
        {
            _ends = new int[customers + (customers / 8)];
        }

        if (_rows.Length < count)
        {
            _rows = GC.AllocateUninitializedArray<PurchaseRow>(count + (count / 8));
        }

        (_customers, _count) = (customers, count);
        Span<int> counts = _ends.AsSpan(0, customers);
        counts.Clear();
        return counts;
    }

    /// <summary>Turns the counts into the places where each customer's first purchase goes; raised by one a purchase, they end as the ends.</summary>
    /// <returns>Where the purchases go.</returns>
    internal Span<PurchaseRow> Place()
    {
        int start = 0;
        foreach (ref int next in _ends.AsSpan(0, _customers))
        {
            (next, start) = (start, start + next);
        }

        return _rows.AsSpan(0, _count);
    }

    // Rows mostly come in their order. What is equal by day is added up, so that its order leaves no trace.
    internal void SortByDay()
    {
        for (int customer = 0, start = 0; customer < _customers; start = _ends[customer++])
        {
            Span<PurchaseRow> rows = _rows.AsSpan(start.._ends[customer]);
            for (int i = 1; i < rows.Length; i++)
            {
                if (rows[i].Day < rows[i - 1].Day)
                {
                    rows.Sort(static (left, right) => left.Day.CompareTo(right.Day));
                    break;
                }
            }
        }
    }
}
