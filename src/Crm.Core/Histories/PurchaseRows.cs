namespace Crm.Core.Histories;

/// <summary>Purchases as they come, in blocks, so that growing never copies and never needs the memory twice.</summary>
internal sealed class PurchaseRows
{
    private const int LeastBlock = 64;
    private const int LargestBlock = 16_384;

    // A block is a sixteenth of what is there, so that little of the last one is ever unused.
    private const int Growth = 16;

    // From here on a block stands where the runtime never moves it: copying purchases about would cost more than taking them in.
    private const int UnmovedBlock = 1_024;

    private readonly List<PurchaseRow[]> _blocks = [];
    private PurchaseRow[] _block = [];
    private int _used;

    internal int Count { get; private set; }

    internal void Add(PurchaseRow row)
    {
        if (_used == _block.Length)
        {
            int length = Math.Clamp(Count / Growth, LeastBlock, LargestBlock);
            _block = GC.AllocateUninitializedArray<PurchaseRow>(length, pinned: length >= UnmovedBlock);
            _blocks.Add(_block);
            _used = 0;
        }

        _block[_used++] = row;
        Count++;
    }

    /// <summary>Copies the purchases to where they stand by customer and then by day.</summary>
    internal void GroupInto(GroupedPurchases grouped, int customers)
    {
        Span<int> next = grouped.Begin(customers, Count);
        for (int block = 0; block < _blocks.Count; block++)
        {
            foreach (ref readonly PurchaseRow row in Used(block))
            {
                next[row.Customer]++;
            }
        }

        Span<PurchaseRow> rows = grouped.Place();
        for (int block = 0; block < _blocks.Count; block++)
        {
            foreach (ref readonly PurchaseRow row in Used(block))
            {
                rows[next[row.Customer]++] = row;
            }
        }

        grouped.SortByDay();
    }

    private ReadOnlySpan<PurchaseRow> Used(int block) => _blocks[block].AsSpan(0, block == _blocks.Count - 1 ? _used : _blocks[block].Length);
}
