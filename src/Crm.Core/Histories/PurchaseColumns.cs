using NodaTime;

namespace Crm.Core.Histories;

/// <summary>Takes columns of purchases in: hashes them block by block, then lets every shard take those of its customers.</summary>
internal sealed class PurchaseColumns(
    ReadOnlyMemory<CustomerId> customers, ReadOnlyMemory<LocalDate> days, ReadOnlyMemory<decimal> amounts, ParallelOptions options)
{
    private const int BlockRows = 8192;

    // What waits for the shards is kept small: 24 bytes for each of a quarter of a million rows.
    private const int MostBlocks = 32;

    private const int Batch = 64;
    private const long NotOrdinary = long.MinValue;

    // With a shard too many, so that the end of one is the start of the next.
    private const int Bounds = PurchaseShards.Shards + 1;

    private readonly int _blocks = Math.Min((customers.Length + BlockRows - 1) / BlockRows, MostBlocks);
    private Arrival[] _arrivals = [];
    private int[] _bounds = [];
    private (int Earliest, int Latest)[] _days = [];

    internal int EarliestDay { get; private set; } = int.MaxValue;

    internal int LatestDay { get; private set; } = int.MinValue;

    /// <summary>Looks at every row before any is taken.</summary>
    /// <exception cref="RowFaultsException">A row has no customer, or a negative amount.</exception>
    internal void Check()
    {
        var faults = new RowFaultList();
        Numerics.RowBlocks.ForEach(customers.Length, options, (from, to) =>
        {
            ReadOnlySpan<CustomerId> ids = customers.Span;
            ReadOnlySpan<decimal> paid = amounts.Span;
            for (int row = from; row < to; row++)
            {
                if (ids[row] == CustomerId.None || (paid.Length > 0 && decimal.IsNegative(paid[row]) && paid[row] != 0))
                {
                    AddFaults(faults, row);
                }
            }
        });
        faults.ThrowIfAny(nameof(customers));
    }

    internal void AddTo(PurchaseShards shards)
    {
        _arrivals = new Arrival[Math.Min(customers.Length, _blocks * BlockRows)];
        _bounds = new int[_blocks * Bounds];
        _days = new (int, int)[_blocks];
        for (int start = 0; start < customers.Length; start += _arrivals.Length)
        {
            int first = start;
            int count = Math.Min(_arrivals.Length, customers.Length - start);
            int blocks = (count + BlockRows - 1) / BlockRows;
            Run(blocks, block => Sort(block, first + (block * BlockRows), Math.Min(BlockRows, count - (block * BlockRows))));
            Run(PurchaseShards.Shards, shard => Take(shards[shard], shard, blocks));
            foreach (var (earliest, latest) in _days.AsSpan(0, blocks))
            {
                EarliestDay = Math.Min(EarliestDay, earliest);
                LatestDay = Math.Max(LatestDay, latest);
            }
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

    private void AddFaults(RowFaultList faults, int row)
    {
        lock (faults)
        {
            if (customers.Span[row] == CustomerId.None)
            {
                faults.Add(row, "customer", $"none", "an id of 1 to 128 characters");
            }
            else
            {
                faults.Add(row, "amount", $"{amounts.Span[row]}", "an amount of 0 or more; returns come by AddReturn");
            }
        }
    }

    // By counting, so that each shard finds its rows of the block side by side.
    private void Sort(int block, int firstRow, int count)
    {
        Span<int> bounds = _bounds.AsSpan(block * Bounds, Bounds);
        Span<int> hashes = stackalloc int[count];
        Hash(customers.Span.Slice(firstRow, count), hashes, bounds);
        bounds[0] = block * BlockRows;
        for (int shard = 1; shard < Bounds; shard++)
        {
            bounds[shard] += bounds[shard - 1];
        }

        Span<int> next = stackalloc int[Bounds];
        bounds.CopyTo(next);
        _days[block] = Arrive(firstRow, hashes, next);
    }

    // Writes each row to where its shard will look for it.
    private (int Earliest, int Latest) Arrive(int firstRow, ReadOnlySpan<int> hashes, Span<int> next)
    {
        ReadOnlySpan<LocalDate> dates = days.Span.Slice(firstRow, hashes.Length);
        ReadOnlySpan<decimal> paid = amounts.IsEmpty ? [] : amounts.Span.Slice(firstRow, hashes.Length);
        var memo = DayMemo.Begin();
        var (earliest, latest) = (int.MaxValue, int.MinValue);
        for (int i = 0; i < hashes.Length; i++)
        {
            int day = memo.Of(dates[i]);
            (earliest, latest) = (Math.Min(earliest, day), Math.Max(latest, day));
            long amount = 0;
            amount = paid.Length == 0 || ExactAmount.TryOrdinary(paid[i], out amount) ? amount : NotOrdinary;
            _arrivals[next[PurchaseShards.ShardOf(hashes[i])]++] = new() { Hash = hashes[i], Row = firstRow + i, Day = day, Amount = amount };
        }

        return (earliest, latest);
    }

    // Leaves in each place but the first how many rows the shard before it gets.
    private static void Hash(ReadOnlySpan<CustomerId> ids, Span<int> hashes, Span<int> counts)
    {
        counts.Clear();
        CustomerId.Touch(ids);
        for (int i = 0; i < ids.Length; i++)
        {
            hashes[i] = ids[i].GetHashCode();
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
        ReadOnlySpan<CustomerId> ids = customers.Span;
        Span<int> glances = stackalloc int[Batch];
        for (int i = 0; i < arrivals.Length; i++)
        {
            glances[i] = shard.Customers.Glance(ids[arrivals[i].Row], arrivals[i].Hash);
        }

        for (int i = 0; i < arrivals.Length; i++)
        {
            ref readonly Arrival arrival = ref arrivals[i];
            int customer = glances[i] >= 0 ? glances[i] : shard.Customers.NumberOf(ids[arrival.Row], arrival.Hash);
            if (arrival.Amount == NotOrdinary)
            {
                shard.Add(customer, arrival.Day, amounts.Span[arrival.Row]);
            }
            else
            {
                shard.Rows.Add(new(customer, arrival.Day, arrival.Amount));
            }
        }
    }

    private struct Arrival
    {
        internal long Amount;
        internal int Hash;
        internal int Row;
        internal int Day;
    }
}
