namespace Crm.Core.Numerics;

/// <summary>The logarithm of the gamma function, its derivatives, and differences of it formed without cancellation.</summary>
/// <remarks>
/// Stirling's series from <see cref="SeriesStart"/> up, the recurrence below it. Absolute error about 4e-15 · max(1, |value|).
/// Calls <see cref="Math.Log(double)"/>, which the C library may round differently by 1 ulp from machine to machine.
/// </remarks>
internal static class GammaFunctions
{
    // From here on eight terms of Stirling's series leave an error below 1e-17.
    private const double SeriesStart = 15;

    private const double HalfLogTwoPi = 0.91893853320467274178;

    // B(2k) / (2k (2k − 1)), B(2k) / 2k and B(2k), with B the Bernoulli numbers.
    private static ReadOnlySpan<double> StirlingSeries =>
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

    private static ReadOnlySpan<double> DigammaSeries =>
        [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12];

    private static ReadOnlySpan<double> TrigammaSeries =>
        [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6];

    /// <summary>ln Γ(z), for z above 0.</summary>
    internal static double LogGamma(double z)
    {
        double product = 1;
        while (z < SeriesStart)
        {
            product *= z;
            z += 1;
        }

        return ((z - 0.5) * Math.Log(z)) - z + HalfLogTwoPi + StirlingRest(z) - Math.Log(product);
    }

    /// <summary>
    /// ln Γ(z + d) − ln Γ(z), for z above 0 and d at least 0: for d of 1 or more to a relative error of 1e-14 however large z is, for
    /// smaller ones to an absolute error of 1e-15.
    /// </summary>
    internal static double LogGammaRatio(double z, double d)
    {
        double product = 1;
        while (z < SeriesStart)
        {
            product *= z / (z + d);
            z += 1;
        }

        double w = z + d;
        return ((z - 0.5) * ElementaryFunctions.Log1P(d / z)) + (d * (Math.Log(w) - 1)) + (StirlingRest(w) - StirlingRest(z)) + Math.Log(product);
    }

    /// <summary>ln B(a, b), for a and b above 0.</summary>
    internal static double LogBeta(double a, double b)
    {
        double small = Math.Min(a, b);
        return LogGamma(small) - LogGammaRatio(Math.Max(a, b), small);
    }

    /// <summary>
    /// ln [x^a (1−x)^b / B(a, b)], where a and b are large without the cancellation of numbers of their size: measured from the mean
    /// a / (a + b), where Stirling's series leaves little.
    /// </summary>
    internal static double LogBetaKernel(double a, double b, double x, double complement)
    {
        if (Math.Min(a, b) < SeriesStart)
        {
            return (a * Math.Log(x)) + (b * Math.Log(complement)) - LogBeta(a, b);
        }

        double apart = (x * b) - (complement * a);
        return (a * ElementaryFunctions.Log1P(apart / a)) + (b * ElementaryFunctions.Log1P(-apart / b))
            + (0.5 * Math.Log(a / (a + b) * b)) - HalfLogTwoPi + StirlingRest(a + b) - StirlingRest(a) - StirlingRest(b);
    }

    /// <summary>ψ(z), the derivative of ln Γ, for z above 0.</summary>
    internal static double Digamma(double z)
    {
        double shift = 0;
        while (z < SeriesStart)
        {
            shift += 1 / z;
            z += 1;
        }

        double v = 1 / (z * z);
        return Math.Log(z) - (0.5 / z) - (v * Series(DigammaSeries, v)) - shift;
    }

    /// <summary>ψ′(z), the second derivative of ln Γ, for z above 0.</summary>
    internal static double Trigamma(double z)
    {
        double shift = 0;
        while (z < SeriesStart)
        {
            shift += 1 / (z * z);
            z += 1;
        }

        double v = 1 / (z * z);
        return (1 / z) + (0.5 * v) + (v / z * Series(TrigammaSeries, v)) + shift;
    }

    // ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π].
    private static double StirlingRest(double z) => Series(StirlingSeries, 1 / (z * z)) / z;

    private static double Series(ReadOnlySpan<double> coefficients, double v)
    {
        double sum = 0;
        for (int k = coefficients.Length - 1; k >= 0; k--)
        {
            sum = (sum * v) + coefficients[k];
        }

        return sum;
    }
}
