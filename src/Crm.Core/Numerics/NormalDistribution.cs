namespace Crm.Core.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double OverRootTwoPi = 0.39894228040143267794;

    /// <summary>Φ(z) − ½, by a series of positive terms: φ(z) Σ z^(2n+1) / (1·3·5 … (2n+1)). Absolute error below 1e-15.</summary>
    internal static double FromCentre(double z)
    {
        double term = Math.Abs(z);
        double sum = term;
        for (int n = 1; term > 1e-17 * sum; n++)
        {
            term *= z * z / ((2 * n) + 1);
            sum += term;
        }

        return Math.Sign(z) * Math.Min(0.5, OverRootTwoPi * Math.Exp(-0.5 * z * z) * sum);
    }

    /// <summary>The z for which a normal variate lies in [−z, z] with this probability, from 0 to 1 − 1e-12.</summary>
    internal static double HalfWidth(double probability)
    {
        double low = 0;
        double high = 8;
        while (high - low > 1e-14 * high)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = 2 * FromCentre(middle) < probability ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
