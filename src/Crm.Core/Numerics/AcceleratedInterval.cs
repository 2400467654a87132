namespace Crm.Core.Numerics;

/// <summary>The bias-corrected and accelerated interval of the bootstrap (Efron 1987, BCa).</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct AcceleratedInterval(double Low, double High)
{
    /// <summary>The interval; null where more figures do not exist than are left out at one end.</summary>
    /// <param name="whole">The figure of the sample.</param>
    /// <param name="drawn">That of each sample drawn from it.</param>
    /// <param name="without">That of the sample without each of some equal parts of it.</param>
    /// <param name="level">The level.</param>
    internal static AcceleratedInterval? Of(double whole, double[] drawn, double[] without, double level)
    {
        double outside = 0.5 * (1 - level);
        double[] sorted = [.. drawn.Where(double.IsFinite).Order()];
        if (!double.IsFinite(whole) || sorted.Length < drawn.Length * (1 - outside))
        {
            return null;
        }

        double bias = Quantile(Math.Clamp(ShareBelow(sorted, whole), 0.5 / sorted.Length, 1 - (0.5 / sorted.Length)));
        double[] parts = Parts(without);
        double squares = parts.Sum(part => part * part);

        // A sixth of the skewness of what each part adds to the figure.
        double acceleration = squares > 0 ? parts.Sum(part => part * part * part) / (6 * Math.Pow(squares, 1.5)) : 0;
        return new(At(outside), At(1 - outside));

        double At(double probability)
        {
            double z = bias + Quantile(probability);
            double moved = 0.5 + NormalDistribution.FromCentre(bias + (z / Math.Max(0.1, 1 - (acceleration * z))));
            return sorted[Math.Clamp((int)Math.Round((moved * (sorted.Length + 1)) - 1), 0, sorted.Length - 1)];
        }
    }

    private static double ShareBelow(double[] sorted, double value) => sorted.Sum(figure => figure < value ? 1.0 : figure == value ? 0.5 : 0) / sorted.Length;

    private static double Quantile(double probability) =>
        probability >= 0.5 ? NormalDistribution.HalfWidth((2 * probability) - 1) : -NormalDistribution.HalfWidth(1 - (2 * probability));

    // What each part adds, beyond the mean of all.
    private static double[] Parts(double[] without)
    {
        double[] known = [.. without.Where(double.IsFinite)];
        double mean = known.Length == 0 ? 0 : known.Average();
        return Array.ConvertAll(known, figure => mean - figure);
    }
}
