using System.Runtime.InteropServices;

namespace Crm.Core.Numerics;

/// <summary>Finds the values at given ranks without sorting the others: digit by digit from the first, looking only at who shares the digits so far.</summary>
/// <remarks>Time grows with the number of values only, whatever they are: each of them is looked at a few times for each of four digits at the most.</remarks>
internal sealed class RankSelection
{
    private const int DigitBits = 16;
    private const int Digits = 1 << DigitBits;
    private const int FirstShift = 64 - DigitBits;
    private const int FewValues = 4_096;

    private readonly long[] _ranks;
    private readonly double[] _found;

    private RankSelection(long[] ranks)
    {
        _ranks = ranks;
        _found = new double[ranks.Length];
    }

    /// <summary>The value at each rank, ranks being counted from 0 for the greatest value.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="customers">How many have each value, or none where each is one.</param>
    /// <param name="ranks">The ranks, ascending, each from 0 to below the number of customers.</param>
    internal static double[] Of(ReadOnlySpan<double> values, ReadOnlySpan<int> customers, long[] ranks)
    {
        var selection = new RankSelection(ranks);
        if (ranks.Length > 0)
        {
            selection.Find(values, customers, FirstShift, 0, 0, ranks.Length);
        }

        return selection._found;
    }

    // Of values that have all digits before this one in common, of which `before` customers come first: the ranks from one to another.
    private void Find(ReadOnlySpan<double> values, ReadOnlySpan<int> customers, int shift, long before, int firstRank, int endRank)
    {
        if (values.Length <= FewValues)
        {
            FindAmongFew(values, customers, before, firstRank, endRank);
            return;
        }

        var there = new long[Digits];
        for (int i = 0; i < values.Length; i++)
        {
            there[DigitOf(values[i], shift)] += customers.Length == 0 ? 1 : customers[i];
        }

        for (int digit = 0; digit < Digits && firstRank < endRank; digit++)
        {
            int end = firstRank;
            while (end < endRank && _ranks[end] < before + there[digit])
            {
                end++;
            }

            if (end > firstRank)
            {
                FindWithin(values, customers, shift, digit, before, firstRank, end);
                firstRank = end;
            }

            before += there[digit];
        }
    }

    private void FindWithin(ReadOnlySpan<double> values, ReadOnlySpan<int> customers, int shift, int digit, long before, int firstRank, int endRank)
    {
        var kept = new List<double>();
        var counts = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (DigitOf(values[i], shift) == digit)
            {
                kept.Add(values[i]);
                if (customers.Length > 0)
                {
                    counts.Add(customers[i]);
                }
            }
        }

        // Of the last digit: they are all the same.
        if (shift == 0)
        {
            _found.AsSpan(firstRank, endRank - firstRank).Fill(kept[0] + 0.0);
        }
        else
        {
            Find(CollectionsMarshal.AsSpan(kept), CollectionsMarshal.AsSpan(counts), shift - DigitBits, before, firstRank, endRank);
        }
    }

    private void FindAmongFew(ReadOnlySpan<double> values, ReadOnlySpan<int> customers, long before, int firstRank, int endRank)
    {
        double[] sorted = values.ToArray();
        int[] counts = customers.ToArray();
        if (counts.Length == 0)
        {
            Array.Sort(sorted);
        }
        else
        {
            Array.Sort(sorted, counts);
        }

        int next = sorted.Length - 1;
        for (int rank = firstRank; rank < endRank; rank++)
        {
            while (before + CustomersAt(next) <= _ranks[rank])
            {
                before += CustomersAt(next--);
            }

            _found[rank] = sorted[next] + 0.0;
        }

        int CustomersAt(int place) => counts.Length == 0 ? 1 : counts[place];
    }

    private static int DigitOf(double value, int shift) => (int)((DescendingKey.Of(value) >> shift) & (Digits - 1));
}
