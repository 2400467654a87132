namespace Crm.Core.Numerics;

/// <summary>How much nearer rows are to their own cluster than to the next one, for several partitions of the same rows at once.</summary>
/// <remarks>
/// Rousseeuw (1987), "Silhouettes": (b − a) / max(a, b), where a is the mean distance to the others of the own cluster and b the least of the
/// mean distances to another; 0 for a row alone in its cluster. The distances of a row serve all partitions.
/// </remarks>
internal static class Silhouettes
{
    /// <summary>The mean silhouette of some rows against all, with the standard error that looking at some only leaves: 0 where they are all.</summary>
    /// <param name="matrix">All rows.</param>
    /// <param name="looked">The rows looked at, each once.</param>
    /// <param name="partitions">The cluster of each row, in each partition; every cluster below its count has a row.</param>
    /// <param name="counts">The rows in each cluster, in each partition, of which there are two clusters at least.</param>
    /// <param name="threads">How many threads share the work.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static (double Mean, double StandardError)[] Of(
        ColumnMatrix matrix, int[] looked, byte[][] partitions, int[][] counts, int threads, CancellationToken cancellationToken)
    {
        var widths = new double[partitions.Length][];
        for (int p = 0; p < partitions.Length; p++)
        {
            widths[p] = new double[looked.Length];
        }

        Parallel.For(
            0,
            looked.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => (Distances: new double[matrix.Rows], Sums: new double[counts.Select(each => each.Length).DefaultIfEmpty().Max()]),
            (place, _, room) =>
            {
                Distances(matrix, looked[place], room.Distances);
                for (int p = 0; p < partitions.Length; p++)
                {
                    widths[p][place] = Width(looked[place], room.Distances, partitions[p], counts[p], room.Sums);
                }

                return room;
            },
            _ => { });
        return Array.ConvertAll(widths, each => MeanOf(each, matrix.Rows));
    }

    private static void Distances(ColumnMatrix matrix, int row, double[] distances)
    {
        Array.Clear(distances);
        for (int f = 0; f < matrix.Width; f++)
        {
            ReadOnlySpan<double> column = matrix.Column(f);
            double here = column[row];
            for (int other = 0; other < distances.Length; other++)
            {
                double difference = column[other] - here;
                distances[other] += difference * difference;
            }
        }

        for (int other = 0; other < distances.Length; other++)
        {
            distances[other] = Math.Sqrt(distances[other]);
        }
    }

    private static double Width(int row, double[] distances, byte[] labels, int[] counts, double[] sums)
    {
        Array.Clear(sums);
        for (int other = 0; other < distances.Length; other++)
        {
            sums[labels[other]] += distances[other];
        }

        int own = labels[row];
        if (counts[own] == 1)
        {
            return 0;
        }

        double inside = sums[own] / (counts[own] - 1);
        double outside = double.PositiveInfinity;
        for (int j = 0; j < counts.Length; j++)
        {
            outside = j == own ? outside : Math.Min(outside, sums[j] / counts[j]);
        }

        double greater = Math.Max(inside, outside);
        return greater > 0 ? (outside - inside) / greater : 0;
    }

    private static (double Mean, double StandardError) MeanOf(double[] widths, int rows)
    {
        double mean = widths.Sum() / widths.Length;
        double squares = widths.Sum(width => (width - mean) * (width - mean));
        double unseen = 1 - ((double)widths.Length / rows);
        return (mean, widths.Length < 2 ? 0 : Math.Sqrt(squares / (widths.Length - 1) / widths.Length * unseen));
    }
}
