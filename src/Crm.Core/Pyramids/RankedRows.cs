using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Rows by their values, the greatest first and equal ones by row, kept so as values come, change and go.</summary>
/// <remarks>
/// A row stands with a key that sorts as its value does, downwards. Entries stand in blocks of limited room, and a list of where each block
/// begins puts those in order. Within a block there is no order: who comes goes to its end, who goes leaves his place to the last, and only
/// who asks for a neighbour looks through the block. So a change touches few places in memory, which is what it costs. Blocks split when
/// they are full and join when they are nearly empty. Memory: 24 bytes a row, and 12 an entry in blocks two thirds full in the long run.
/// </remarks>
internal sealed class RankedRows
{
    /// <summary>The entries a block has room for.</summary>
    internal const int UsualRoom = 256;

    private readonly int _room;
    private readonly int _roomBits;
    private RowPlace[] _rows; // by row
    private Entry[] _entries; // block b has those from b × room on
    private int[] _counts; // of each block
    private int[] _blocks; // in their order; behind them those that are free
    private ulong[] _firstKeys; // no entry of the block in a place sorts before these, and none of the block before it after them
    private int[] _firstRows;
    private int _places;
    private int _blocksMade;

    /// <summary>Initializes a new instance of the <see cref="RankedRows"/> class of rows 0 to the number of keys.</summary>
    /// <param name="keys">The key of each row.</param>
    /// <param name="room">The entries a block has room for: a power of two, 4 or more.</param>
    internal RankedRows(ReadOnlySpan<ulong> keys, int room)
    {
        _room = room;
        _roomBits = int.Log2(room);
        ulong[] sorted = keys.ToArray();
        int[] rows = new int[keys.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        RadixSort.Sort(sorted, rows, new ulong[rows.Length], new int[rows.Length]);
        int each = room / 4 * 3;
        _places = Math.Max(1, (int)(((long)rows.Length + each - 1) / each));
        _blocksMade = _places;
        int made = _places + (_places / 4) + 1;
        _rows = new RowPlace[rows.Length];
        _entries = new Entry[made * room];
        _counts = new int[made];
        _blocks = new int[made];
        _firstKeys = new ulong[made];
        _firstRows = new int[made];
        for (int place = 0; place < _places; place++)
        {
            int from = place * each;
            _counts[place] = Math.Min(each, rows.Length - from);
            _blocks[place] = place;
            for (int i = 0; i < _counts[place]; i++)
            {
                Write((place * room) + i, sorted[from + i], rows[from + i]);
            }

            (_firstKeys[place], _firstRows[place]) = (_entries[place * room].Key, _entries[place * room].Row);
        }
    }

    /// <summary>The key of a row that is there.</summary>
    internal ulong KeyOf(int row) => _rows[row].Key;

    /// <summary>The customer of a row.</summary>
    internal CustomerId CustomerOf(int row) => _rows[row].Customer;

    /// <summary>Says whose row it is, or none for nobody's.</summary>
    internal void Name(int row, CustomerId customer)
    {
        if (row >= _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(16, row + (row / 4) + 1));
        }

        _rows[row].Customer = customer;
    }

    /// <summary>Has a row fetched; −1 for none.</summary>
    internal void FetchRow(int row)
    {
        if (row >= 0)
        {
            Prefetch.Of(ref _rows[row]);
        }
    }

    /// <summary>Has the entry of a row fetched, the last one of its block, which takes its place, and the text of its id; −1 for none.</summary>
    internal void FetchEntry(int row)
    {
        if (row >= 0)
        {
            int at = _rows[row].At;
            Prefetch.Of(ref _entries[at]);
            Prefetch.Of(ref _entries[((at >> _roomBits) << _roomBits) + _counts[at >> _roomBits] - 1]);
            Prefetch.Referenced(ref _rows[row].Customer);
        }
    }

    /// <summary>Puts a named row in that is not there.</summary>
    internal void Insert(ulong key, int row)
    {
        int place = PlaceOf(key, row);
        if (_counts[_blocks[place]] == _room)
        {
            Split(place);
            place += IsBefore(key, row, _firstKeys[place + 1], _firstRows[place + 1]) ? 0 : 1;
        }

        int block = _blocks[place];
        Write((block << _roomBits) + _counts[block]++, key, row);
    }

    /// <summary>Takes a row out that is there.</summary>
    internal void Remove(int row)
    {
        var (key, at) = (_rows[row].Key, _rows[row].At);
        int block = at >> _roomBits;
        int last = (block << _roomBits) + --_counts[block];
        Write(at, _entries[last].Key, _entries[last].Row);
        if (_counts[block] < _room / 4)
        {
            JoinAround(PlaceOf(key, row));
        }
    }

    /// <summary>The first entry that does not sort before a key and a row; there is one.</summary>
    internal (ulong Key, int Row) FirstFrom(ulong key, int row)
    {
        int place = PlaceOf(key, row);
        if (TryFirst(_blocks[place], key, row, out (ulong Key, int Row) first))
        {
            return first;
        }

        _ = TryFirst(_blocks[place + 1], 0, int.MinValue, out first);
        return first;
    }

    /// <summary>The last entry that sorts before a key and a row; there is one.</summary>
    internal (ulong Key, int Row) LastBefore(ulong key, int row)
    {
        int place = PlaceOf(key, row);
        if (TryLast(_blocks[place], key, row, out (ulong Key, int Row) last))
        {
            return last;
        }

        _ = TryLast(_blocks[place - 1], ulong.MaxValue, int.MaxValue, out last);
        return last;
    }

    /// <summary>The entry at a rank, counted from 0; there is one. Takes time in the number of blocks.</summary>
    internal (ulong Key, int Row) AtRank(long rank)
    {
        int place = 0;
        for (; rank >= _counts[_blocks[place]]; place++)
        {
            rank -= _counts[_blocks[place]];
        }

        return Sorted(_blocks[place])[(int)rank];
    }

    /// <summary>How many entries have lesser keys. Takes time in the number of blocks.</summary>
    internal long CountBefore(ulong key)
    {
        int place = PlaceOf(key, int.MinValue);
        long count = 0;
        foreach (Entry entry in Entries(_blocks[place]))
        {
            count += entry.Key < key ? 1 : 0;
        }

        for (int before = 0; before < place; before++)
        {
            count += _counts[_blocks[before]];
        }

        return count;
    }

    /// <summary>The entries of keys from one up to another, without that, in their order.</summary>
    internal List<(ulong Key, int Row)> Range(ulong first, ulong end)
    {
        var found = new List<(ulong Key, int Row)>();
        int last = PlaceOf(end, int.MinValue);
        for (int place = PlaceOf(first, int.MinValue); place <= last; place++)
        {
            foreach (Entry entry in Entries(_blocks[place]))
            {
                if (entry.Key >= first && entry.Key < end)
                {
                    found.Add((entry.Key, entry.Row));
                }
            }
        }

        found.Sort();
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBefore(ulong key, int row, ulong otherKey, int otherRow) => (key < otherKey) | ((key == otherKey) & (row < otherRow));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(int at, ulong key, int row)
    {
        _entries[at] = new() { Key = key, Row = row };
        _rows[row].Key = key;
        _rows[row].At = at;
    }

    private ReadOnlySpan<Entry> Entries(int block) => _entries.AsSpan(block << _roomBits, _counts[block]);

    // The last place whose block does not begin after an entry. The first block begins before everything.
    private int PlaceOf(ulong key, int row)
    {
        ref ulong keys = ref MemoryMarshal.GetArrayDataReference(_firstKeys);
        ref int rows = ref MemoryMarshal.GetArrayDataReference(_firstRows);
        int place = 0;
        for (int count = _places; count > 1;)
        {
            int half = count >> 1;
            int middle = place + half;
            place = IsBefore(key, row, Unsafe.Add(ref keys, middle), Unsafe.Add(ref rows, middle)) ? place : middle;
            count -= half;
        }

        return place;
    }

    // The first of a block that does not sort before a key and a row.
    private bool TryFirst(int block, ulong key, int row, out (ulong Key, int Row) first)
    {
        first = (ulong.MaxValue, int.MaxValue);
        foreach (ref readonly Entry entry in Entries(block))
        {
            if (entry.Key >= key && entry.Key <= first.Key && !IsBefore(entry.Key, entry.Row, key, row) && IsBefore(entry.Key, entry.Row, first.Key, first.Row))
            {
                first = (entry.Key, entry.Row);
            }
        }

        return first.Key < ulong.MaxValue;
    }

    // The last of a block that sorts before a key and a row.
    private bool TryLast(int block, ulong key, int row, out (ulong Key, int Row) last)
    {
        last = (0, int.MinValue);
        foreach (ref readonly Entry entry in Entries(block))
        {
            if (entry.Key <= key && entry.Key >= last.Key && IsBefore(entry.Key, entry.Row, key, row) && IsBefore(last.Key, last.Row, entry.Key, entry.Row))
            {
                last = (entry.Key, entry.Row);
            }
        }

        return last.Key > 0;
    }

    private (ulong Key, int Row)[] Sorted(int block)
    {
        var entries = new (ulong Key, int Row)[_counts[block]];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = (Entries(block)[i].Key, Entries(block)[i].Row);
        }

        Array.Sort(entries);
        return entries;
    }

    private void Split(int place)
    {
        (ulong Key, int Row)[] entries = Sorted(_blocks[place]);
        int block = _blocks[place];
        int added = NewPlace(place + 1);
        int kept = _room / 2;
        for (int i = 0; i < _room; i++)
        {
            Write(i < kept ? (block << _roomBits) + i : (added << _roomBits) + i - kept, entries[i].Key, entries[i].Row);
        }

        (_counts[block], _counts[added]) = (kept, _room - kept);
        (_firstKeys[place + 1], _firstRows[place + 1]) = entries[kept];
    }

    private void JoinAround(int place)
    {
        if (place + 1 < _places)
        {
            Join(place);
        }
        else if (place > 0)
        {
            Join(place - 1);
        }
    }

    // Takes the next block over, where that leaves room for what is to come.
    private void Join(int place)
    {
        int block = _blocks[place];
        int next = _blocks[place + 1];
        if (_counts[block] + _counts[next] > _room / 4 * 3 && _counts[block] > 0 && _counts[next] > 0)
        {
            return;
        }

        for (int i = 0; i < _counts[next]; i++)
        {
            Write((block << _roomBits) + _counts[block]++, Entries(next)[i].Key, Entries(next)[i].Row);
        }

        _places--;
        int after = _places - (place + 1);
        Array.Copy(_firstKeys, place + 2, _firstKeys, place + 1, after);
        Array.Copy(_firstRows, place + 2, _firstRows, place + 1, after);
        Array.Copy(_blocks, place + 2, _blocks, place + 1, after);
        _blocks[_places] = next;
    }

    // Makes a place for an empty block.
    private int NewPlace(int place)
    {
        if (_places == _blocks.Length)
        {
            int made = _places + (_places / 4) + 4;
            Array.Resize(ref _entries, made << _roomBits);
            Array.Resize(ref _counts, made);
            Array.Resize(ref _blocks, made);
            Array.Resize(ref _firstKeys, made);
            Array.Resize(ref _firstRows, made);
        }

        int block = _places < _blocksMade ? _blocks[_places] : _blocksMade++;
        int after = _places - place;
        Array.Copy(_firstKeys, place, _firstKeys, place + 1, after);
        Array.Copy(_firstRows, place, _firstRows, place + 1, after);
        Array.Copy(_blocks, place, _blocks, place + 1, after);
        _blocks[place] = block;
        _places++;
        return block;
    }

    private struct RowPlace
    {
        internal CustomerId Customer;
        internal ulong Key;
        internal int At;
    }

    // 12 bytes, so that what belongs together lies together.
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct Entry
    {
        internal ulong Key;
        internal int Row;
    }
}
