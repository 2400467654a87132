namespace Crm.Core.Numerics;

/// <summary>The masses of cells changed so that their density rises to one peak and then falls, as near the given ones as can be.</summary>
/// <remarks>
/// For a given peak the density to the left of it is the slope of the greatest convex minorant of the distribution, to the right that of the least
/// concave majorant (Grenander 1956), found by pooling neighbours that are out of order. Of the peaks tried, that with the least distance between the two
/// distributions is taken (Hartigan &amp; Hartigan 1985).
/// </remarks>
internal static class UnimodalMasses
{
    private const int MostPeaks = 64;

    /// <summary>The masses, which sum to the same.</summary>
    /// <param name="masses">The mass of each cell, 0 or more.</param>
    /// <param name="widths">The width of each cell, above 0.</param>
    internal static double[] Of(ReadOnlySpan<double> masses, ReadOnlySpan<double> widths)
    {
        double[] best = [];
        double least = double.PositiveInfinity;
        foreach (int peak in Peaks(masses))
        {
            var fitted = new double[masses.Length];
            Pool(masses, widths, fitted, 0, peak + 1, isRising: true);
            Pool(masses, widths, fitted, peak + 1, masses.Length, isRising: false);
            double distance = Distance(masses, fitted);
            (best, least) = distance < least ? (fitted, distance) : (best, least);
        }

        return best;
    }

    // All cells where they are few; else the cells at which even shares of the mass are passed.
    private static List<int> Peaks(ReadOnlySpan<double> masses)
    {
        double all = 0;
        foreach (double mass in masses)
        {
            all += mass;
        }

        var peaks = new List<int>();
        double passed = 0;
        for (int cell = 0; cell < masses.Length; cell++)
        {
            passed += masses[cell];
            if (masses.Length <= MostPeaks || passed * MostPeaks >= all * (peaks.Count + 1))
            {
                peaks.Add(cell);
            }
        }

        return peaks;
    }

    private static void Pool(ReadOnlySpan<double> masses, ReadOnlySpan<double> widths, double[] fitted, int from, int to, bool isRising)
    {
        var blocks = new List<(double Mass, double Width, int End)>();
        for (int cell = from; cell < to; cell++)
        {
            var block = (Mass: masses[cell], Width: widths[cell], End: cell + 1);
            while (blocks.Count > 0 && (isRising ? blocks[^1].Mass * block.Width >= block.Mass * blocks[^1].Width : blocks[^1].Mass * block.Width <= block.Mass * blocks[^1].Width))
            {
                block = (blocks[^1].Mass + block.Mass, blocks[^1].Width + block.Width, block.End);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        int next = from;
        foreach (var (mass, width, end) in blocks)
        {
            for (; next < end; next++)
            {
                fitted[next] = mass * (widths[next] / width);
            }
        }
    }

    private static double Distance(ReadOnlySpan<double> masses, double[] fitted)
    {
        double difference = 0;
        double greatest = 0;
        for (int cell = 0; cell < fitted.Length; cell++)
        {
            difference += masses[cell] - fitted[cell];
            greatest = Math.Max(greatest, Math.Abs(difference));
        }

        return greatest;
    }
}
