using Crm.Core.Numerics;
using Crm.Core.Segments;

namespace Crm.Core.Tests.Segments;

/// <summary>Customers drawn from known segments, and tables of plain columns.</summary>
internal static class Planted
{
    /// <summary>A table of columns named a, b, c and so on.</summary>
    internal static FeatureTable Table(params double[][] columns) => FeatureTable.Of(
        [.. Enumerable.Range(1, columns[0].Length).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))],
        [.. columns.Select((values, f) => new Feature { Name = ((char)('a' + f)).ToString() }.Of(values))]);

    /// <summary>Rows with independent normal deviations around centres; <paramref name="labels"/> says which row came from which.</summary>
    internal static double[][] Columns(int rows, double[][] centres, double[] shares, ulong seed, out byte[] labels, double deviation = 1)
    {
        int width = centres[0].Length;
        double[][] columns = [.. Enumerable.Range(0, width).Select(_ => new double[rows])];
        labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            var random = new RandomStream(seed, 900, (ulong)row);
            double drawn = random.NextDouble();
            for (double below = shares[0]; drawn > below && labels[row] < shares.Length - 1; below += shares[labels[row]])
            {
                labels[row]++;
            }

            for (int f = 0; f < width; f++)
            {
                columns[f][row] = centres[labels[row]][f] + (deviation * random.NextNormal());
            }
        }

        return columns;
    }

    /// <summary>One normal distribution: nothing to be found.</summary>
    internal static double[][] Noise(int rows, int width, ulong seed) => Columns(rows, [new double[width]], [1], seed, out _);

    /// <summary>Three segments in three features, well apart.</summary>
    internal static double[][] Three(int rows, ulong seed, out byte[] labels) =>
        Columns(rows, [[0, 0, 0], [7, 0, 3], [0, 8, 0]], [0.5, 0.3, 0.2], seed, out labels);

    /// <summary>The bits of numbers, to compare without tolerance.</summary>
    internal static long[] Bits(IEnumerable<double> numbers) => [.. numbers.Select(BitConverter.DoubleToInt64Bits)];

    /// <summary>The matrix of columns, as they are.</summary>
    internal static ColumnMatrix Matrix(double[][] columns)
    {
        var matrix = new ColumnMatrix(columns[0].Length, columns.Length);
        for (int f = 0; f < columns.Length; f++)
        {
            columns[f].CopyTo(matrix.Column(f));
        }

        return matrix;
    }
}
