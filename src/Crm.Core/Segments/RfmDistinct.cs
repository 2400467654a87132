using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>
/// The different values of a column from the worst to the best, each with how many customers have it; told apart only where somebody asks.
/// </summary>
/// <remarks>
/// One pass counts customers in a table over the range of the keys. Whole days and counts have a place each there. Of anything else a
/// place stands for a range of values, which is told apart, by one more pass and a sort of that range, when it is asked for. So where a cut
/// is looked for next to nothing is sorted, and at the worst everything is, byte by byte: time is linear either way.
/// </remarks>
internal ref struct RfmDistinct<TValues>
    where TValues : IRfmValues, allows ref struct
{
    private const int TableBits = 14;

    private readonly TValues _values;
    private readonly ReadOnlySpan<int> _customers;
    private readonly ulong _least;
    private readonly int _shift;
    private List<Entry> _entries;

    internal RfmDistinct(TValues values, ReadOnlySpan<int> customers, ulong least, ulong greatest)
    {
        _values = values;
        _customers = customers;
        _least = least;
        _shift = Math.Max(0, 64 - System.Numerics.BitOperations.LeadingZeroCount(greatest - least) - TableBits);
        var table = new long[((greatest - least) >> _shift) + 1];
        Fill(table);
        _entries = [];
        for (int place = 0; place < table.Length; place++)
        {
            if (table[place] > 0)
            {
                _entries.Add(new(least + ((ulong)place << _shift), table[place], IsRange: _shift > 0));
            }
        }
    }

    /// <summary>Gets how many entries there are: different values, or ranges of several.</summary>
    internal readonly int Count => _entries.Count;

    /// <summary>Whether an entry stands for a range of values that have not been told apart.</summary>
    internal readonly bool IsRange(int entry) => _entries[entry].IsRange;

    internal readonly long CustomersAt(int entry) => _entries[entry].Customers;

    /// <summary>The value of an entry that is no range.</summary>
    internal readonly double ValueAt(int entry) => _values.ValueOf(_entries[entry].Key);

    /// <summary>Tells the values of all ranges apart.</summary>
    internal void TellAllApart()
    {
        var ranges = new SortedSet<int>();
        for (int entry = 0; entry < Count; entry++)
        {
            if (IsRange(entry))
            {
                ranges.Add(entry);
            }
        }

        TellApart(ranges);
    }

    /// <summary>Tells the values of some ranges apart; entries behind them move.</summary>
    internal void TellApart(SortedSet<int> ranges)
    {
        if (ranges.Count == 0)
        {
            return;
        }

        var (keys, customers) = Sorted(ranges);
        var entries = new List<Entry>(_entries.Count);
        int at = 0;
        for (int entry = 0; entry < _entries.Count; entry++)
        {
            if (!ranges.Contains(entry))
            {
                entries.Add(_entries[entry]);
                continue;
            }

            ulong place = PlaceOf(_entries[entry].Key);
            while (at < keys.Length && PlaceOf(keys[at]) == place)
            {
                ulong key = keys[at];
                long sharing = 0;
                for (; at < keys.Length && keys[at] == key; at++)
                {
                    sharing += customers[at];
                }

                entries.Add(new(key, sharing, IsRange: false));
            }
        }

        _entries = entries;
    }

    private readonly ulong PlaceOf(ulong key) => (key - _least) >> _shift;

    private readonly void Fill(Span<long> table)
    {
        unchecked
        {
            if (_customers.Length == 0)
            {
                for (int row = 0; row < _values.Count; row++)
                {
                    table[(int)PlaceOf(_values.KeyAt(row))]++;
                }
            }
            else
            {
                for (int row = 0; row < _values.Count; row++)
                {
                    table[(int)PlaceOf(_values.KeyAt(row))] += _customers[row];
                }
            }
        }
    }

    private readonly (ulong[] Keys, int[] Customers) Sorted(SortedSet<int> ranges)
    {
        var isAsked = new bool[1 << TableBits];
        foreach (int range in ranges)
        {
            isAsked[PlaceOf(_entries[range].Key)] = true;
        }

        // Counted first, so that nothing has to grow: at the worst all rows are asked for.
        int rows = 0;
        for (int row = 0; row < _values.Count; row++)
        {
            rows += isAsked[unchecked((int)PlaceOf(_values.KeyAt(row)))] ? 1 : 0;
        }

        var keys = new ulong[rows];
        var customers = new int[rows];
        int at = 0;
        for (int row = 0; row < _values.Count; row++)
        {
            ulong key = _values.KeyAt(row);
            if (isAsked[unchecked((int)PlaceOf(key))])
            {
                keys[at] = key;
                customers[at++] = _customers.Length == 0 ? 1 : _customers[row];
            }
        }

        RadixSort.Sort(keys, customers, new ulong[rows], new int[rows]);
        return (keys, customers);
    }

    private readonly record struct Entry(ulong Key, long Customers, bool IsRange);
}
