namespace Crm.Core.Numerics;

/// <summary>The regularised incomplete beta function, and its inverse.</summary>
/// <remarks>Relative accuracy about 1e-13 for parameters up to 1e6.</remarks>
internal static class BetaFunctions
{
    private const int MaxIterations = 20_000;

    /// <summary>I_x(a, b), the probability that a Beta(a, b) variate is at most x; the complement is passed so that neither loses digits.</summary>
    internal static double Regularized(double a, double b, double x, double complement)
    {
        if (x <= 0)
        {
            return 0;
        }

        if (complement <= 0)
        {
            return 1;
        }

        // The continued fraction converges fast below the mean, the symmetric one above it.
        return x <= (a + 1) / (a + b + 2) ? Fraction(a, b, x, complement) : 1 - Fraction(b, a, complement, x);
    }

    /// <summary>The x at which I_x(a, b) is a given probability, as the odds x / (1 − x).</summary>
    internal static double QuantileOdds(double a, double b, double probability)
    {
        // Bisection on ln odds: monotone, never fails, and 200 halvings of the range exhaust a double.
        double low = -700;
        double high = 700;
        while (high - low > 1e-15 * Math.Max(1, Math.Abs(low)))
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            double odds = Math.Exp(middle);
            double below = Regularized(a, b, odds / (1 + odds), 1 / (1 + odds));
            (low, high) = below < probability ? (middle, high) : (low, middle);
        }

        return Math.Exp(0.5 * (low + high));
    }

    // x^a (1−x)^b / (a B(a,b)) times the continued fraction of Abramowitz & Stegun 26.5.8, by Lentz's method.
    private static double Fraction(double a, double b, double x, double complement)
    {
        double front = Math.Exp(GammaFunctions.LogBetaKernel(a, b, x, complement)) / a;
        const double tiny = 1e-300;
        double c = 1;
        double d = Away(1 - ((a + b) * x / (a + 1)), tiny);
        d = 1 / d;
        double value = d;
        for (int k = 1; k <= MaxIterations; k++)
        {
            double even = k * (b - k) * x / ((a + (2 * k) - 1) * (a + (2 * k)));
            d = 1 / Away(1 + (even * d), tiny);
            c = Away(1 + (even / c), tiny);
            value *= d * c;
            double odd = -(a + k) * (a + b + k) * x / ((a + (2 * k)) * (a + (2 * k) + 1));
            d = 1 / Away(1 + (odd * d), tiny);
            c = Away(1 + (odd / c), tiny);
            double change = d * c;
            value *= change;
            if (Math.Abs(change - 1) < 1e-15)
            {
                break;
            }
        }

        return front * value;
    }

    private static double Away(double value, double tiny) => Math.Abs(value) < tiny ? tiny : value;
}
