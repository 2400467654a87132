using Crm.Core.Numerics;

namespace Crm.Core.Histories;

/// <summary>Makes the columns of histories out of what was worked out shard by shard, in the order of the ids.</summary>
internal sealed class HistoryTable
{
    private const int RowsAhead = 16;

    private readonly PurchaseShards _purchases;
    private readonly ShardHistories[] _shards;
    private readonly int[] _numbers;

    /// <summary>Initializes a new instance of the <see cref="HistoryTable"/> class.</summary>
    /// <param name="purchases">The customers and their purchases.</param>
    /// <param name="shards">The histories of the customers of each shard.</param>
    /// <param name="inOrder">The numbers of all customers in the order of their ids.</param>
    internal HistoryTable(PurchaseShards purchases, ShardHistories[] shards, int[] inOrder)
    {
        _purchases = purchases;
        _shards = shards;
        int without = shards.Sum(shard => shard.Rows.Count(row => row.Occasions == 0));
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
        double unit = histories.Unit.Days;
        bool withAmounts = histories.MeanSpendColumn.Length > 0;
        bool withHoldout = histories.HoldoutFrequencyColumn.Length > 0;
        for (int i = from; i < to; i++)
        {
            Fetch(Math.Min(i + RowsAhead, to - 1));
            ref readonly HistoryRow row = ref Row(_numbers[i]);
            histories.IdColumn[i] = _purchases.IdOf(_numbers[i]);
            histories.FrequencyColumn[i] = row.Occasions - 1;
            histories.RecencyColumn[i] = (row.LatestDay - row.FirstDay) / unit;
            histories.AgeColumn[i] = (lastDay - row.FirstDay) / unit;
            if (withAmounts)
            {
                histories.MeanSpendColumn[i] = row.MeanSpend;
                histories.TotalSpendColumn[i] = row.TotalSpend;
            }

            if (withHoldout)
            {
                histories.HoldoutFrequencyColumn[i] = row.HoldoutOccasions;
            }

            if (withHoldout && withAmounts)
            {
                histories.HoldoutMeanSpendColumn[i] = row.HoldoutMeanSpend;
            }
        }
    }

    // In the order of the ids, neighbours stand anywhere: asked for in time, they come side by side.
    private void Fetch(int i)
    {
        int number = _numbers[i];
        Prefetch.Of(ref _shards[PurchaseShards.ShardOfNumber(number)].Rows[PurchaseShards.PlaceOf(number)]);
        _purchases.FetchId(number);
    }

    private ref readonly HistoryRow Row(int number) => ref _shards[PurchaseShards.ShardOfNumber(number)].Rows[PurchaseShards.PlaceOf(number)];

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
