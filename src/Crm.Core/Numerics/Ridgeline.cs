namespace Crm.Core.Numerics;

/// <summary>The line on which all peaks and dips of the density of two normal distributions lie (Ray &amp; Lindsay 2005, "The topography of multivariate normal mixtures").</summary>
internal static class Ridgeline
{
    private const int Steps = 200;

    /// <summary>How deep the density of the two falls between its peaks, as a share of the lower one: 0 where it has one peak.</summary>
    internal static double Dip(GaussianComponent one, GaussianComponent other)
    {
        double shift = Math.Max(one.LogDensity(one.Mean), other.LogDensity(other.Mean));
        var densities = new double[Steps + 1];
        for (int step = 0; step <= Steps; step++)
        {
            double[] at = At(one, other, (double)step / Steps);
            densities[step] = Math.Exp(one.LogDensity(at) - shift) + Math.Exp(other.LogDensity(at) - shift);
        }

        var ahead = new double[Steps + 1];
        for (int step = Steps; step >= 0; step--)
        {
            ahead[step] = step == Steps ? densities[step] : Math.Max(densities[step], ahead[step + 1]);
        }

        double before = 0;
        double deepest = 0;
        for (int step = 0; step <= Steps; step++)
        {
            before = Math.Max(before, densities[step]);
            deepest = Math.Max(deepest, 1 - (densities[step] / Math.Min(before, ahead[step])));
        }

        return deepest;
    }

    // one.Mean + s · one.Covariance · M⁻¹ · (other.Mean − one.Mean), where M = (1 − s) · other.Covariance + s · one.Covariance: no covariance is inverted but M.
    private static double[] At(GaussianComponent one, GaussianComponent other, double share)
    {
        int width = one.Mean.Length;
        var mixed = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            for (int g = 0; g < width; g++)
            {
                mixed[f, g] = ((1 - share) * other.Covariance[f, g]) + (share * one.Covariance[f, g]);
            }
        }

        double[] apart = [.. other.Mean.Zip(one.Mean, (its, own) => its - own)];
        double[] solved = GaussianComponent.Of(1, one.Mean, mixed, one.IsFull)!.Solved(apart);
        var at = new double[width];
        for (int f = 0; f < width; f++)
        {
            at[f] = one.Mean[f];
            for (int g = 0; g < width; g++)
            {
                at[f] += share * one.Covariance[f, g] * solved[g];
            }
        }

        return at;
    }
}
