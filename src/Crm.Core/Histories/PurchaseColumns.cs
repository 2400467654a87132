using System.Buffers;
using System.Runtime.CompilerServices;
using NodaTime;

namespace Crm.Core.Histories;

/// <summary>Takes columns of purchases in: hashes them block by block, then lets every shard take those of its customers.</summary>
internal sealed class PurchaseColumns(
    IdColumn customers, ReadOnlyMemory<LocalDate> days, ReadOnlyMemory<decimal> amounts, ParallelOptions options)
{
    // The keys and hashes of a block stand on the stack: 80 KB.
    private const int BlockRows = 4096;

    // What waits for the shards is kept small: 32 bytes for each of 131,072 rows.
    private const int MostBlocks = 32;

    private const int Batch = 64;
    private const long NotOrdinary = long.MinValue;

    // With a shard too many, so that the end of one is the start of the next.
    private const int Bounds = PurchaseShards.Shards + 1;

    private readonly int _blocks = Math.Min((customers.Count + BlockRows - 1) / BlockRows, MostBlocks);
    private readonly int[] _bounds = new int[MostBlocks * Bounds];
    private readonly (int Earliest, int Latest)[] _days = new (int, int)[MostBlocks];
    private Arrival[] _arrivals = [];

    internal int EarliestDay { get; private set; } = int.MaxValue;

    internal int LatestDay { get; private set; } = int.MinValue;

    /// <summary>Looks at every row before any is taken.</summary>
    /// <exception cref="RowFaultsException">A row has no customer, or a negative amount.</exception>
    internal void Check(string parameter)
    {
        var faults = new RowFaultList();
        Numerics.RowBlocks.ForEach(customers.Count, options, (from, to) =>
        {
            bool all = customers.AreIds(from, to) && (amounts.IsEmpty || AreAccepted(amounts.Span[from..to]));
            for (int row = from; row < to && !all; row++)
            {
                if (!customers.IsId(row) || (!amounts.IsEmpty && IsBelowZero(amounts.Span[row])))
                {
                    AddFaults(faults, row);
                }
            }
        });
        faults.ThrowIfAny(parameter);
    }

    internal void AddTo(PurchaseShards shards)
    {
        // Rented: a reader of files comes with lot after lot, and memory that the machine hands out for the first time costs more than the work.
        int room = Math.Min(customers.Count, _blocks * BlockRows);
        _arrivals = ArrayPool<Arrival>.Shared.Rent(room);
        try
        {
            for (int start = 0; start < customers.Count; start += room)
            {
                AddTo(shards, start, Math.Min(room, customers.Count - start));
            }
        }
        finally
        {
            ArrayPool<Arrival>.Shared.Return(_arrivals);
        }
    }

    private void AddTo(PurchaseShards shards, int start, int count)
    {
        int blocks = (count + BlockRows - 1) / BlockRows;
        Run(blocks, block => Sort(block, start + (block * BlockRows), Math.Min(BlockRows, count - (block * BlockRows))));
        Run(PurchaseShards.Shards, shard => Take(shards[shard], shard, blocks));
        foreach (var (earliest, latest) in _days.AsSpan(0, blocks))
        {
            EarliestDay = Math.Min(EarliestDay, earliest);
            LatestDay = Math.Max(LatestDay, latest);
        }
    }

    // A small lot is not worth waking threads for.
    private void Run(int count, Action<int> work)
    {
        if (_blocks > 1)
        {
            Parallel.For(0, count, options, work);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            work(i);
        }
    }

    private static bool IsBelowZero(in decimal amount) => decimal.IsNegative(amount) && amount != 0;

    private static bool AreAccepted(ReadOnlySpan<decimal> paid)
    {
        foreach (ref readonly decimal amount in paid)
        {
            if (IsBelowZero(amount))
            {
                return false;
            }
        }

        return true;
    }

    private void AddFaults(RowFaultList faults, int row)
    {
        lock (faults)
        {
            if (!customers.IsId(row))
            {
                faults.Add(row, "customer", customers.Found(row), "an id of 1 to 128 characters");
            }
            else
            {
                faults.Add(row, "amount", $"{amounts.Span[row]}", "an amount of 0 or more; returns come by AddReturn");
            }
        }
    }

    // By counting, so that each shard finds its rows of the block side by side.
    [SkipLocalsInit]
    private void Sort(int block, int firstRow, int count)
    {
        Span<int> bounds = _bounds.AsSpan(block * Bounds, Bounds);
        Span<ShortId> keys = stackalloc ShortId[count];
        Span<int> hashes = stackalloc int[count];
        customers.Read(firstRow, keys);
        Hash(firstRow, keys, hashes, bounds);
        bounds[0] = block * BlockRows;
        for (int shard = 1; shard < Bounds; shard++)
        {
            bounds[shard] += bounds[shard - 1];
        }

        Span<int> next = stackalloc int[Bounds];
        bounds.CopyTo(next);
        _days[block] = Arrive(firstRow, keys, hashes, next);
    }

    // Writes each row to where its shard will look for it.
    private (int Earliest, int Latest) Arrive(int firstRow, ReadOnlySpan<ShortId> keys, ReadOnlySpan<int> hashes, Span<int> next)
    {
        ReadOnlySpan<LocalDate> dates = days.Span.Slice(firstRow, hashes.Length);
        ReadOnlySpan<decimal> paid = amounts.IsEmpty ? [] : amounts.Span.Slice(firstRow, hashes.Length);
        Span<Arrival> arrivals = _arrivals;
        var memo = DayMemo.Begin();
        var (earliest, latest) = (int.MaxValue, int.MinValue);
        for (int i = 0; i < hashes.Length; i++)
        {
            ref Arrival arrival = ref arrivals[next[PurchaseShards.ShardOf(hashes[i])]++];
            arrival.Key = keys[i];
            arrival.Row = firstRow + i;
            arrival.Day = memo.Of(dates[i]);
            arrival.Amount = paid.Length == 0 ? 0 : ExactAmount.TryOrdinary(paid[i], out long amount) ? amount : NotOrdinary;
            (earliest, latest) = (Math.Min(earliest, arrival.Day), Math.Max(latest, arrival.Day));
        }

        return (earliest, latest);
    }

    // Leaves in each place but the first how many rows the shard before it gets.
    private void Hash(int firstRow, ReadOnlySpan<ShortId> keys, Span<int> hashes, Span<int> counts)
    {
        Span<char> room = stackalloc char[IdText.MaxLength];
        counts.Clear();
        for (int i = 0; i < keys.Length; i++)
        {
            hashes[i] = keys[i].Length > 0 ? keys[i].Hash() : ShortId.HashOf(customers.TextAt(firstRow + i, room));
            counts[PurchaseShards.ShardOf(hashes[i]) + 1]++;
        }
    }

    private void Take(PurchaseShard shard, int index, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            int bound = (block * Bounds) + index;
            ReadOnlySpan<Arrival> arrivals = _arrivals.AsSpan(_bounds[bound].._bounds[bound + 1]);
            for (int from = 0; from < arrivals.Length; from += Batch)
            {
                Take(shard, arrivals.Slice(from, Math.Min(Batch, arrivals.Length - from)));
            }
        }
    }

    private void Take(PurchaseShard shard, ReadOnlySpan<Arrival> arrivals)
    {
        Span<int> numbers = stackalloc int[Batch];
        Number(shard.Customers, arrivals, numbers);
        for (int taken = 0; taken < arrivals.Length;)
        {
            Span<PurchaseRow> rows = shard.Rows.Ahead(arrivals.Length - taken);
            for (int i = 0; i < rows.Length; i++, taken++)
            {
                ref readonly Arrival arrival = ref arrivals[taken];
                long amount = arrival.Amount is >= 0 and < PurchaseShard.FirstPlace ? arrival.Amount : shard.Aside(amounts.Span[arrival.Row]);
                rows[i] = new(numbers[taken], arrival.Day, amount);
            }

            shard.Rows.Took(rows.Length);
        }
    }

    // Nearly every place of a large table is far away: each pass asks for what the next one needs, of all rows of the batch at once.
    [SkipLocalsInit]
    private void Number(CustomerTable known, ReadOnlySpan<Arrival> arrivals, Span<int> numbers)
    {
        Span<int> hashes = stackalloc int[Batch];
        for (int i = 0; i < arrivals.Length; i++)
        {
            hashes[i] = arrivals[i].Key.Hash();
            known.Fetch(hashes[i]);
        }

        for (int i = 0; i < arrivals.Length; i++)
        {
            numbers[i] = known.Glance(hashes[i]);
        }

        for (int i = 0; i < arrivals.Length; i++)
        {
            ShortId key = arrivals[i].Key;
            if (!known.Is(numbers[i], key))
            {
                int row = arrivals[i].Row;
                numbers[i] = key.Length > 0 ? NumberOf(known, row, key, [], hashes[i]) : NumberOfLong(known, row);
            }
        }
    }

    private int NumberOfLong(CustomerTable known, int row)
    {
        Span<char> room = stackalloc char[IdText.MaxLength];
        ReadOnlySpan<char> text = customers.TextAt(row, room);
        return NumberOf(known, row, default, text, ShortId.HashOf(text));
    }

    private int NumberOf(CustomerTable known, int row, ShortId key, ReadOnlySpan<char> text, int hash)
    {
        int number = known.Find(key, text, hash);
        return number >= 0 ? number : known.Add(key, customers.IdAt(row, key), hash);
    }

    private struct Arrival
    {
        internal ShortId Key;
        internal long Amount;
        internal int Row;
        internal int Day;
    }
}
