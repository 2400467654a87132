namespace Crm.Core.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double OverRootTwoPi = 0.39894228040143267794;

    // Beyond this ½ is ½ to the last bit, and further on the series is ∞ times 0.
    private const double Far = 9;

    /// <summary>Φ(z) − ½, by a series of positive terms: φ(z) Σ z^(2n+1) / (1·3·5 … (2n+1)). Absolute error below 1e-15.</summary>
    internal static double FromCentre(double z)
    {
        if (Math.Abs(z) > Far)
        {
            return Math.Sign(z) * 0.5;
        }

        double term = Math.Abs(z);
        double sum = term;
        for (int n = 1; term > 1e-17 * sum; n++)
        {
            term *= z * z / ((2 * n) + 1);
            sum += term;
        }

        return Math.Sign(z) * Math.Min(0.5, OverRootTwoPi * Math.Exp(-0.5 * z * z) * sum);
    }

    /// <summary>1 − Φ(z) for a z of 0 or more, to 14 digits of itself however small: from 3 on by the continued fraction φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))).</summary>
    internal static double Above(double z)
    {
        if (z < 3)
        {
            return 0.5 - FromCentre(z);
        }

        double below = z;
        for (int n = 120; n >= 1; n--)
        {
            below = z + (n / below);
        }

        return OverRootTwoPi * Math.Exp(-0.5 * z * z) / below;
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
