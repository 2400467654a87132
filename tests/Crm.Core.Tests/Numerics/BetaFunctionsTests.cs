using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics;

namespace Crm.Core.Tests.Numerics;

/// <summary>Known values (30-digit arithmetic), MathNet.Numerics as a second oracle, and properties of the incomplete beta function.</summary>
public sealed class BetaFunctionsTests
{
    private static readonly double[] _shapes = [1e-3, 0.05, 0.3, 1, 2.5, 7, 40, 300];
    private static readonly double[] _places = [1e-9, 1e-3, 0.1, 0.4, 0.5, 0.8, 0.99, 0.999999];

    [Theory]
    [InlineData(0.001, 0.001, 0.5, 0.5, 1e-13)]
    [InlineData(0.05, 20, 1e-6, 0.597301584369050465, 1e-13)]
    [InlineData(0.05, 20, 0.3, 0.999993198907198599, 1e-13)]
    [InlineData(0.5, 0.5, 0.25, 0.333333333333333333, 1e-13)]
    [InlineData(2, 3, 0.4, 0.5248, 1e-13)]
    [InlineData(40, 0.24, 0.9, 0.00118812734127024852, 1e-13)]
    [InlineData(300, 0.24, 0.999, 0.219800884649521356, 1e-13)]
    [InlineData(1, 0.05, 0.7, 0.0584225201475911777, 1e-13)]
    [InlineData(20, 20, 0.2, 0.0000133595817345954218, 1e-13)]
    [InlineData(20, 20, 0.9, 0.999999999896608806, 1e-13)]
    [InlineData(300, 5, 0.99, 0.809322524650276464, 1e-13)]
    [InlineData(1e3, 1e3, 0.49, 0.18555265943151145, 1e-13)]
    [InlineData(1e4, 1e4, 0.505, 0.921352991118335865, 1e-13)]
    [InlineData(1e5, 2e5, 0.333, 0.349403171766011678, 1e-13)]
    [InlineData(1e6, 1e6, 0.4995, 0.0786495775809016315, 3e-13)] // What the rounding of 1 − x alone may do.
    [InlineData(1e6, 3.5, 0.999999, 0.959840175009783559, 1e-13)]
    public void Regularized_KnownValues_AreReached(double a, double b, double x, double expected, double bound) =>
        Near.Relative(expected, BetaFunctions.Regularized(a, b, x, 1 - x), bound);

    [Fact]
    public void Regularized_Grid_AgreesWithMathNetAndItsReflection()
    {
        foreach (double a in _shapes)
        {
            foreach (double b in _shapes)
            {
                foreach (double x in _places)
                {
                    double value = BetaFunctions.Regularized(a, b, x, 1 - x);
                    Near.Absolute(SpecialFunctions.BetaRegularized(a, b, x), value, 1e-11, $"I_{x}({a}, {b})");
                    Near.Absolute(1, value + BetaFunctions.Regularized(b, a, 1 - x, x), 2e-13, $"I_{x}({a}, {b}) reflected");
                    Assert.InRange(value, 0, 1);
                }
            }
        }
    }

    [Fact]
    public void Regularized_Edges_AreZeroAndOne()
    {
        Assert.Equal(0, BetaFunctions.Regularized(2, 3, 0, 1));
        Assert.Equal(1, BetaFunctions.Regularized(2, 3, 1, 0));
    }

    [Fact]
    public void QuantileOdds_Grid_IsTheInverse()
    {
        foreach (double a in _shapes.Where(shape => shape >= 0.3))
        {
            foreach (double b in _shapes.Where(shape => shape >= 0.3))
            {
                foreach (double probability in new[] { 1e-12, 0.01, 0.5, 0.9, 0.999 })
                {
                    double odds = BetaFunctions.QuantileOdds(a, b, probability);
                    Near.Relative(probability, BetaFunctions.Regularized(a, b, odds / (1 + odds), 1 / (1 + odds)), 1e-11, $"{a}, {b}, {probability}");
                }
            }
        }
    }
}
