using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Whether the sizes of the tiers have changed, beyond chance: the test of Stuart and Maxwell.</summary>
/// <remarks>
/// Stuart (1955), Biometrika 42; Maxwell (1970), British Journal of Psychiatry 116: d' S⁻¹ d of the differences d_i = n_i. − n_.i of all tiers but one, with
/// S_ii = n_i. + n_.i − 2 n_ii and S_ij = −(n_ij + n_ji), is chi-square with as many degrees of freedom as there are differences.
/// </remarks>
internal static class MarginalHomogeneity
{
    /// <summary>The probability of differences at least as great; 1 where nobody moved, null where the differences hang on one another.</summary>
    internal static double? Probability(long[,] moves)
    {
        int all = moves.GetLength(0);
        int[] moving = [.. Enumerable.Range(0, all).Where(tier => Enumerable.Range(0, all).Any(other => other != tier && moves[tier, other] + moves[other, tier] > 0))];
        if (moving.Length == 0)
        {
            return 1;
        }

        int n = moving.Length - 1;
        var (matrix, differences) = (new double[n, n], new double[n]);
        for (int i = 0; i < n; i++)
        {
            foreach (int other in moving.Where(other => other != moving[i]))
            {
                differences[i] += moves[moving[i], other] - moves[other, moving[i]];
                matrix[i, i] += moves[moving[i], other] + moves[other, moving[i]];
            }

            for (int j = 0; j < n; j++)
            {
                if (j != i)
                {
                    matrix[i, j] = -(moves[moving[i], moving[j]] + moves[moving[j], moving[i]]);
                }
            }
        }

        return Quadratic(matrix, differences) is { } x ? ChiSquare.Above(x, n) : null;
    }

    // d' S⁻¹ d by Cholesky: L y = d, y'y. A tier that moves with nobody of the others leaves a pivot of 0.
    private static double? Quadratic(double[,] matrix, double[] d)
    {
        int n = d.Length;
        double sum = 0;
        var y = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    rest -= matrix[i, k] * matrix[j, k];
                }

                if (i == j && !(rest > 1e-9 * matrix[i, i]))
                {
                    return null;
                }

                matrix[i, j] = i == j ? Math.Sqrt(rest) : rest / matrix[j, j];
            }

            double left = d[i];
            for (int k = 0; k < i; k++)
            {
                left -= matrix[i, k] * y[k];
            }

            y[i] = left / matrix[i, i];
            sum += y[i] * y[i];
        }

        return sum;
    }
}
