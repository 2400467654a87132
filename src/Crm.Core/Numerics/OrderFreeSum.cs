namespace Crm.Core.Numerics;

/// <summary>A sum whose bits do not depend on the order of the rows, nor on whether equal rows are shared.</summary>
internal static class OrderFreeSum
{
    /// <summary>Sums values, each counted as often as its row has customers; no counts mean one each.</summary>
    internal static double Of(ReadOnlySpan<double> values, ReadOnlySpan<int> customers)
    {
        var counts = new double[customers.Length];
        for (int row = 0; row < counts.Length; row++)
        {
            counts[row] = customers[row];
        }

        return Of(values, (ReadOnlySpan<double>)counts);
    }

    /// <summary>Sums values, each counted so many times; no counts mean once each.</summary>
    internal static double Of(ReadOnlySpan<double> values, ReadOnlySpan<double> customers)
    {
        double[] sorted = values.ToArray();
        double[] counts = customers.ToArray();
        if (counts.Length == 0)
        {
            Array.Sort(sorted);
        }
        else
        {
            Array.Sort(sorted, counts);
        }

        // Equal values are multiplied, not added one by one, so that ten rows of one customer are one row of ten.
        double total = 0;
        for (int i = 0; i < sorted.Length;)
        {
            double value = sorted[i];
            double count = 0;
            for (; i < sorted.Length && sorted[i] == value; i++)
            {
                count += counts.Length == 0 ? 1 : counts[i];
            }

            total += value * count;
        }

        return total;
    }
}
