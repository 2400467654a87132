namespace Crm.Core.Numerics;

/// <summary>Quantiles of a count of known mean and variance: of the negative binomial with both, or Poisson's where they are equal.</summary>
internal static class CountQuantiles
{
    /// <summary>The greatest mean for which the probabilities are added up; beyond it a count is as good as continuous.</summary>
    internal const double MostMean = 300;

    /// <summary>The least and the greatest count of the middle part of this probability; at least so much lies in it.</summary>
    internal static (double Low, double High) Middle(double mean, double variance, double level)
    {
        double tail = 0.5 * (1 - level);
        double excess = Math.Max(0, variance - mean);
        double logNone = excess > 1e-9 * mean ? -(mean * mean / excess) * ElementaryFunctions.Log1P(excess / mean) : -mean;
        double share = excess / (mean + excess);
        double probability = Math.Exp(logNone);
        double sum = probability;
        double low = sum > tail ? 0 : -1;
        int count = 0;
        while (sum < 1 - tail)
        {
            // P(n + 1) / P(n) = (mean + n · excess/mean) / ((n + 1) (1 + excess/mean)), written so that excess 0 is Poisson.
            probability *= ((mean * (1 - share)) + (count * share)) / (count + 1);
            count++;
            sum += probability;
            low = low < 0 && sum > tail ? count : low;
            if (probability < 1e-300)
            {
                break;
            }
        }

        return (Math.Max(0, low), count);
    }
}
