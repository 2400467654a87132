using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>Functions whose maxima are known: a bowl, a curved ridge, a saddle to leave, an edge to stop at, a plain without any top.</summary>
public sealed class MaximizerTests
{
    private static readonly double[] _low = [-10, -10];
    private static readonly double[] _high = [10, 10];

    [Fact]
    public void Climb_Bowl_EndsAtTheTopWithItsCovariance()
    {
        // −(x − 1)² − 2 (y + 3)²: variances ½ and ¼.
        Maximum found = Climb((x, y) => new(
            -((x - 1) * (x - 1)) - (2 * (y + 3) * (y + 3)), [-2 * (x - 1), -4 * (y + 3)], new double[,] { { -2, 0 }, { 0, -4 } }));

        Assert.Equal(MaximumKind.Interior, found.Kind);
        Near.Absolute(1, found.LogParameters[0], 1e-12);
        Near.Absolute(-3, found.LogParameters[1], 1e-12);
        Near.Relative(0.5, found.Covariance![0, 0], 1e-12);
        Near.Relative(0.25, found.Covariance[1, 1], 1e-12);
        Assert.Empty(found.AtBound);
    }

    [Theory]
    [InlineData(-1.2, 1)]
    [InlineData(5, -5)]
    [InlineData(-9, 9)]
    public void Climb_CurvedRidge_EndsAtTheTop(double startX, double startY)
    {
        // Rosenbrock's valley upside down: the top is at (1, 1).
        Maximum found = Climb(
            (x, y) =>
            {
                double across = y - (x * x);
                return new(
                    -(100 * across * across) - ((1 - x) * (1 - x)),
                    [(400 * x * across) + (2 * (1 - x)), -200 * across],
                    new double[,] { { (400 * across) - (800 * x * x) - 2, 400 * x }, { 400 * x, -200 } });
            },
            startX,
            startY);

        Assert.Equal(MaximumKind.Interior, found.Kind);
        Near.Absolute(1, found.LogParameters[0], 1e-6);
        Near.Absolute(1, found.LogParameters[1], 1e-6);
    }

    [Fact]
    public void Climb_FromASaddle_LeavesItForATop()
    {
        // x² − x⁴ − y²: a saddle near the start, tops at x = ±√½.
        Maximum found = Climb(
            (x, y) => new((x * x) - Math.Pow(x, 4) - (y * y), [(2 * x) - (4 * x * x * x), -2 * y], new double[,] { { 2 - (12 * x * x), 0 }, { 0, -2 } }),
            1e-6,
            1);

        Assert.Equal(MaximumKind.Interior, found.Kind);
        Near.Absolute(Math.Sqrt(0.5), Math.Abs(found.LogParameters[0]), 1e-8);
    }

    [Fact]
    public void Climb_RisesBeyondTheBox_SaysWhichEdge()
    {
        Maximum found = Climb((x, y) => new(x - (y * y), [1, -2 * y], new double[,] { { 0, 0 }, { 0, -2 } }));

        Assert.Equal(MaximumKind.AtBound, found.Kind);
        Assert.Equal([0], found.AtBound);
        Assert.Equal(10, found.LogParameters[0]);
        Assert.Null(found.Covariance);
    }

    [Fact]
    public void Climb_FlatDirection_IsNoInteriorMaximum()
    {
        Maximum found = Climb((x, y) => new(-(y * y), [0, -2 * y], new double[,] { { 0, 0 }, { 0, -2 } }));

        Assert.NotEqual(MaximumKind.Interior, found.Kind);
        Assert.Null(found.Covariance);
    }

    [Fact]
    public void Climb_NoFiniteValue_IsNotReached()
    {
        Maximum found = Climb((_, _) => new(double.NaN, [0, 0], new double[2, 2]));

        Assert.Equal(MaximumKind.NotReached, found.Kind);
    }

    [Fact]
    public void Climb_FiniteOnlyOnOneSide_StaysThere()
    {
        // ln x − x in x itself: NaN below 0, top at 1.
        Maximum found = Climb(
            (x, y) => new(
                Math.Log(x) - x - (y * y), [(1 / x) - 1, -2 * y], new double[,] { { -1 / (x * x), 0 }, { 0, -2 } }),
            9,
            0);

        Assert.Equal(MaximumKind.Interior, found.Kind);
        Near.Absolute(1, found.LogParameters[0], 1e-10);
    }

    private static Maximum Climb(Func<double, double, Surface> function, double startX = 4, double startY = 2) =>
        Maximizer.Climb(new TwoVariables(function), [startX, startY], _low, _high, null, CancellationToken.None);

    private sealed record Surface(double Value, double[] Gradient, double[,] Hessian);

    private sealed class TwoVariables(Func<double, double, Surface> function) : ISmoothFunction
    {
        public int Dimension => 2;

        public void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result)
        {
            Surface here = function(logParameters[0], logParameters[1]);
            result.Value = here.Value;
            here.Gradient.CopyTo(result.Gradient, 0);
            Array.Copy(here.Hessian, result.Hessian, 4);
        }
    }
}
