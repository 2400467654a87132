using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics;

namespace Crm.Core.Tests.Numerics;

/// <summary>
/// Published test vectors of Philox4x32-10 (Salmon, Moraes, Dror &amp; Shaw 2011, Random123 known-answer tests), and moments of the
/// samplers within 4.5 standard errors.
/// </summary>
public sealed class RandomStreamTests
{
    private const int Draws = 60_000;

    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(
        0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(
        0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_PublishedVectors_AreReached(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), RandomStream.Philox(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void NextUInt32_Stream_IsTheBlocksOfPhiloxInOrder()
    {
        const ulong seed = 0x1122334455667788;
        const ulong row = 0x99AABBCCDDEEFF00;
        var stream = new RandomStream(seed, 7, row);

        for (uint block = 0; block < 3; block++)
        {
            var expected = RandomStream.Philox(0xDDEEFF00, 0x99AABBCC, 7, block, 0x55667788, 0x11223344);
            Assert.Equal(expected, (stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32(), stream.NextUInt32()));
        }
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniformAndNeverAtAnEdge()
    {
        double[] draws = Drawn((ref stream) => stream.NextDouble());

        Assert.All(draws, draw => Assert.True(draw is > 0 and < 1));
        AssertMoments(draws, 0.5, 1.0 / 12);
    }

    [Fact]
    public void NextNormalAndExponential_ManyDraws_HaveTheirMoments()
    {
        AssertMoments(Drawn((ref stream) => stream.NextNormal()), 0, 1);
        AssertMoments(Drawn((ref stream) => stream.NextExponential()), 1, 1);
    }

    [Theory]
    [InlineData(0.24, 4.4)]
    [InlineData(0.9, 1)]
    [InlineData(1, 10)]
    [InlineData(6.25, 0.5)]
    [InlineData(300, 20)]
    public void NextGamma_ManyDraws_HasMeanAndVariance(double shape, double rate) =>
        AssertMoments(Drawn((ref stream) => stream.NextGamma(shape, rate)), shape / rate, shape / (rate * rate));

    // E[ln G] = ψ(shape): checks small shapes, whose moments say little about the many draws near 0.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.24)]
    [InlineData(2)]
    public void NextLogGamma_ManyDraws_HasTheMomentsOfTheLogarithm(double shape) => AssertMoments(
        Drawn((ref stream) => stream.NextLogGamma(shape)), SpecialFunctions.DiGamma(shape), GammaFunctions.Trigamma(shape));

    [Theory]
    [InlineData(0.79, 2.43)]
    [InlineData(0.05, 0.05)]
    [InlineData(20, 5)]
    public void NextBeta_ManyDraws_HasMeanAndVariance(double a, double b) =>
        AssertMoments(Drawn((ref stream) => stream.NextBeta(a, b)), a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1)));

    private delegate double Draw(ref RandomStream stream);

    private static double[] Drawn(Draw draw)
    {
        var stream = new RandomStream(20_050_401, 9, 1);
        var draws = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            draws[i] = draw(ref stream);
        }

        return draws;
    }

    private static void AssertMoments(double[] draws, double mean, double variance)
    {
        double[] squares = Array.ConvertAll(draws, draw => (draw - mean) * (draw - mean));
        Near.Absolute(mean, draws.Average(), 4.5 * Math.Sqrt(variance / Draws), "mean");
        double spread = Math.Sqrt(squares.Sum(square => (square - variance) * (square - variance)) / Draws);
        Near.Absolute(variance, squares.Average(), 4.5 * spread / Math.Sqrt(Draws), "variance");
    }
}
