using Crm.Core.LifetimeValue;

namespace Crm.Core.Tests.Support;

/// <summary>Covariances of parameters as tests need them.</summary>
internal static class Covariances
{
    /// <summary>As good as none: the parameters are known.</summary>
    internal static ParameterCovariance None(int parameters) => Diagonal(parameters, 1e-18);

    /// <summary>Independent parameters of one variance.</summary>
    internal static ParameterCovariance Diagonal(int parameters, double variance)
    {
        var matrix = new double[parameters, parameters];
        for (int i = 0; i < parameters; i++)
        {
            matrix[i, i] = variance;
        }

        return new(matrix);
    }

    /// <summary>L Lᵀ of a lower triangle L that is written row by row: errors that go together.</summary>
    internal static ParameterCovariance OfTriangle(params double[][] triangle)
    {
        int n = triangle.Length;
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k <= j; k++)
                {
                    matrix[i, j] += triangle[i][k] * triangle[j][k];
                }

                matrix[j, i] = matrix[i, j];
            }
        }

        return new(matrix);
    }
}
