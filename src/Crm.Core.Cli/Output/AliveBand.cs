namespace Crm.Core.Cli.Output;

/// <summary>The customers whose P(alive) lies in a tenth of 0 to 1, and what they are worth: where value is safe, and where in doubt.</summary>
internal sealed record AliveBand(double From, double To, long Customers, double Value)
{
    private const int Bands = 10;

    /// <summary>Ten bands, from those who are most likely lost up; a customer between two is in the upper one.</summary>
    internal static IReadOnlyList<AliveBand> Of(ReadOnlySpan<double> alive, ReadOnlySpan<double> values)
    {
        var customers = new long[Bands];
        var sums = new double[Bands];
        for (int row = 0; row < alive.Length; row++)
        {
            int band = Math.Min(Bands - 1, (int)(alive[row] * Bands));
            customers[band]++;
            sums[band] += values[row];
        }

        return [.. Enumerable.Range(0, Bands).Select(i => new AliveBand(i / (double)Bands, (i + 1) / (double)Bands, customers[i], sums[i]))];
    }
}
