using Crm.Core.Numerics;
using MathNet.Numerics.Distributions;

namespace Crm.Core.Tests.Numerics;

/// <summary>Quantiles of counts. Independent oracle: MathNet's negative binomial and Poisson distributions, value by value.</summary>
public sealed class CountQuantilesTests
{
    [Theory]
    [InlineData(0.02, 0.02)]
    [InlineData(0.3, 0.35)]
    [InlineData(1, 1)]
    [InlineData(3, 4.5)]
    [InlineData(40, 55)]
    [InlineData(300, 900)]
    public void Middle_OfACount_AreTheQuantilesOfItsDistribution(double mean, double variance)
    {
        foreach (double level in (double[])[0.5, 0.9, 0.99])
        {
            var (low, high) = CountQuantiles.Middle(mean, variance, level);
            Func<double, double> cumulative = variance > mean
                ? n => n < 0 ? 0 : new NegativeBinomial(mean * mean / (variance - mean), mean / variance).CumulativeDistribution(n)
                : n => n < 0 ? 0 : new Poisson(mean).CumulativeDistribution(n);
            double tail = (1 - level) / 2;
            Assert.True(cumulative(low) > tail && cumulative(low - 1) <= tail + 1e-12, $"{low}");
            Assert.True(cumulative(high) >= 1 - tail - 1e-12 && cumulative(high - 1) < 1 - tail + 1e-12, $"{high}");
        }
    }

    [Fact]
    public void Middle_OfALikelyNone_BeginsAtNone() => Assert.Equal(0, CountQuantiles.Middle(0.5, 0.5, 0.9).Low);
}
