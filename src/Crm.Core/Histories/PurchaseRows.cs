namespace Crm.Core.Histories;

/// <summary>Purchases as they come, in blocks, so that growing never copies and never needs the memory twice.</summary>
/// <param name="room">Where the blocks come from.</param>
internal sealed class PurchaseRows(PurchaseRoom room)
{
    private const int LeastBlock = 64;
    private const int LargestBlock = 1_024;

    // A block is a sixteenth of what is there, so that little of the last one is ever unused.
    private const int Growth = 16;

    private readonly List<ArraySegment<PurchaseRow>> _blocks = [];
    private ArraySegment<PurchaseRow> _left = ArraySegment<PurchaseRow>.Empty;

    internal int Count { get; private set; }

    internal void Add(PurchaseRow row)
    {
        Ahead(1)[0] = row;
        Took(1);
    }

    /// <summary>Room for purchases that come next: for one at least, for as many as are asked for at most.</summary>
    internal Span<PurchaseRow> Ahead(int most)
    {
        if (_left.Count == 0)
        {
            _left = room.Take(Math.Clamp(Count / Growth, LeastBlock, LargestBlock));
            _blocks.Add(_left);
        }

        return _left.AsSpan(0, Math.Min(most, _left.Count));
    }

    /// <summary>Counts purchases that were put where <see cref="Ahead"/> said.</summary>
    internal void Took(int rows)
    {
        _left = _left[rows..];
        Count += rows;
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

    private ReadOnlySpan<PurchaseRow> Used(int block)
    {
        ReadOnlySpan<PurchaseRow> whole = _blocks[block];
        return block == _blocks.Count - 1 ? whole[..^_left.Count] : whole;
    }
}
