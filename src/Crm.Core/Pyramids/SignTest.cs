using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>The two-sided sign test.</summary>
internal static class SignTest
{
    // Beyond this the sum is a normal tail to more digits than anybody reads.
    private const long MostExact = 1_000_000;

    // So far 2^−n is a normal number, and the terms can be built from the first.
    private const long MostFromTheFirst = 1_000;

    internal static double Probability(long up, long down)
    {
        long all = up + down;
        long fewer = Math.Min(up, down);
        if (2 * fewer >= all - 1)
        {
            return 1; // the middle, or the two middle ones
        }

        if (all > MostExact)
        {
            double z = (all - (2.0 * fewer) - 1) / Math.Sqrt(all);
            return ChiSquare.Above(z * z, 1);
        }

        if (all <= MostFromTheFirst)
        {
            double each = Math.ScaleB(1, (int)-all);
            double through = each;
            for (long k = 1; k <= fewer; k++)
            {
                each *= (all - k + 1) / (double)k;
                through += each;
            }

            return Math.Min(1, 2 * through);
        }

        // From the greatest term down: C(n, k) = C(n, k + 1) (k + 1) / (n − k).
        double term = Math.Exp(LogChoose(all, fewer) - (all * Math.Log(2)));
        double sum = 0;
        for (long k = fewer; k >= 0 && term > sum * 1e-18; k--)
        {
            sum += term;
            term *= k / (double)(all - k + 1);
        }

        return Math.Min(1, 2 * sum);
    }

    private static double LogChoose(long n, long k) => GammaFunctions.LogGamma(n + 1.0) - GammaFunctions.LogGamma(k + 1.0) - GammaFunctions.LogGamma(n - k + 1.0);
}
