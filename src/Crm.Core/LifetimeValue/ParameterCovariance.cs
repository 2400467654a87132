using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

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
    private readonly double[]? _thirdDerivatives;

    internal ParameterCovariance(double[,] matrix, double[]? thirdDerivatives = null)
    {
        _matrix = matrix;
        _thirdDerivatives = thirdDerivatives;
        _byRows = [.. matrix.Cast<double>()];
    }

    /// <summary>Gets the number of parameters.</summary>
    public int Count => _matrix.GetLength(0);

    /// <summary>Gets the covariance of the logarithms of two parameters.</summary>
    /// <param name="first">A parameter's place in the paper's order, from 0.</param>
    /// <param name="second">Another's, or the same for the variance.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public double this[int first, int second] => _matrix[Place(first, nameof(first)), Place(second, nameof(second))];

    /// <summary>
    /// Gets the third derivatives of the log-likelihood in the logarithms of the parameters at its maximum, by i ≤ j ≤ k: how far it is from the
    /// parabola that the covariance takes it for. Null where nobody has worked them out.
    /// </summary>
    internal IReadOnlyList<double>? ThirdDerivatives => _thirdDerivatives is null ? null : [.. _thirdDerivatives];

    /// <summary>Gets a value indicating whether the third derivatives are known.</summary>
    internal bool HasThirdDerivatives => _thirdDerivatives is not null;

    /// <summary>The third derivative of the log-likelihood along a direction; 0 where it is not known.</summary>
    internal double ThirdAlong(ReadOnlySpan<double> direction) =>
        _thirdDerivatives is null ? 0 : Numerics.ThirdDerivatives.Along(_thirdDerivatives, direction);

    /// <summary>V s / √(sᵀ V s): the step of one standard error in the direction of what has these slopes.</summary>
    internal void StepAlong(ReadOnlySpan<double> slopes, Span<double> step)
    {
        double error = StandardError(slopes);
        for (int i = 0; i < step.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < slopes.Length; j++)
            {
                sum += _matrix[i, j] * slopes[j];
            }

            step[i] = error > 0 ? sum / error : 0;
        }
    }

    /// <summary>√(sᵀ V s): the standard error of what has these slopes in the logarithms of the parameters.</summary>
    internal double StandardError(ReadOnlySpan<double> slopes) => Math.Sqrt(Math.Max(0, Covariance(slopes, slopes)));

    /// <summary>sᵀ V t: the covariance of two answers with these slopes.</summary>
    internal double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (second.Length == AliveProcess.Parameters)
        {
            return OfFour(Vector256.Create(first), second);
        }

        double sum = 0;
        ReadOnlySpan<double> rows = _byRows;
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

    // The slopes of an estimate of purchases, four everywhere. Rows are columns, the matrix being symmetric.
    private double OfFour(Vector256<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector256<double>> columns = MemoryMarshal.Cast<double, Vector256<double>>(_byRows);
        Vector256<double> product = ((columns[0] * Vector256.Create(second[0])) + (columns[1] * Vector256.Create(second[1])))
            + ((columns[2] * Vector256.Create(second[2])) + (columns[3] * Vector256.Create(second[3])));
        return ElementaryVectors.Sum(first * product);
    }

    /// <summary>A matrix C with C Cᵀ equal to this: its eigenvectors, each as long as its standard deviation.</summary>
    internal double[,] Root()
    {
        var (variances, directions) = SymmetricEigen.Of(_matrix);
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
    /// standard error above the one from which on a fit gives no intervals. The third derivatives are taken as they are.
    /// </summary>
    internal static ParameterCovariance? OfRows(
        IReadOnlyList<IReadOnlyList<double>> rows, int parameters, IReadOnlyList<double>? thirdDerivatives = null)
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

        return SymmetricEigen.Of(matrix).Values.Min() > 0 ? new(matrix, thirdDerivatives?.ToArray()) : null;
    }

    private int Place(int index, string name) => index >= 0 && index < Count ? index : throw new ArgumentOutOfRangeException(
        name, index, FormattableString.Invariant($"There are {Count} parameters, counted from 0."));
}
