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
            SegmentDifference[] ordered = [.. differences[j].OrderByDescending(SegmentWords.Size)];
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
        ReadOnlySpan<double> column = table.Columns[feature].Values.Span;
        ReadOnlySpan<double> scores = table.Standardised.Column(feature);
        double[] values = column.ToArray();
        byte[] own = (byte[])labels.Clone();
        double[]? known = table.Unknown[feature] is { } unknown ? Known(unknown, values, own, scores) : null;
        int rows = known?.Length ?? values.Length;
        int[] knownCounts = known is null ? counts : Counts(own.AsSpan(0, rows), counts.Length);
        GroupSums standardised = GroupSums.Of(known is null ? scores : known.AsSpan(), own, knownCounts);
        GroupSums original = GroupSums.Of(values.AsSpan(0, rows), own, knownCounts);
        Array.Sort(values, own, 0, rows);
        var (medians, ofOthers) = Medians(values.AsSpan(0, rows), own, knownCounts);
        for (int j = 0; j < counts.Length; j++)
        {
            bool hasOwn = knownCounts[j] > 0;
            bool hasOthers = knownCounts[j] < rows;
            int others = table.Count - counts[j];

            // Where neither group varies within itself, the difference is counted in the deviation of all, which is 1.
            double within = hasOwn && hasOthers ? standardised.VarianceWithin(j) : 0;
            var difference = new SegmentDifference
            {
                Feature = table.Features[feature].Feature.Name,
                Effect = hasOwn && hasOthers ? (standardised.Mean(j) - standardised.MeanOfOthers(j)) / (within > LeastVariance ? Math.Sqrt(within) : 1) : 0,
                Median = hasOwn ? medians[j] : null,
                MedianOfOthers = hasOthers ? ofOthers[j] : null,
                Mean = hasOwn ? original.Mean(j) : null,
                MeanOfOthers = hasOthers ? original.MeanOfOthers(j) : null,
                Unknown = counts[j] == 0 ? 0 : (double)(counts[j] - knownCounts[j]) / counts[j],
                UnknownOfOthers = others == 0 ? 0 : (double)(others - (rows - knownCounts[j])) / others,
            };
            differences[j][feature] = difference with { Words = SegmentWords.Of(table.Features[feature].Feature, difference, options.LeastDifference) };
        }
    }

    // Moves what is known to the front, in its order, and gives the standardised values of it.
    private static double[] Known(bool[] unknown, double[] values, byte[] labels, ReadOnlySpan<double> scores)
    {
        var known = new List<double>(values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            if (!unknown[row])
            {
                (values[known.Count], labels[known.Count]) = (values[row], labels[row]);
                known.Add(scores[row]);
            }
        }

        return [.. known];
    }

    private static int[] Counts(ReadOnlySpan<byte> labels, int groups)
    {
        var counts = new int[groups];
        foreach (byte label in labels)
        {
            counts[label]++;
        }

        return counts;
    }

    // One walk up the sorted values passes the middle of every group and of the rest beside it.
    private static (double[] Of, double[] OfOthers) Medians(ReadOnlySpan<double> values, byte[] labels, int[] counts)
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
