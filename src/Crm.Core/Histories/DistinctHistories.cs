using Crm.Core.Numerics;

namespace Crm.Core.Histories;

/// <summary>The rows that differ in x, t_x or T, each with how many customers it stands for: what a purchase model sees.</summary>
/// <remarks>
/// Sorted by x, then T, then t_x. So the sums of a fit do not depend on the order of the customers, and what depends on x and T
/// alone is worked out once for a run of neighbours.
/// </remarks>
internal sealed class DistinctHistories
{
    private DistinctHistories(int[] frequency, double[] recency, double[] age, double[] customers, int[] groupOfRow)
    {
        Frequency = frequency;
        Recency = recency;
        Age = age;
        Customers = customers;
        GroupOfRow = groupOfRow;
    }

    internal int Count => Frequency.Length;

    internal int[] Frequency { get; }

    internal double[] Recency { get; }

    internal double[] Age { get; }

    internal double[] Customers { get; }

    /// <summary>Gets the distinct history that each row of the histories is.</summary>
    internal int[] GroupOfRow { get; }

    internal int MaxFrequency => Count == 0 ? 0 : Frequency[^1];

    /// <summary>Whether a history has the x and T of the one before it, which there is.</summary>
    internal bool IsLikeTheOneBefore(int row) => Frequency[row] == Frequency[row - 1] && Age[row] == Age[row - 1];

    /// <summary>The first from a place on that is not like the one before it; the place itself where there is none so near.</summary>
    internal int StartOfRun(int place, int atMost)
    {
        int start = place;
        while (start > 0 && start < Count && start - place < atMost && IsLikeTheOneBefore(start))
        {
            start++;
        }

        return start >= Count ? Count : start - place == atMost ? place : start;
    }

    internal static DistinctHistories Of(PurchaseHistories histories)
    {
        var table = new TripleTable();
        int[] groupOfRow = GC.AllocateUninitializedArray<int>(histories.Count);
        for (int row = 0; row < groupOfRow.Length; row++)
        {
            groupOfRow[row] = table.NumberOf(histories.FrequencyColumn[row], histories.RecencyColumn[row], histories.AgeColumn[row]);
        }

        int[] order = Sorted(table);
        var placeOf = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            placeOf[order[place]] = place;
        }

        var customers = new double[order.Length];
        for (int row = 0; row < groupOfRow.Length; row++)
        {
            int place = placeOf[groupOfRow[row]];
            groupOfRow[row] = place;
            customers[place] += histories.CustomersColumn.Length == 0 ? 1 : histories.CustomersColumn[row];
        }

        return new(
            Array.ConvertAll(order, group => table[group].X),
            Array.ConvertAll(order, group => table[group].Recency),
            Array.ConvertAll(order, group => table[group].Age),
            customers,
            groupOfRow);
    }

    /// <summary>
    /// About so many histories that stand for all: of each block of neighbours the one that most customers share, for all of the block.
    /// Good enough to find where a maximum lies, not what it is.
    /// </summary>
    internal DistinctHistories Coarse(int blocks)
    {
        int[] kept = CoarseRows.Of(Customers, blocks, out double[] customers);
        return new(
            Array.ConvertAll(kept, row => Frequency[row]),
            Array.ConvertAll(kept, row => Recency[row]),
            Array.ConvertAll(kept, row => Age[row]),
            customers,
            []);
    }

    // By x, then T, then t_x: the last first, since equal ones keep their order. None is below 0, so that bits sort as numbers do.
    private static int[] Sorted(TripleTable table)
    {
        int[] order = [.. Enumerable.Range(0, table.Count)];
        var keys = new ulong[order.Length];
        var keyRoom = new ulong[order.Length];
        var orderRoom = new int[order.Length];
        foreach (Func<int, ulong> keyOf in (ReadOnlySpan<Func<int, ulong>>)
        [
            group => BitConverter.DoubleToUInt64Bits(table[group].Recency), group => BitConverter.DoubleToUInt64Bits(table[group].Age), group => (ulong)table[group].X,
        ])
        {
            for (int i = 0; i < keys.Length; i++)
            {
                keys[i] = keyOf(order[i]);
            }

            RadixSort.Sort(keys, order, keyRoom, orderRoom);
        }

        return order;
    }
}
