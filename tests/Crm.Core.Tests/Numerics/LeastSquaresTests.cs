using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearRegression;

namespace Crm.Core.Tests.Numerics;

/// <summary>Slow oracle: MathNet's weighted regression by the normal equations. Examples: what terms explain wholly.</summary>
public sealed class LeastSquaresTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    [InlineData(24, 14)]
    [InlineData(300, 6)]
    public void Fit_RandomDesign_IsThatOfMathNet(int rows, int terms)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var design = Matrix<double>.Build.Dense(rows, terms, (_, _) => random.NextDouble() - 0.5);
            var values = Vector<double>.Build.Dense(rows, _ => 100 * random.NextDouble());
            var weights = Vector<double>.Build.Dense(rows, _ => Math.Exp(6 * random.NextDouble()));

            var (coefficients, left) = LeastSquares.Fit(
                rows, terms, (row, into) => design.Row(row).ToArray().CopyTo(into), values.ToArray(), weights.ToArray());

            Vector<double> oracle = rows == terms
                ? design.Solve(values)
                : WeightedRegression.Weighted(design, values, Matrix<double>.Build.DenseOfDiagonalVector(weights));
            Vector<double> misses = (design * oracle) - values;
            double scale = oracle.AbsoluteMaximum();
            for (int i = 0; i < terms; i++)
            {
                Near.Absolute(oracle[i], coefficients[i], 1e-9 * scale, $"coefficient {i} of {rows} x {terms}, seed {seed}");
            }

            Near.Absolute(misses.PointwiseMultiply(misses).DotProduct(weights), left, 1e-9 * values.PointwiseMultiply(values).DotProduct(weights), "what is left");
        }
    }

    [Fact]
    public void Fit_ValuesOnALine_LeavesNothing()
    {
        var (coefficients, left) = LeastSquares.Fit(
            5, 2, (row, terms) => (terms[0], terms[1]) = (1, row), [7, 4, 1, -2, -5], [1, 2, 3, 4, 5]);

        Near.Absolute(7, coefficients[0], 1e-14);
        Near.Absolute(-3, coefficients[1], 1e-14);
        Assert.InRange(left, 0, 1e-26);
    }

    [Fact]
    public void Fit_AMean_WeighsTheValues()
    {
        var (coefficients, left) = LeastSquares.Fit(3, 1, (_, terms) => terms[0] = 1, [0, 3, 6], [1, 1, 4]);

        Near.Relative(4.5, coefficients[0], 1e-15);
        Near.Relative(20.25 + 2.25 + (4 * 2.25), left, 1e-14);
    }
}
