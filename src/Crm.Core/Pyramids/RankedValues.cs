namespace Crm.Core.Pyramids;

/// <summary>Different values from the greatest down, each with how many customers have it: what is read from the order of a base.</summary>
/// <remarks>
/// Sums are taken in the sorted order and equal values together, so neither the order of the customers nor how they share rows can
/// change a bit.
/// </remarks>
internal sealed class RankedValues
{
    // What is left of amounts that cancel is their rounding: 0.1 + 0.2 − 0.3 is nothing.
    private const double Rounding = 1e-13;

    private readonly double[] _values;
    private readonly long[] _customersThrough; // customers of entries 0..i, i included
    private readonly double[] _sumThrough;

    private RankedValues(double[] values, long[] customersThrough)
    {
        _values = values;
        _customersThrough = customersThrough;
        _sumThrough = new double[values.Length];
        double total = 0;
        double size = 0;
        for (int i = 0; i < Count; i++)
        {
            total += _values[i] * CustomersAt(i);
            size += Math.Abs(_values[i]) * CustomersAt(i);
            _sumThrough[i] = total;
        }

        Total = Math.Abs(total) <= Rounding * size ? 0 : total;
    }

    internal int Count => _values.Length;

    internal long Customers => Count == 0 ? 0 : _customersThrough[^1];

    internal double Total { get; }

    internal double this[int index] => _values[index];

    /// <summary>Ranks values; no customers mean one each.</summary>
    internal static RankedValues Of(ReadOnlySpan<double> values, ReadOnlySpan<int> customers)
    {
        double[] sorted = values.ToArray();
        int[] counts = customers.ToArray();
        for (int row = 0; row < sorted.Length; row++)
        {
            sorted[row] += 0.0; // −0 is 0
        }

        if (counts.Length == 0)
        {
            Array.Sort(sorted);
        }
        else
        {
            Array.Sort(sorted, counts);
            Array.Reverse(counts);
        }

        Array.Reverse(sorted);
        var through = new long[sorted.Length];
        long sum = 0;
        int last = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            last += last >= 0 && sorted[i] == sorted[last] ? 0 : 1;
            sorted[last] = sorted[i];
            sum += counts.Length == 0 ? 1 : counts[i];
            through[last] = sum;
        }

        return new(sorted[..(last + 1)], through[..(last + 1)]);
    }

    /// <summary>The value of the first customers by rank.</summary>
    internal double SumOfFirst(long customers)
    {
        if (customers >= Customers)
        {
            return Total;
        }

        int entry = EntryOfRank(customers);
        return (entry == 0 ? 0 : _sumThrough[entry - 1]) + (_values[entry] * (customers - Before(entry)));
    }

    internal long CustomersAt(int entry) => _customersThrough[entry] - Before(entry);

    private long Before(int entry) => entry == 0 ? 0 : _customersThrough[entry - 1];

    private int EntryOfRank(long rank)
    {
        int found = Array.BinarySearch(_customersThrough, rank + 1);
        return found >= 0 ? found : ~found;
    }
}
