namespace Crm.Core.Pyramids;

/// <summary>Different values from the greatest down, each with how many customers have it: what ranks are read from.</summary>
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

    private RankedValues(double[] values, long[] customersThrough)
    {
        _values = values;
        _customersThrough = customersThrough;
        double total = Sum(0, Count).Value;
        double size = 0;
        for (int i = 0; i < Count; i++)
        {
            size += Math.Abs(_values[i]) * CustomersAt(i);
        }

        Total = Math.Abs(total) <= Rounding * size ? 0 : total;
    }

    internal int Count => _values.Length;

    internal long Customers => Count == 0 ? 0 : _customersThrough[^1];

    internal double Total { get; }

    internal double this[int index] => _values[index];

    internal static RankedValues Of(ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers, CustomerLayer layer)
    {
        var kept = new List<double>(layer == CustomerLayer.Active ? values.Length : 0);
        var weights = new List<int>(layer == CustomerLayer.Active ? values.Length : 0);
        for (int row = 0; row < values.Length; row++)
        {
            if ((layers.Length == 0 ? CustomerLayer.Active : layers[row]) == layer)
            {
                kept.Add(values[row] + 0.0); // −0 is 0
                weights.Add(customers.Length == 0 ? 1 : customers[row]);
            }
        }

        double[] sorted = [.. kept];
        int[] counts = [.. weights];
        Array.Sort(sorted, counts);
        Array.Reverse(sorted);
        Array.Reverse(counts);
        var through = new long[counts.Length];
        long sum = 0;
        int last = -1;
        for (int i = 0; i < counts.Length; i++)
        {
            last += last >= 0 && sorted[i] == sorted[last] ? 0 : 1;
            sorted[last] = sorted[i];
            sum += counts[i];
            through[last] = sum;
        }

        return new(sorted[..(last + 1)], through[..(last + 1)]);
    }

    /// <summary>The value of the customer at a rank, counted from 0; the rank is below the number of customers.</summary>
    internal double ValueAtRank(long rank) => _values[EntryOfRank(rank)];

    /// <summary>The first entry whose value is not above a floor.</summary>
    internal int FirstNotAbove(double floor)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _values[middle] > floor ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Customers and value of a range of entries.</summary>
    internal (long Customers, double Value) Sum(int from, int to)
    {
        double value = 0;
        for (int i = from; i < to; i++)
        {
            value += _values[i] * CustomersAt(i);
        }

        return (from < to ? _customersThrough[to - 1] - Before(from) : 0, value);
    }

    /// <summary>The value of the first customers by rank.</summary>
    internal double SumOfFirst(long customers)
    {
        if (customers >= Customers)
        {
            return Total;
        }

        int entry = EntryOfRank(customers);
        return Sum(0, entry).Value + (_values[entry] * (customers - Before(entry)));
    }

    internal long CustomersAt(int entry) => _customersThrough[entry] - Before(entry);

    private long Before(int entry) => entry == 0 ? 0 : _customersThrough[entry - 1];

    private int EntryOfRank(long rank)
    {
        int found = Array.BinarySearch(_customersThrough, rank + 1);
        return found >= 0 ? found : ~found;
    }
}
