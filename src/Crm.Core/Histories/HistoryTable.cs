using Crm.Core.Numerics;

namespace Crm.Core.Histories;

/// <summary>Makes the columns of histories out of what was worked out shard by shard, in the order of the ids.</summary>
internal sealed class HistoryTable
{
    private const int RowsAhead = 16;

    private readonly PurchaseShards _purchases;
    private readonly ShardHistories[] _shards;
    private readonly HistoryRow[][] _rows;
    private readonly int[] _numbers;

    /// <summary>Initializes a new instance of the <see cref="HistoryTable"/> class.</summary>
    /// <param name="purchases">The customers and their purchases.</param>
    /// <param name="shards">The histories of the customers of each shard.</param>
    /// <param name="inOrder">The numbers of all customers in the order of their ids.</param>
    internal HistoryTable(PurchaseShards purchases, ShardHistories[] shards, int[] inOrder)
    {
        _purchases = purchases;
        _shards = shards;
        _rows = Array.ConvertAll(shards, shard => shard.Rows);
        int without = shards.Sum(shard => shard.CustomersWithout);
        _numbers = without == 0 ? inOrder : [.. inOrder.Where(number => Row(number).Occasions > 0)];
    }

    internal PurchaseHistories ToHistories(HistoryFrame frame, bool withAmounts, long repeatedPurchases, ParallelOptions options)
    {
        int lastDay = DayNumber.Of(frame.Window!.Value.LastDay);
        int count = _numbers.Length;
        bool withHoldout = frame.Window.Value.HoldoutDays > 0;
        var histories = new PurchaseHistories(frame, LeftOut(repeatedPurchases))
        {
            IdColumn = new CustomerId[count],
            FrequencyColumn = GC.AllocateUninitializedArray<int>(count),
            RecencyColumn = GC.AllocateUninitializedArray<double>(count),
            AgeColumn = GC.AllocateUninitializedArray<double>(count),
            MeanSpendColumn = GC.AllocateUninitializedArray<double>(withAmounts ? count : 0),
            TotalSpendColumn = GC.AllocateUninitializedArray<double>(withAmounts ? count : 0),
            HoldoutFrequencyColumn = new int[withHoldout ? count : 0],
            HoldoutMeanSpendColumn = new double[withHoldout && withAmounts ? count : 0],
        };
        RowBlocks.ForEach(count, options, (from, to) => Fill(histories, lastDay, from, to));
        return histories;
    }

    private void Fill(PurchaseHistories histories, int lastDay, int from, int to)
    {
        Range rows = from..to;
        ReadOnlySpan<int> numbers = _numbers.AsSpan(rows);
        FillIds(numbers, histories.IdColumn.AsSpan(rows));
        FillTimes(numbers, lastDay, histories.Unit.Days, histories.FrequencyColumn.AsSpan(rows), histories.RecencyColumn.AsSpan(rows), histories.AgeColumn.AsSpan(rows));
        if (histories.MeanSpendColumn.Length > 0)
        {
            FillAmounts(numbers, histories.MeanSpendColumn.AsSpan(rows), histories.TotalSpendColumn.AsSpan(rows));
        }

        if (histories.HoldoutFrequencyColumn.Length > 0)
        {
            FillHoldout(numbers, histories.HoldoutFrequencyColumn.AsSpan(rows), histories.HoldoutMeanSpendColumn.Length > 0 ? histories.HoldoutMeanSpendColumn.AsSpan(rows) : []);
        }
    }

    private void FillIds(ReadOnlySpan<int> numbers, Span<CustomerId> ids)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            _purchases.FetchId(numbers[Math.Min(i + RowsAhead, numbers.Length - 1)]);
            ids[i] = _purchases.IdOf(numbers[i]);
        }
    }

    private void FillTimes(ReadOnlySpan<int> numbers, int lastDay, double unit, Span<int> frequency, Span<double> recency, Span<double> age)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            Fetch(numbers[Math.Min(i + RowsAhead, numbers.Length - 1)]);
            ref readonly HistoryRow row = ref Row(numbers[i]);
            frequency[i] = row.Occasions - 1;
            recency[i] = (row.LatestDay - row.FirstDay) / unit;
            age[i] = (lastDay - row.FirstDay) / unit;
        }
    }

    private void FillAmounts(ReadOnlySpan<int> numbers, Span<double> mean, Span<double> total)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            ref readonly HistoryRow row = ref Row(numbers[i]);
            mean[i] = row.MeanSpend;
            total[i] = row.TotalSpend;
        }
    }

    private void FillHoldout(ReadOnlySpan<int> numbers, Span<int> frequency, Span<double> mean)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            ref readonly HistoryRow row = ref Row(numbers[i]);
            frequency[i] = row.HoldoutOccasions;
            if (mean.Length > 0)
            {
                mean[i] = row.HoldoutMeanSpend;
            }
        }
    }

    // In the order of the ids, neighbours stand anywhere: asked for in time, they come side by side.
    private void Fetch(int number) => Prefetch.Of(ref _rows[PurchaseShards.ShardOfNumber(number)][PurchaseShards.PlaceOf(number)]);

    private ref readonly HistoryRow Row(int number) => ref _rows[PurchaseShards.ShardOfNumber(number)][PurchaseShards.PlaceOf(number)];

    private LeftOut LeftOut(long repeatedPurchases)
    {
        var unmatched = default(ExactAmount);
        foreach (ShardHistories shard in _shards)
        {
            unmatched.Add(shard.UnmatchedAmount);
        }

        return new()
        {
            PurchasesAfterWindow = _shards.Sum(shard => shard.PurchasesAfter),
            CustomersAfterWindow = _shards.Sum(shard => shard.CustomersAfter),
            CustomersFullyReturned = _shards.Sum(shard => shard.CustomersFullyReturned),
            RepeatedPurchases = repeatedPurchases,
            ReturnsAfterWindow = _shards.Sum(shard => shard.ReturnsAfter),
            UnmatchedReturns = _shards.Sum(shard => shard.UnmatchedReturns),
            UnmatchedReturnAmount = unmatched.ToDecimal(),
        };
    }
}
