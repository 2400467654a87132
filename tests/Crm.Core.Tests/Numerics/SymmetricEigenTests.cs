using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace Crm.Core.Tests.Numerics;

/// <summary>MathNet.Numerics as an oracle, and the defining property A v = λ v with unit, orthogonal v.</summary>
public sealed class SymmetricEigenTests
{
    [Fact]
    public void Of_RandomMatrices_DecomposesAndAgreesWithMathNet()
    {
        var random = new RandomStream(3, 9, 0);
        for (int trial = 0; trial < 60; trial++)
        {
            int n = 1 + (trial % 6);
            var matrix = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    // Rows of very different size, as the Hessian of a flat likelihood has.
                    matrix[i, j] = matrix[j, i] = random.NextNormal() * Math.Pow(10, -i - j);
                }
            }

            AssertDecomposes(matrix);
        }
    }

    [Fact]
    public void Of_DiagonalAndZero_AreTheirOwnDecomposition()
    {
        Assert.Equal([3.0, -1.0], SymmetricEigen.Of(new double[,] { { 3, 0 }, { 0, -1 } }).Values);
        Assert.Equal([0.0, 0.0], SymmetricEigen.Of(new double[2, 2]).Values);
    }

    private static void AssertDecomposes(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var (values, vectors) = SymmetricEigen.Of(matrix);
        Matrix<double> a = Matrix<double>.Build.DenseOfArray(matrix);
        Matrix<double> v = Matrix<double>.Build.DenseOfArray(vectors);
        double size = a.L2Norm();
        double residual = ((a * v) - (v * Matrix<double>.Build.DenseOfDiagonalArray(values))).L2Norm();
        Near.Absolute(0, residual, 1e-14 * size, "A V − V Λ");
        Near.Absolute(0, ((v.Transpose() * v) - Matrix<double>.Build.DenseIdentity(n)).L2Norm(), 1e-14, "VᵀV − 1");
        double[] expected = [.. a.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).Order()];
        double[] actual = [.. values.Order()];
        Assert.All(expected.Index(), entry => Near.Absolute(entry.Item, actual[entry.Index], 1e-13 * size, "eigenvalue"));
    }
}
