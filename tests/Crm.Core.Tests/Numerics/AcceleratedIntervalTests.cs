using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>The accelerated interval: without bias and skewness the plain quantiles; shifted by either as Efron's formula says, worked by hand; and an independent slow oracle of the index of a tail.</summary>
public sealed class AcceleratedIntervalTests
{
    private static readonly double[] _drawn = [.. Enumerable.Range(1, 999).Select(place => (double)place)];

    [Fact]
    public void Of_NoBiasAndNoSkewness_IsThePlainQuantiles()
    {
        AcceleratedInterval interval = AcceleratedInterval.Of(500, _drawn, [1, 2, 3], 0.90)!.Value;
        Assert.Equal((50, 950), (interval.Low, interval.High));
    }

    // Of 999 figures 30 % below: z0 = −0.5244; the ends are at Φ(2·z0 ± 1.6449) = Φ(−2.6937) and Φ(0.5961), 0.00353 and 0.72445.
    [Fact]
    public void Of_ABias_ShiftsBothEndsByTwiceIt()
    {
        AcceleratedInterval interval = AcceleratedInterval.Of(300.2, _drawn, [1, 2, 3], 0.90)!.Value;
        Assert.Equal(4, interval.Low);
        Assert.InRange(interval.High, 724, 726);
    }

    // Parts of 2, −1, −1 on from the mean: squares 6, cubes 6, so that a = 6 / (6 · 6^1.5) = 0.06804; the ends are at Φ(∓1.6449 / (1 ± 0.06804 · 1.6449)).
    [Fact]
    public void Of_Skewness_StretchesTheEndOnItsSide()
    {
        AcceleratedInterval interval = AcceleratedInterval.Of(500, _drawn, [-2, 1, 1], 0.90)!.Value;
        Assert.InRange(interval.Low, 68, 71); // Φ(−1.4793) = 0.0695
        Assert.InRange(interval.High, 967, 970); // Φ(1.8522) = 0.9680
    }

    [Fact]
    public void Of_FiguresThatDoNotExist_IsNoneWhereTheyAreMany()
    {
        double[] few = [.. Enumerable.Repeat(double.NaN, 10), .. _drawn];
        double[] many = [.. Enumerable.Repeat(double.NaN, 100), .. _drawn];
        Assert.NotNull(AcceleratedInterval.Of(500, few, [1, 2, 3], 0.90));
        Assert.Null(AcceleratedInterval.Of(500, many, [1, 2, 3], 0.90));
        Assert.Null(AcceleratedInterval.Of(double.NaN, _drawn, [1, 2, 3], 0.90));
    }

    // Quantiles of P(X > x) = x^−1.5, at even steps.
    [Fact]
    public void TailIndex_OfAParetoDistribution_IsItsExponent()
    {
        double[] amounts = [.. Enumerable.Range(1, 100_000).Select(place => Math.Pow((place - 0.5) / 100_000, -1 / 1.5))];
        Near.Relative(1.5, TailIndex.Of(amounts)!.Value, 0.001);
        Assert.Null(TailIndex.Of([1, 2, 3]));
        Assert.Null(TailIndex.Of(Enumerable.Repeat(5.0, 100).ToArray()));
        Assert.Null(TailIndex.Of(new double[100]));
    }
}
