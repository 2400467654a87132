using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

namespace Crm.Core.Tests.Numerics;

// Oracle: Math.Exp, itself good to about half a unit in the last place. Property: the same bits on every width.
public sealed class VectorExpTests
{
    private static double[] Values
    {
        get
        {
            var random = new Random(3);
            return [.. Enumerable.Range(0, 200_000).Select(i => -random.NextDouble() * (i % 2 == 0 ? 708 : 2)), 0, -0.0, -1e-300, -1e-17, -Math.Log(2), -Math.Log(2) / 2, -707.999];
        }
    }

    [Fact]
    public void Of_AnyValue_IsWithinTwoUnitsInTheLastPlace() => Assert.All(
        Values, x => Assert.InRange(Math.Abs(BitConverter.DoubleToInt64Bits(VectorExp.Of(x)) - BitConverter.DoubleToInt64Bits(Math.Exp(x))), 0, 2));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(-708, 0)]
    [InlineData(-1e300, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    public void Of_TheEnds_IsOneAndZero(double x, double expected) => Assert.Equal(expected, VectorExp.Of(x));

    [Fact]
    public void OfDifferences_EveryWidth_HasTheSameBits()
    {
        for (int length = 0; length < 40; length++)
        {
            double[] values = [.. Values.Take(length).Select((x, i) => i % 7 == 3 ? double.NegativeInfinity : i % 11 == 5 ? -1e300 : x)];
            double[] expected = [.. values.Select(x => VectorExp.Of((x - 0.25) * 1.5))];
            double[] of128 = [.. values];
            double[] of256 = [.. values];
            double[] of512 = [.. values];
            VectorExp.OfDifferences<Vector128<double>, Lanes128<double>>(of128, of128, 0.25, 1.5);
            VectorExp.OfDifferences<Vector256<double>, Lanes256<double>>(of256, of256, 0.25, 1.5);
            VectorExp.OfDifferences<Vector512<double>, Lanes512<double>>(of512, of512, 0.25, 1.5);
            Assert.Equal(expected, of128);
            Assert.Equal(expected, of256);
            Assert.Equal(expected, of512);
        }
    }
}
