using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Features that say what others before them say already: the same in another unit, with tax, or a sum of others.</summary>
internal static class DependentFeatures
{
    // Of a variance of 1, what the others leave of it. What a price in cents rounds off amounts to less; two rates of tax leave more.
    private const double LeastLeft = 1e-4;

    // A feature is named from this share of the largest part on.
    private const double Belonging = 0.3;

    /// <summary>The table without those that follow from others before them.</summary>
    internal static FeatureTable Without(FeatureTable table, List<DiscoveryDiagnostic> diagnostics)
    {
        if (table.Features.Count < 2)
        {
            return table;
        }

        double[,] correlations = ColumnCovariances.Of(table.Standardised);
        var kept = new List<int>();
        var rows = new List<double[]>();
        for (int f = 0; f < table.Features.Count; f++)
        {
            var row = new double[kept.Count];
            double left = correlations[f, f];
            for (int i = 0; i < row.Length; i++)
            {
                double product = correlations[f, kept[i]];
                for (int k = 0; k < i; k++)
                {
                    product -= row[k] * rows[i][k];
                }

                row[i] = product / rows[i][i];
                left -= row[i] * row[i];
            }

            if (left < LeastLeft)
            {
                diagnostics.Add(Found(table, f, kept, Parts(row, rows), left));
            }
            else
            {
                kept.Add(f);
                rows.Add([.. row, Math.Sqrt(left)]);
            }
        }

        return kept.Count == table.Features.Count ? table : table.Only([.. kept]);
    }

    // The regression of the feature on those kept: the factor of their correlations, transposed, from the last one back.
    private static double[] Parts(double[] row, List<double[]> rows)
    {
        var parts = (double[])row.Clone();
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < parts.Length; k++)
            {
                parts[i] -= rows[k][i] * parts[k];
            }

            parts[i] /= rows[i][i];
        }

        return parts;
    }

    private static DiscoveryDiagnostic Found(FeatureTable table, int feature, List<int> kept, double[] parts, double left)
    {
        double largest = parts.Max(Math.Abs);
        string others = string.Join(" and ", kept.Where((_, i) => Math.Abs(parts[i]) > Belonging * largest).Select(f => $"'{table.Features[f].Feature.Name}'"));
        return new(DiscoveryDiagnosis.CollinearFeatures, false,
            FormattableString.Invariant($"The feature '{table.Features[feature].Feature.Name}' follows from {others}, which tell {100 * (1 - Math.Max(0, left)):0.##} % of it, and was left out."),
            "Where what they differ by tells customers apart, give that as a feature: the ratio, or the difference.");
    }
}
