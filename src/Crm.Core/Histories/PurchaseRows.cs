namespace Crm.Core.Histories;

/// <summary>All purchases of a build, in blocks, so that growing never copies and never needs the memory twice.</summary>
internal sealed class PurchaseRows
{
    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;

    // An amount with more than four decimals, or past 2^53 ten-thousandths, stands here; its row holds the place instead.
    private const long FirstPlace = long.MinValue;

    private readonly List<PurchaseRow[]> _blocks = [];
    private readonly List<decimal> _aside = [];

    internal int Count { get; private set; }

    internal ref readonly PurchaseRow this[int index] => ref _blocks[index >> BlockBits][index & (BlockSize - 1)];

    internal void Add(int customer, int day, decimal amount)
    {
        if (!ExactAmount.TryOrdinary(amount, out long stored))
        {
            stored = FirstPlace + _aside.Count;
            _aside.Add(amount);
        }

        if (Count == _blocks.Count << BlockBits)
        {
            _blocks.Add(new PurchaseRow[BlockSize]);
        }

        _blocks[Count >> BlockBits][Count & (BlockSize - 1)] = new(customer, day, stored);
        Count++;
    }

    internal ExactAmount AmountOf(in PurchaseRow row)
    {
        var amount = default(ExactAmount);
        if (row.Amount >= -ExactAmount.MaxOrdinary)
        {
            amount.AddOrdinary(row.Amount);
        }
        else
        {
            amount.Add(_aside[(int)(row.Amount - FirstPlace)]);
        }

        return amount;
    }

    /// <summary>Sorts the indices of the rows by customer, by counting.</summary>
    internal Groups GroupedByCustomer(int customers)
    {
        var starts = new int[customers + 1];
        for (int i = 0; i < Count; i++)
        {
            starts[this[i].Customer + 1]++;
        }

        for (int c = 0; c < customers; c++)
        {
            starts[c + 1] += starts[c];
        }

        var next = starts.AsSpan(0, customers).ToArray();
        var indices = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            indices[next[this[i].Customer]++] = i;
        }

        return new(starts, indices);
    }

    internal readonly struct Groups(int[] starts, int[] indices)
    {
        internal ReadOnlySpan<int> Of(int customer) => indices.AsSpan(starts[customer]..starts[customer + 1]);
    }
}
