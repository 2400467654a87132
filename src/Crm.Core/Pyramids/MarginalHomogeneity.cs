using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Whether the sizes of the tiers have changed, beyond chance: the test of Stuart and Maxwell.</summary>
/// <remarks>
/// Stuart (1955), Biometrika 42; Maxwell (1970), British Journal of Psychiatry 116: d' S⁻¹ d of the differences d_i = n_i. − n_.i of all tiers but one, with
/// S_ii = n_i. + n_.i − 2 n_ii and S_ij = −(n_ij + n_ji), is chi-square with as many degrees of freedom as there are differences.
/// </remarks>
internal static class MarginalHomogeneity
{
    /// <summary>The probability of differences at least as great; 1 where nobody moved.</summary>
    internal static double Probability(long[,] moves)
    {
        int[] kept = Kept(moves);
        int n = kept.Length;
        var (matrix, differences) = (new double[n, n], new double[n]);
        for (int i = 0; i < n; i++)
        {
            for (int other = 0; other < moves.GetLength(0); other++)
            {
                differences[i] += moves[kept[i], other] - moves[other, kept[i]];
                matrix[i, i] += other == kept[i] ? 0 : moves[kept[i], other] + moves[other, kept[i]];
            }

            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = j == i ? matrix[i, i] : -(moves[kept[i], kept[j]] + moves[kept[j], kept[i]]);
            }
        }

        return n == 0 ? 1 : ChiSquare.Above(Quadratic(matrix, differences), n);
    }

    // Of tiers that exchange customers with one another, directly or through others, one difference follows from the rest: all but the last of each such group.
    private static int[] Kept(long[,] moves)
    {
        int all = moves.GetLength(0);
        int[] group = [.. Enumerable.Range(0, all)];
        for (int one = 0; one < all; one++)
        {
            for (int other = 0; other < all; other++)
            {
                if (moves[one, other] > 0 && group[one] != group[other])
                {
                    var (from, to) = (Math.Min(group[one], group[other]), Math.Max(group[one], group[other]));
                    group = Array.ConvertAll(group, place => place == from ? to : place);
                }
            }
        }

        return [.. Enumerable.Range(0, all).Where(tier => Enumerable.Range(tier + 1, all - tier - 1).Any(other => group[other] == group[tier]))];
    }

    // d' S⁻¹ d by Cholesky: L y = d, y'y. S is what is left of the graph of exchanges without one tier of each group, which is positive definite.
    private static double Quadratic(double[,] matrix, double[] d)
    {
        int n = d.Length;
        double sum = 0;
        var y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double left = d[i];
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    rest -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = i == j ? Math.Sqrt(rest) : rest / matrix[j, j];
                left -= j < i ? matrix[i, j] * y[j] : 0;
            }

            y[i] = left / matrix[i, i];
            sum += y[i] * y[i];
        }

        return sum;
    }
}
