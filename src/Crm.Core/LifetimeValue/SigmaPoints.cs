namespace Crm.Core.LifetimeValue;

/// <summary>A handful of parameter sets that stand for the uncertainty of a fit: as good as it for anything up to a cubic.</summary>
/// <remarks>
/// The 2k points ln θ ± √k c_j, c_j the columns of a square root of the covariance, of equal weight: the cubature of degree 3 for a
/// normal of k variables.
/// </remarks>
internal static class SigmaPoints
{
    internal static double[][] Of(IReadOnlyList<KeyValuePair<string, double>> parameters, ParameterCovariance covariance)
    {
        int k = parameters.Count;
        double[,] root = covariance.Root();
        var points = new double[2 * k][];
        for (int j = 0; j < k; j++)
        {
            points[2 * j] = Moved(parameters, root, j, Math.Sqrt(k));
            points[(2 * j) + 1] = Moved(parameters, root, j, -Math.Sqrt(k));
        }

        return points;
    }

    private static double[] Moved(IReadOnlyList<KeyValuePair<string, double>> parameters, double[,] root, int j, double length) =>
        [.. parameters.Select((parameter, i) => Math.Clamp(parameter.Value * Math.Exp(length * root[i, j]), ModelParameter.Least, ModelParameter.Most))];
}
