namespace Crm.Core.Numerics;

/// <summary>The third derivatives of a function at a point, from differences of its Hessians.</summary>
/// <remarks>They are symmetric in all three places, and kept once each, by i ≤ j ≤ k: 20 of four variables.</remarks>
internal static class ThirdDerivatives
{
    // Of variables that are logarithms: the differences are good to about 1e-6 of the derivatives, which is far more than anybody needs.
    private const double Step = 1e-3;

    internal static int CountOf(int dimension) => dimension * (dimension + 1) * (dimension + 2) / 6;

    /// <summary>Works them out by central differences: two Hessians for each variable.</summary>
    /// <returns>The derivatives; null where one is not finite.</returns>
    internal static double[]? Of(ISmoothFunction function, ReadOnlySpan<double> point)
    {
        int n = point.Length;
        var slopes = new double[n][,];
        for (int i = 0; i < n; i++)
        {
            slopes[i] = SlopeOfHessian(function, point, i);
        }

        var packed = new List<double>(CountOf(n));
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                for (int k = j; k < n; k++)
                {
                    packed.Add((slopes[i][j, k] + slopes[j][i, k] + slopes[k][i, j]) / 3);
                }
            }
        }

        return packed.TrueForAll(double.IsFinite) ? [.. packed] : null;
    }

    /// <summary>The third derivative along a direction: Σ T_ijk u_i u_j u_k.</summary>
    internal static double Along(ReadOnlySpan<double> packed, ReadOnlySpan<double> direction)
    {
        int n = direction.Length;
        int next = 0;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                for (int k = j; k < n; k++)
                {
                    int arrangements = i == j && j == k ? 1 : i == j || j == k ? 3 : 6;
                    sum += arrangements * packed[next++] * direction[i] * direction[j] * direction[k];
                }
            }
        }

        return sum;
    }

    private static double[,] SlopeOfHessian(ISmoothFunction function, ReadOnlySpan<double> point, int variable)
    {
        int n = point.Length;
        double[] moved = point.ToArray();
        var (up, down) = (new Derivatives(n), new Derivatives(n));
        moved[variable] = point[variable] + Step;
        function.Evaluate(moved, up);
        moved[variable] = point[variable] - Step;
        function.Evaluate(moved, down);
        var slope = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                slope[i, j] = (up.Hessian[i, j] - down.Hessian[i, j]) / (2 * Step);
            }
        }

        return slope;
    }
}
