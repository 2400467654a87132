namespace Crm.Core.Numerics;

/// <summary>The chi-square distribution with a whole number of degrees of freedom: of the squared length of that many standard normals.</summary>
internal static class ChiSquare
{
    /// <summary>The probability of more than <paramref name="x"/>: a sum of positive terms, by two degrees of freedom at a time.</summary>
    internal static double Above(double x, int degrees)
    {
        double half = 0.5 * x;
        bool isOdd = degrees % 2 == 1;
        double sum = isOdd ? 2 * NormalDistribution.Above(Math.Sqrt(x)) : Math.Exp(-half);

        // (x/2)^a e^(−x/2) / Γ(a + 1), for a = ½, 3/2, … or 1, 2, …
        double logTerm = isOdd ? (0.5 * Math.Log(half)) - half - (0.5 * Math.Log(Math.PI)) + Math.Log(2) : Math.Log(half) - half;
        for (double a = isOdd ? 0.5 : 1; a < 0.5 * degrees; a++)
        {
            sum += Math.Exp(logTerm);
            logTerm += Math.Log(half / (a + 1));
        }

        return sum;
    }

    /// <summary>The value that is exceeded with this probability, from 1e-9 to 0.5.</summary>
    internal static double Exceeded(double probability, int degrees)
    {
        double low = 0;
        double high = degrees + 1.0;
        while (Above(high, degrees) > probability)
        {
            high *= 2;
        }

        while (high - low > 1e-14 * high)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = Above(middle, degrees) > probability ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
