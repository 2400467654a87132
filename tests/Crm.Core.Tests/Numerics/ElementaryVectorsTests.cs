using System.Runtime.Intrinsics;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>The scalar functions, themselves held against identities, are the oracle; and every lane must do what a lane alone would.</summary>
public sealed class ElementaryVectorsTests
{
    private static IEnumerable<double> Sizes
    {
        get
        {
            for (double size = 1e-300; size < 1e300; size *= 1.37)
            {
                yield return size;
            }

            // Around each place where the arithmetic changes: powers of 2 and of √2, halves of ln 2, and 1.
            foreach (double turn in new[] { 0.5, 1, 2, 3, Math.Sqrt(2) - 1, (2 * Math.Sqrt(2)) - 1, Math.Log(2) / 2, Math.Log(2), 1.5 * Math.Log(2), 4, 1 << 20 })
            {
                for (int step = -40; step <= 40; step++)
                {
                    yield return turn * (1 + (step * 1.3e-14));
                }
            }
        }
    }

    [Fact]
    public void Log1P_AllSizes_IsTheScalarOne() => Assert.All(
        Sizes, x => Near.Relative(ElementaryFunctions.Log1P(x), ElementaryVectors.Log1P(Vector256.Create(x))[0], 8e-16, $"ln(1 + x) at {x:R}"));

    [Fact]
    public void ExpM1_AllSizes_IsTheScalarOne() => Assert.All(
        Sizes.Where(x => x < 708), x => Near.Relative(ElementaryFunctions.ExpM1(x), ElementaryVectors.ExpM1(Vector256.Create(x))[0], 1e-15, $"e^x − 1 at {x:R}"));

    [Fact]
    public void Exp_BothSigns_IsTheScalarOne() => Assert.All(
        Sizes.Where(x => x < 708).SelectMany(x => new[] { x, -x }),
        x => Near.Relative(Math.Exp(x), ElementaryVectors.Exp(Vector256.Create(x))[0], 1e-15, $"e^x at {x:R}"));

    [Fact]
    public void All_Edges_AreExact()
    {
        Vector256<double> edges = Vector256.Create(0, double.PositiveInfinity, double.NaN, 1e-300);
        Assert.Equal(edges, ElementaryVectors.Log1P(edges));
        Assert.Equal(edges, ElementaryVectors.ExpM1(edges));
        Assert.Equal(Vector256.Create(1, double.PositiveInfinity, double.NaN, 1), ElementaryVectors.Exp(edges));
        Assert.Equal(
            Vector256.Create(0, 0, double.PositiveInfinity, 1),
            ElementaryVectors.Exp(Vector256.Create(double.NegativeInfinity, -1e300, 709.8, -0.0)));
        Assert.Equal(Vector256.Create(double.PositiveInfinity), ElementaryVectors.ExpM1(Vector256.Create(1e10)));
    }

    [Fact]
    public void All_AnyLane_HasTheBitsOfThatNumberAlone()
    {
        double[] values = [.. Sizes.Where(x => x < 708)];
        for (int i = 0; i + 3 < values.Length; i += 4)
        {
            Vector256<double> four = Vector256.Create(values[i], values[i + 1], values[i + 2], values[i + 3]);
            for (int lane = 0; lane < 4; lane++)
            {
                Vector256<double> alone = Vector256.Create(values[i + lane]);
                Assert.Equal(ElementaryVectors.Log1P(alone)[0], ElementaryVectors.Log1P(four)[lane]);
                Assert.Equal(ElementaryVectors.ExpM1(alone)[0], ElementaryVectors.ExpM1(four)[lane]);
                Assert.Equal(ElementaryVectors.Exp(alone)[0], ElementaryVectors.Exp(four)[lane]);
            }
        }
    }
}
