using Crm.Core.Numerics;
using Crm.Core.Tests.Segments;
using Crm.Core.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace Crm.Core.Tests.Numerics;

/// <summary>Every kernel against the scalar one to the bit; the scalar one against plain loops and MathNet.Numerics.</summary>
public sealed class ClusterKernelTests
{
    private const int Block = ClusterKernel.BlockRows;

    public static TheoryData<string> EveryKernel => [.. ClusterKernels.Names];

    [Theory]
    [MemberData(nameof(EveryKernel))]
    public void Nearest_AnyWidthAndCount_HasTheBitsOfScalar(string name)
    {
        for (int width = 1; width <= 6; width++)
        {
            ColumnMatrix matrix = Planted.Matrix(Planted.Noise(300, width, 3));
            double[] centres = [.. Enumerable.Range(0, 5).SelectMany(row => Enumerable.Range(0, width).Select(f => matrix[row, f]))];
            foreach (int rows in new[] { 16, 240, 256 })
            {
                Assert.Equal(Nearest("scalar", matrix, 32, rows, centres), Nearest(name, matrix, 32, rows, centres));
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryKernel))]
    public void Moments_AnyWidthAndShape_HaveTheBitsOfScalar(string name)
    {
        for (int width = 1; width <= 6; width++)
        {
            ColumnMatrix matrix = Planted.Matrix(Planted.Noise(300, width, 4));
            foreach (bool isFull in new[] { true, false })
            {
                Assert.Equal(Moments("scalar", matrix, 16, isFull), Moments(name, matrix, 16, isFull));
                Assert.Equal(Moments("scalar", matrix, 256, isFull), Moments(name, matrix, 256, isFull));
            }
        }
    }

    // Oracle: a plain loop.
    [Fact]
    public void Nearest_AgainstAPlainLoop_IsTheSame()
    {
        ColumnMatrix matrix = Planted.Matrix(Planted.Noise(256, 3, 5));
        double[] centres = [.. Enumerable.Range(0, 7).SelectMany(row => Enumerable.Range(0, 3).Select(f => matrix[row, f]))];
        var distance = new double[Block];
        var nearest = new double[Block];
        ClusterKernels.Best.Nearest(matrix, 0, 256, centres, distance, nearest);
        for (int row = 0; row < 256; row++)
        {
            double[] all = [.. Enumerable.Range(0, 7).Select(j => Enumerable.Range(0, 3).Sum(f => Math.Pow(matrix[row, f] - centres[(j * 3) + f], 2)))];
            Assert.Equal(Array.IndexOf(all, all.Min()), (int)nearest[row]);
            Near.Absolute(all.Min(), distance[row], 1e-14);
        }
    }

    [Fact]
    public void Nearest_EquallyNearCentres_IsTheFirst()
    {
        ColumnMatrix matrix = Planted.Matrix([[0.0, 1.0]]);
        var distance = new double[Block];
        var nearest = new double[Block];
        ClusterKernels.Best.Nearest(matrix, 0, 16, [1, -1, 1], distance, nearest);
        Assert.Equal([0, 0], nearest[..2]);
    }

    // Oracle: inverse and determinant of MathNet.Numerics.
    [Fact]
    public void LogDensities_OfAFullCovariance_AgreeWithMathNet()
    {
        ColumnMatrix matrix = Planted.Matrix(Planted.Noise(100, 3, 6));
        var covariance = new[,] { { 2, 0.7, -0.3 }, { 0.7, 1, 0.2 }, { -0.3, 0.2, 0.5 } };
        double[] mean = [0.5, -1, 0.25];
        GaussianComponent component = GaussianComponent.Of(0.4, mean, covariance, isFull: true)!;
        var logs = new double[Block];
        var distance = new double[Block];
        ClusterKernels.Best.LogDensities(matrix, 0, 112, component, new double[4 * Block], logs, distance);
        Matrix<double> dense = Matrix<double>.Build.DenseOfArray(covariance);
        for (int row = 0; row < 100; row++)
        {
            Vector<double> deviation = Vector<double>.Build.Dense(3, f => matrix[row, f] - mean[f]);
            double squared = deviation * dense.Inverse() * deviation;
            Near.Relative(squared, distance[row], 1e-12, "squared distance");
            Near.Absolute(Math.Log(0.4) - (0.5 * ((3 * Math.Log(2 * Math.PI)) + Math.Log(dense.Determinant()) + squared)), logs[row], 1e-12, "log density");
        }
    }

    // a² is rounded to 1 + 2⁻²⁶, and that plus 2⁻⁵³ is a tie that goes down. Fused, the 2⁻⁵⁴ that a² lost would tip it up.
    [Theory]
    [MemberData(nameof(EveryKernel))]
    public void Nearest_OfACanary_IsNotFused(string name)
    {
        ColumnMatrix matrix = Planted.Matrix([[Math.ScaleB(1, -27)], [Math.ScaleB(1, -27)], [1 + Math.ScaleB(1, -27)]]);
        var distance = new double[Block];
        ClusterKernels.ByName(name).Nearest(matrix, 0, 16, [0, 0, 0], distance, new double[Block]);
        Assert.Equal(1 + Math.ScaleB(1, -26), distance[0]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void Component_NotPositiveDefinite_IsNone(bool isFull, bool exists) => Assert.Equal(
        exists, GaussianComponent.Of(1, [0, 0], isFull ? new double[,] { { 1, 2 }, { 2, 1 } } : new double[,] { { 1, 0 }, { 0, 0 } }, isFull) is not null);

    private static long[] Nearest(string name, ColumnMatrix matrix, int from, int rows, double[] centres)
    {
        var distance = new double[Block];
        var nearest = new double[Block];
        ClusterKernels.ByName(name).Nearest(matrix, from, rows, centres, distance, nearest);
        return Planted.Bits(distance[..rows].Concat(nearest[..rows]));
    }

    private static long[] Moments(string name, ColumnMatrix matrix, int rows, bool isFull)
    {
        ClusterKernel kernel = ClusterKernels.ByName(name);
        int width = matrix.Width;
        var covariance = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            for (int g = 0; g < width; g++)
            {
                covariance[f, g] = f == g ? 1 + (0.1 * f) : isFull ? 0.05 * (f + g) : 0;
            }
        }

        GaussianComponent[] components =
            [.. Enumerable.Range(0, 3).Select(j => GaussianComponent.Of(1 / 3.0, [.. Enumerable.Range(0, width).Select(f => 0.3 * (j - f))], covariance, isFull)!)];
        var logs = new double[3 * Block];
        var greatest = new double[Block];
        var sums = new double[Block];
        var deviations = new double[(width + 1) * Block];
        var lanes = new double[3 * 8 * ClusterKernel.Moments(width, isFull)];
        for (int j = 0; j < 3; j++)
        {
            kernel.LogDensities(matrix, 32, rows, components[j], deviations, logs.AsSpan(j * Block, Block), sums);
        }

        kernel.Terms(logs, 3, rows, greatest, sums);
        double[] inverse = [.. sums.Select(sum => 1 / Math.Max(sum, 1))];
        for (int j = 0; j < 3; j++)
        {
            kernel.AddMoments(matrix, 32, rows, components[j], logs.AsSpan(j * Block, Block), inverse, deviations, lanes.AsSpan(j * lanes.Length / 3, lanes.Length / 3));
        }

        return Planted.Bits(lanes.Concat(greatest[..rows]).Concat(sums[..rows]));
    }
}
