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

    [Theory]
    [InlineData(10, 0.5)]
    [InlineData(200, 0.9)]
    [InlineData(280, 0.97)]
    [InlineData(250, 0.02)]
    public void Middle_OfABinomialCount_AreTheQuantilesOfItsDistribution(int customers, double probability)
    {
        var binomial = new Binomial(probability, customers);
        double Through(double n) => n < 0 ? 0 : binomial.CumulativeDistribution(n);
        var (low, high) = CountQuantiles.Middle(customers * probability, customers * probability * (1 - probability), 0.9);
        Assert.True(Through(low) > 0.05 && Through(low - 1) <= 0.05 + 1e-9, $"{low}");
        Assert.True(Through(high) >= 0.95 - 1e-9 && Through(high - 1) < 0.95 + 1e-9, $"{high}");
    }

    [Fact]
    public void Middle_OfWhatCannotVary_IsIt() => Assert.Equal((7, 7), CountQuantiles.Middle(7, 0, 0.9));

    [Fact]
    public void Middle_OfMany_IsTheNormalOnesWidenedToWholeNumbers() => Assert.Equal((9_835, 10_165), CountQuantiles.Middle(10_000, 10_000, 0.9));

    [Fact]
    public void Middle_OfALikelyNone_BeginsAtNone() => Assert.Equal(0, CountQuantiles.Middle(0.5, 0.5, 0.9).Low);
}
