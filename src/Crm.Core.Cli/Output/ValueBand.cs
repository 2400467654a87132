namespace Crm.Core.Cli.Output;

/// <summary>The customers whose value lies in a band, its lower end not included; without an end where it is open.</summary>
internal sealed record ValueBand(double? Above, double? Through, long Customers, double Value)
{
    private const int MostBands = 12;

    /// <summary>Bands from 1 to 2, 2 to 5 and 5 to 10 times each power of ten, in the order of value; the lowest holds all that lies below it.</summary>
    internal static IReadOnlyList<ValueBand> Of(ReadOnlySpan<double> values)
    {
        double greatest = 0;
        foreach (double value in values)
        {
            greatest = Math.Max(greatest, value);
        }

        if (greatest <= 0)
        {
            return values.Length == 0 ? [] : [new(null, 0, values.Length, Sum(values))];
        }

        double[] ends = Ends(greatest);
        var customers = new long[ends.Length];
        var sums = new double[ends.Length];
        foreach (double value in values)
        {
            int band = Array.BinarySearch(ends, value);
            band = band < 0 ? ~band : band;
            customers[band]++;
            sums[band] += value;
        }

        int first = Array.FindIndex(customers, count => count > 0);
        return [.. Enumerable.Range(first, ends.Length - first).Select(i => new ValueBand(i == 0 ? null : ends[i - 1], ends[i], customers[i], sums[i]))];
    }

    // From the end that holds the greatest value down.
    private static double[] Ends(double greatest)
    {
        int power = (int)Math.Ceiling(Math.Log10(greatest)) + 1; // One too high rather than one too low by rounding.
        var ends = new List<double>();
        for (int p = power; ends.Count < MostBands + 6; p--)
        {
            ends.AddRange([Power(p), 0.5 * Power(p), 0.2 * Power(p)]);
        }

        int last = ends.FindLastIndex(end => end >= greatest);
        return [.. ends.Skip(Math.Max(0, last)).Take(MostBands).Reverse()];
    }

    private static double Power(int power) => Math.Pow(10, power);

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
