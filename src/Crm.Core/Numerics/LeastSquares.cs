namespace Crm.Core.Numerics;

/// <summary>Weighted linear least squares for a handful of terms, by Householder's reflections.</summary>
internal static class LeastSquares
{
    internal delegate void RowTerms(int row, Span<double> terms);

    /// <summary>Fits values by terms; what is left is the weighted sum of the squares of what they do not explain.</summary>
    internal static (double[] Coefficients, double Left) Fit(int rows, int terms, RowTerms fill, double[] values, double[] weights)
    {
        // One more column carries the values along.
        var matrix = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            matrix[row] = new double[terms + 1];
            fill(row, matrix[row].AsSpan(..terms));
            matrix[row][terms] = values[row];
            double root = Math.Sqrt(weights[row]);
            for (int column = 0; column <= terms; column++)
            {
                matrix[row][column] *= root;
            }
        }

        for (int column = 0; column < terms; column++)
        {
            Reflect(matrix, column);
        }

        double rest = 0;
        for (int row = terms; row < rows; row++)
        {
            rest += matrix[row][terms] * matrix[row][terms];
        }

        return (Solve(matrix, terms), rest);
    }

    private static void Reflect(double[][] matrix, int column)
    {
        double norm = 0;
        for (int row = column; row < matrix.Length; row++)
        {
            norm += matrix[row][column] * matrix[row][column];
        }

        norm = Math.Sqrt(norm) * (matrix[column][column] > 0 ? -1 : 1);
        var normal = new double[matrix.Length];
        double square = 0;
        for (int row = column; row < matrix.Length; row++)
        {
            normal[row] = matrix[row][column] - (row == column ? norm : 0);
            square += normal[row] * normal[row];
        }

        for (int other = column; square > 0 && other < matrix[0].Length; other++)
        {
            double along = 0;
            for (int row = column; row < matrix.Length; row++)
            {
                along += normal[row] * matrix[row][other];
            }

            for (int row = column; row < matrix.Length; row++)
            {
                matrix[row][other] -= 2 * along / square * normal[row];
            }
        }
    }

    private static double[] Solve(double[][] triangle, int terms)
    {
        var coefficients = new double[terms];
        for (int i = terms - 1; i >= 0; i--)
        {
            double value = triangle[i][terms];
            for (int j = i + 1; j < terms; j++)
            {
                value -= triangle[i][j] * coefficients[j];
            }

            coefficients[i] = value / triangle[i][i];
        }

        return coefficients;
    }
}
