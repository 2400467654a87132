using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>A base without segments that is otherwise as like the one searched as can be: each feature with one peak, tied by correlations and nothing else.</summary>
/// <remarks>
/// A normal copula: what is drawn are correlated normal variates, each then put through the distribution of its feature. The correlations are those of normal
/// scores, so that a long tail does not hide them.
/// </remarks>
internal sealed class OnePeakBase
{
    // Drawn once to see what of the correlations the grain of the features takes away.
    private const int Tried = 4_096;

    private readonly OnePeakFeature[] _features;
    private readonly double[,] _mixing;

    private OnePeakBase(OnePeakFeature[] features, double[,] correlations)
    {
        _features = features;
        _mixing = Mixing(correlations);
    }

    internal static OnePeakBase Of(OnePeakFeature[] features, ColumnMatrix matrix, ulong seed)
    {
        double[,] seen = Correlations(matrix);
        var first = new OnePeakBase(features, seen);
        if (features.Length == 1 || Array.TrueForAll(features, feature => feature.Distinct is null))
        {
            return first;
        }

        double[,] lessened = Correlations(first.Draw(Tried, new(seed, DiscoveryPurpose.OnePeak, 0)));
        for (int f = 0; f < features.Length; f++)
        {
            for (int g = 0; g < features.Length; g++)
            {
                seen[f, g] = f == g ? 1 : Math.Clamp((2 * seen[f, g]) - lessened[f, g], -0.9999, 0.9999);
            }
        }

        return new(features, seen);
    }

    internal ColumnMatrix Draw(int rows, RandomStream random)
    {
        int width = _features.Length;
        var drawn = new ColumnMatrix(rows, width);
        var normal = new double[width];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < width; i++)
            {
                normal[i] = random.NextNormal();
            }

            for (int f = 0; f < width; f++)
            {
                double z = 0;
                for (int i = 0; i < width; i++)
                {
                    z += _mixing[f, i] * normal[i];
                }

                drawn.Column(f)[row] = _features[f].At(0.5 + NormalDistribution.FromCentre(z));
            }
        }

        return drawn;
    }

    /// <summary>How likely such a base is to have these rows, in logarithms: of its own features and correlations.</summary>
    internal static double LogLikelihoodOf(FeatureScale[] scales, ColumnMatrix matrix)
    {
        int width = matrix.Width;
        var scores = new ColumnMatrix(matrix.Rows, width);
        double sum = 0;
        for (int f = 0; f < width; f++)
        {
            var feature = OnePeakFeature.Of(scales[f], matrix.Column(f));
            ReadOnlySpan<double> values = matrix.Column(f);
            Span<double> to = scores.Column(f);
            for (int row = 0; row < values.Length; row++)
            {
                var (below, logDensity) = feature.Of(values[row]);
                to[row] = Quantile(below);
                sum += logDensity + (0.5 * to[row] * to[row]);
            }
        }

        // The density of the scores together over that of each alone, whose logarithm is -½ z² but for what both have.
        if (GaussianComponent.Of(1, new double[width], CorrelationsOf(scores), isFull: true) is not { } together)
        {
            return double.NaN;
        }

        var at = new double[width];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int f = 0; f < width; f++)
            {
                at[f] = scores[row, f];
            }

            sum += together.LogDensity(at) + (0.5 * width * Math.Log(2 * Math.PI));
        }

        return sum;
    }

    // Of normal scores: the quantile of the middle of a value's place among all.
    private static double[,] Correlations(ColumnMatrix matrix)
    {
        var scores = new ColumnMatrix(matrix.Rows, matrix.Width);
        for (int f = 0; f < matrix.Width; f++)
        {
            Scores(matrix.Column(f), scores.Column(f));
        }

        return CorrelationsOf(scores);
    }

    private static double[,] CorrelationsOf(ColumnMatrix matrix)
    {
        double[,] covariances = ColumnCovariances.Of(matrix);
        var correlations = new double[matrix.Width, matrix.Width];
        for (int f = 0; f < matrix.Width; f++)
        {
            for (int g = 0; g < matrix.Width; g++)
            {
                double both = covariances[f, f] * covariances[g, g];
                correlations[f, g] = f == g ? 1 : both > 0 ? covariances[f, g] / Math.Sqrt(both) : 0;
            }
        }

        return correlations;
    }

    private static void Scores(ReadOnlySpan<double> values, Span<double> scores)
    {
        double[] sorted = values.ToArray();
        var rows = new int[sorted.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        Array.Sort(sorted, rows);
        for (int from = 0; from < rows.Length;)
        {
            int to = from + 1;
            while (to < rows.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            double score = Quantile(0.5 * (from + to) / rows.Length);
            for (; from < to; from++)
            {
                scores[rows[from]] = score;
            }
        }
    }

    private static double Quantile(double probability) => Math.Sign(probability - 0.5) * NormalDistribution.HalfWidth(2 * Math.Abs(probability - 0.5));

    // A root of the correlations. Those put right for the grain need not be possible together: what is negative then is left out, and variances made 1.
    private static double[,] Mixing(double[,] correlations)
    {
        int width = correlations.GetLength(0);
        var (values, vectors) = SymmetricEigen.Of(correlations);
        var mixing = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            double variance = 0;
            for (int i = 0; i < width; i++)
            {
                mixing[f, i] = vectors[f, i] * Math.Sqrt(Math.Max(0, values[i]));
                variance += mixing[f, i] * mixing[f, i];
            }

            for (int i = 0; i < width; i++)
            {
                mixing[f, i] /= Math.Sqrt(variance);
            }
        }

        return mixing;
    }
}
