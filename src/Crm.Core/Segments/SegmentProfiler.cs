namespace Crm.Core.Segments;

/// <summary>Works out what sets each segment apart. Each feature is sorted once, for all medians.</summary>
internal static class SegmentProfiler
{
    // Of a variance of 1 in all; less is what rounding made of no variation at all.
    private const double LeastVariance = 1e-12;

    internal static SegmentProfile[] Of(FeatureTable table, byte[] labels, int[] counts, DiscoveryOptions options, CancellationToken cancellationToken)
    {
        int width = table.Features.Count;
        var differences = new SegmentDifference[counts.Length][];
        for (int j = 0; j < counts.Length; j++)
        {
            differences[j] = new SegmentDifference[width];
        }

        for (int f = 0; f < width; f++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compare(table, f, labels, counts, options, differences);
        }

        var profiles = new SegmentProfile[counts.Length];
        for (int j = 0; j < counts.Length; j++)
        {
            SegmentDifference[] ordered = [.. differences[j].OrderByDescending(difference => Math.Abs(difference.Effect))];
            profiles[j] = new()
            {
                Segment = SegmentWords.SegmentOf(DiscoveredSegments.IdOf(options.IdPrefix, j), table.Features, ordered),
                Customers = counts[j],
                Share = (double)counts[j] / table.Count,
                Differences = ordered,
            };
        }

        return profiles;
    }

    private static void Compare(FeatureTable table, int feature, byte[] labels, int[] counts, DiscoveryOptions options, SegmentDifference[][] differences)
    {
        double[] values = table.Columns[feature].Values.ToArray();
        GroupSums standardised = GroupSums.Of(table.Standardised.Column(feature), labels, counts);
        GroupSums original = GroupSums.Of(values, labels, counts);
        var sortedLabels = (byte[])labels.Clone();
        Array.Sort(values, sortedLabels);
        (double[] medians, double[] ofOthers) = Medians(values, sortedLabels, counts);
        for (int j = 0; j < counts.Length; j++)
        {
            // Where neither group varies within itself, the difference is counted in the deviation of all, which is 1.
            double within = standardised.VarianceWithin(j);
            var difference = new SegmentDifference
            {
                Feature = table.Features[feature].Feature.Name,
                Effect = (standardised.Mean(j) - standardised.MeanOfOthers(j)) / (within > LeastVariance ? Math.Sqrt(within) : 1),
                Median = medians[j],
                MedianOfOthers = ofOthers[j],
                Mean = original.Mean(j),
                MeanOfOthers = original.MeanOfOthers(j),
            };
            differences[j][feature] = difference with { Words = SegmentWords.Of(table.Features[feature].Feature, difference, options.LeastDifference) };
        }
    }

    // One walk up the sorted values passes the middle of every group and of the rest beside it.
    private static (double[] Of, double[] OfOthers) Medians(double[] values, byte[] labels, int[] counts)
    {
        var medians = new double[counts.Length];
        var others = new double[counts.Length];
        var seen = new int[counts.Length];
        for (int row = 0; row < values.Length; row++)
        {
            int label = labels[row];
            for (int j = 0; j < counts.Length; j++)
            {
                if (j == label)
                {
                    AddMiddle(ref medians[j], values[row], seen[j], counts[j]);
                }
                else
                {
                    AddMiddle(ref others[j], values[row], row - seen[j], values.Length - counts[j]);
                }
            }

            seen[label]++;
        }

        return (medians, others);
    }

    private static void AddMiddle(ref double median, double value, int place, int count)
    {
        if (place == (count - 1) / 2)
        {
            median += 0.5 * value;
        }

        if (place == count / 2)
        {
            median += 0.5 * value;
        }
    }

    private readonly struct GroupSums(double[] sums, double[] squares, int[] counts)
    {
        private readonly double _all = sums.Sum();
        private readonly int _rows = counts.Sum();

        internal static GroupSums Of(ReadOnlySpan<double> values, byte[] labels, int[] counts)
        {
            var sums = new double[counts.Length];
            var squares = new double[counts.Length];
            for (int row = 0; row < values.Length; row++)
            {
                sums[labels[row]] += values[row];
                squares[labels[row]] += values[row] * values[row];
            }

            return new(sums, squares, counts);
        }

        internal double Mean(int group) => sums[group] / counts[group];

        internal double MeanOfOthers(int group) => (_all - sums[group]) / Math.Max(1, _rows - counts[group]);

        internal double VarianceWithin(int group)
        {
            double between = (counts[group] * Mean(group) * Mean(group)) + ((_rows - counts[group]) * MeanOfOthers(group) * MeanOfOthers(group));
            return (squares.Sum() - between) / _rows;
        }
    }
}
