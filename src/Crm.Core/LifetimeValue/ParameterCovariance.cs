namespace Crm.Core.LifetimeValue;

/// <summary>How uncertain the parameters of a fit are, and how their errors go together: a covariance matrix of their logarithms.</summary>
/// <remarks>In the paper's order of the parameters; symmetric and positive definite. Immutable and thread-safe.</remarks>
public sealed class ParameterCovariance
{
    /// <summary>A standard error in a logarithm beyond which the delta method means nothing: a factor of 20 up or down.</summary>
    internal const double LargestLogError = 3;

    private const double LargestVariance = LargestLogError * LargestLogError;

    private readonly double[,] _matrix;
    private readonly double[] _byRows;

    internal ParameterCovariance(double[,] matrix)
    {
        _matrix = matrix;
        _byRows = [.. matrix.Cast<double>()];
    }

    /// <summary>Gets the number of parameters.</summary>
    public int Count => _matrix.GetLength(0);

    /// <summary>Gets the covariance of the logarithms of two parameters.</summary>
    /// <param name="first">A parameter's place in the paper's order, from 0.</param>
    /// <param name="second">Another's, or the same for the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public double this[int first, int second] => _matrix[Place(first, nameof(first)), Place(second, nameof(second))];

    /// <summary>√(sᵀ V s): the standard error of what has these slopes in the logarithms of the parameters.</summary>
    internal double StandardError(ReadOnlySpan<double> slopes) => Math.Sqrt(Math.Max(0, Covariance(slopes, slopes)));

    /// <summary>sᵀ V t: the covariance of two answers with these slopes.</summary>
    internal double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double sum = 0;
        ReadOnlySpan<double> rows = _byRows;
        if (second.Length == AliveProcess.Parameters)
        {
            // The slopes of an estimate of purchases, four everywhere: held in registers, and added in the same order.
            var (s0, s1, s2, s3) = (second[0], second[1], second[2], second[3]);
            foreach (double slope in first)
            {
                sum += slope * rows[0] * s0;
                sum += slope * rows[1] * s1;
                sum += slope * rows[2] * s2;
                sum += slope * rows[3] * s3;
                rows = rows[AliveProcess.Parameters..];
            }

            return sum;
        }

        foreach (double slope in first)
        {
            for (int j = 0; j < second.Length; j++)
            {
                sum += slope * rows[j] * second[j];
            }

            rows = rows[second.Length..];
        }

        return sum;
    }

    /// <summary>A matrix C with C Cᵀ equal to this: its eigenvectors, each as long as its standard deviation.</summary>
    internal double[,] Root()
    {
        var (variances, directions) = Numerics.SymmetricEigen.Of(_matrix);
        var root = new double[Count, Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                root[i, j] = directions[i, j] * Math.Sqrt(Math.Max(0, variances[j]));
            }
        }

        return root;
    }

    /// <summary>The matrix row by row, as it is saved.</summary>
    internal double[][] ToRows() =>
        [.. Enumerable.Range(0, Count).Select(i => Enumerable.Range(0, Count).Select(j => _matrix[i, j]).ToArray())];

    /// <summary>
    /// The matrix of saved rows, or null where they are none that a fit gives: not square, not symmetric, not positive definite, or with a
    /// standard error above the one from which on a fit gives no intervals.
    /// </summary>
    internal static ParameterCovariance? OfRows(IReadOnlyList<IReadOnlyList<double>> rows, int parameters)
    {
        if (rows.Count != parameters || rows.Any(row => row is null || row.Count != parameters))
        {
            return null;
        }

        var matrix = new double[parameters, parameters];
        for (int i = 0; i < parameters; i++)
        {
            for (int j = 0; j < parameters; j++)
            {
                matrix[i, j] = rows[i][j];
                if (!(Math.Abs(rows[i][j]) <= LargestVariance) || rows[i][j] != rows[j][i])
                {
                    return null;
                }
            }
        }

        return Numerics.SymmetricEigen.Of(matrix).Values.Min() > 0 ? new(matrix) : null;
    }

    private int Place(int index, string name) => index >= 0 && index < Count ? index : throw new ArgumentOutOfRangeException(
        name, index, FormattableString.Invariant($"There are {Count} parameters, counted from 0."));
}
