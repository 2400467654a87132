namespace Crm.Core.Numerics;

/// <summary>Quantiles of a count of known mean and variance: of the negative binomial with both where it varies more than Poisson's, of the binomial where less.</summary>
internal static class CountQuantiles
{
    /// <summary>The greatest mean for which the probabilities are added up; beyond it a count is as good as continuous.</summary>
    internal const double MostMean = 300;

    private const double Equal = 1e-9;

    /// <summary>The least and the greatest count of the middle part of this probability; at least so much lies in it.</summary>
    internal static (double Low, double High) Middle(double mean, double variance, double level)
    {
        double tail = 0.5 * (1 - level);
        double excess = variance - mean;
        if (!(mean > 0) || variance <= 0)
        {
            return (Math.Round(mean), Math.Round(mean));
        }

        if (mean > MostMean)
        {
            double half = NormalDistribution.HalfWidth(level) * Math.Sqrt(variance);
            return (Math.Max(0, Math.Floor(mean - half)), Math.Ceiling(mean + half));
        }

        // P(n + 1) / P(n) = (mean (1 − s) + n s) / (n + 1), of Panjer's class: s above 0 is the negative binomial, 0 Poisson, below 0 the binomial.
        double share = Math.Abs(excess) <= Equal * mean ? 0 : excess / variance;
        return Middle(LogMasses(mean, share), tail);
    }

    // Up to a constant: where nobody stays the probability of none is too small for a number.
    private static List<double> LogMasses(double mean, double share)
    {
        var masses = new List<double> { 0 };
        double greatest = 0;
        while (masses[^1] > greatest - 50 || masses.Count <= mean)
        {
            int count = masses.Count - 1;
            double ratio = ((mean * (1 - share)) + (count * share)) / (count + 1);
            if (ratio <= 0)
            {
                break;
            }

            masses.Add(masses[^1] + Math.Log(ratio));
            greatest = Math.Max(greatest, masses[^1]);
        }

        return masses;
    }

    private static (double Low, double High) Middle(List<double> logMasses, double tail)
    {
        double greatest = logMasses.Max();
        double all = logMasses.Sum(mass => Math.Exp(mass - greatest));
        double sum = 0;
        double low = -1;
        for (int count = 0; count < logMasses.Count; count++)
        {
            sum += Math.Exp(logMasses[count] - greatest) / all;
            low = low < 0 && sum > tail ? count : low;
            if (sum >= 1 - tail)
            {
                return (low, count);
            }
        }

        return (Math.Max(0, low), logMasses.Count - 1);
    }
}
