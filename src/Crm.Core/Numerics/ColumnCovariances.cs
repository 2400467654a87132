namespace Crm.Core.Numerics;

/// <summary>The covariances of the columns of a matrix, about their means and with n below, and rows measured by them.</summary>
internal static class ColumnCovariances
{
    internal static double[,] Of(ColumnMatrix matrix)
    {
        int width = matrix.Width;
        double[] means = Means(matrix);
        var covariances = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            for (int g = 0; g <= f; g++)
            {
                ReadOnlySpan<double> one = matrix.Column(f);
                ReadOnlySpan<double> other = matrix.Column(g);
                double sum = 0;
                for (int row = 0; row < one.Length; row++)
                {
                    sum += (one[row] - means[f]) * (other[row] - means[g]);
                }

                covariances[f, g] = covariances[g, f] = sum / matrix.Rows;
            }
        }

        return covariances;
    }

    /// <summary>The rows turned and stretched so that their covariance is the unit: distances among them are Mahalanobis'. Null where there is no inverse.</summary>
    internal static ColumnMatrix? Whitened(ColumnMatrix matrix)
    {
        int width = matrix.Width;
        double[] means = Means(matrix);
        if (GaussianComponent.Of(1, means, Of(matrix), isFull: true)?.Whitening is not { } whitening)
        {
            return null;
        }

        var whitened = new ColumnMatrix(matrix.Rows, width);
        for (int f = 0; f < width; f++)
        {
            Span<double> to = whitened.Column(f);
            for (int g = 0; g <= f; g++)
            {
                ReadOnlySpan<double> from = matrix.Column(g);
                double factor = whitening[(f * (f + 1) / 2) + g];
                for (int row = 0; row < to.Length; row++)
                {
                    to[row] += factor * (from[row] - means[g]);
                }
            }
        }

        return whitened;
    }

    private static double[] Means(ColumnMatrix matrix)
    {
        var means = new double[matrix.Width];
        for (int f = 0; f < means.Length; f++)
        {
            double sum = 0;
            foreach (double value in matrix.Column(f))
            {
                sum += value;
            }

            means[f] = sum / matrix.Rows;
        }

        return means;
    }
}
