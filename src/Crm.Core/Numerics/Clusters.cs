namespace Crm.Core.Numerics;

/// <summary>Where Lloyd's iterations ended: the greatest cluster first, equally great ones by their centres.</summary>
internal sealed class Clusters
{
    private Clusters(double[] centres, int[] counts, byte[] labels, double inertia, int iterations, int moving) =>
        (Centres, Counts, Labels, Inertia, Iterations, Moving) = (centres, counts, labels, inertia, iterations, moving);

    /// <summary>Gets the centres, one after another.</summary>
    internal double[] Centres { get; }

    internal int[] Counts { get; }

    internal byte[] Labels { get; }

    /// <summary>Gets the sum of squared distances of the rows to their centres.</summary>
    internal double Inertia { get; }

    internal int Iterations { get; }

    /// <summary>Gets how many rows still went elsewhere in the last pass; 0 where the iterations ended by themselves.</summary>
    internal int Moving { get; }

    /// <summary>The same clusters among rows that are measured otherwise: the centres are the means of their rows there.</summary>
    internal Clusters Among(ColumnMatrix matrix)
    {
        var centres = new double[Counts.Length * matrix.Width];
        for (int f = 0; f < matrix.Width; f++)
        {
            ReadOnlySpan<double> column = matrix.Column(f);
            for (int row = 0; row < Labels.Length; row++)
            {
                centres[(Labels[row] * matrix.Width) + f] += column[row] / Counts[Labels[row]];
            }
        }

        return new(centres, Counts, Labels, Inertia, Iterations, Moving);
    }

    /// <summary>Iterates until no row goes elsewhere, from k-means++ seeds.</summary>
    /// <returns>The clusters, or null where there are fewer distinct rows than clusters.</returns>
    internal static Clusters? From(
        ClusterKernel kernel, ColumnMatrix matrix, int count, RandomStream random, int maxIterations, int threads, CancellationToken cancellationToken)
    {
        double[]? seeds = Seeds(kernel, matrix, count, random, threads, cancellationToken);
        return seeds is null ? null : From(kernel, matrix, seeds, maxIterations, threads, cancellationToken);
    }

    /// <summary>Iterates until no row goes elsewhere, from these centres, which are moved.</summary>
    internal static Clusters From(
        ClusterKernel kernel, ColumnMatrix matrix, double[] centres, int maxIterations, int threads, CancellationToken cancellationToken)
    {
        var labels = new byte[matrix.Rows];
        Array.Fill(labels, byte.MaxValue);
        int iteration = 1;
        LloydPass pass = LloydPass.Run(kernel, matrix, centres, labels, threads, cancellationToken);
        for (; pass.Moved > 0 && iteration < maxIterations; iteration++)
        {
            Move(kernel, matrix, centres, pass);
            pass = LloydPass.Run(kernel, matrix, centres, labels, threads, cancellationToken);
        }

        return Ordered(centres, pass, labels, matrix.Width, iteration);
    }

    /// <summary>Arthur &amp; Vassilvitskii's seeds: rows, each drawn in proportion to its squared distance to the nearest of those before.</summary>
    internal static double[]? Seeds(
        ClusterKernel kernel, ColumnMatrix matrix, int count, RandomStream random, int threads, CancellationToken cancellationToken)
    {
        var seeds = new double[count * matrix.Width];
        var distances = new double[matrix.Rows];
        Array.Fill(distances, double.PositiveInfinity);
        var chunkSums = new double[(matrix.Rows + RowBlocks.Rows - 1) / RowBlocks.Rows];
        var seed = new double[matrix.Width];
        int row = (int)(random.NextDouble() * matrix.Rows);
        for (int j = 0; ; j++)
        {
            for (int f = 0; f < seed.Length; f++)
            {
                seed[f] = matrix[row, f];
            }

            seed.CopyTo(seeds, j * seed.Length);
            if (j == count - 1)
            {
                return seeds;
            }

            SeedPass.Run(kernel, matrix, seed, distances, chunkSums, threads, cancellationToken);
            double total = chunkSums.Sum();
            if (!(total > 0))
            {
                return null;
            }

            row = Drawn(distances, chunkSums, random.NextDouble() * total);
        }
    }

    // The chunk first, then the row in it; where rounding leaves nothing to draw from, the last row that could be drawn.
    private static int Drawn(double[] distances, double[] chunkSums, double at)
    {
        int chunk = 0;
        int last = 0;
        for (int c = 0; c < chunkSums.Length; c++)
        {
            last = chunkSums[c] > 0 ? c : last;
        }

        while (chunk < last && at >= chunkSums[chunk])
        {
            at -= chunkSums[chunk++];
        }

        int drawn = -1;
        int end = Math.Min(distances.Length, (chunk + 1) * RowBlocks.Rows);
        for (int row = chunk * RowBlocks.Rows; row < end; row++)
        {
            if (distances[row] > 0)
            {
                drawn = row;
                if (at < distances[row])
                {
                    break;
                }
            }

            at -= distances[row];
        }

        return drawn;
    }

    private static void Move(ClusterKernel kernel, ColumnMatrix matrix, double[] centres, LloydPass pass)
    {
        int width = matrix.Width;
        for (int j = 0; j < pass.Counts.Length; j++)
        {
            for (int f = 0; f < width && pass.Counts[j] > 0; f++)
            {
                centres[(j * width) + f] = pass.Totals[(j * width) + f] / pass.Counts[j];
            }
        }

        for (int j = 0; j < pass.Counts.Length; j++)
        {
            if (pass.Counts[j] == 0)
            {
                int row = Farthest(kernel, matrix, centres);
                for (int f = 0; f < width; f++)
                {
                    centres[(j * width) + f] = matrix[row, f];
                }
            }
        }
    }

    // A cluster that lost all its rows begins again at the row that is worst off. It is rare, so that one thread does.
    private static int Farthest(ClusterKernel kernel, ColumnMatrix matrix, double[] centres)
    {
        var distance = new double[ClusterKernel.BlockRows];
        var nearest = new double[ClusterKernel.BlockRows];
        int farthest = 0;
        double greatest = double.NegativeInfinity;
        for (int start = 0; start < matrix.Rows; start += ClusterKernel.BlockRows)
        {
            int rows = Math.Min(ClusterKernel.BlockRows, matrix.Rows - start);
            kernel.Nearest(matrix, start, ColumnMatrix.Padded(rows), centres, distance, nearest);
            for (int i = 0; i < rows; i++)
            {
                (greatest, farthest) = distance[i] > greatest ? (distance[i], start + i) : (greatest, farthest);
            }
        }

        return farthest;
    }

    private static Clusters Ordered(double[] centres, LloydPass pass, byte[] labels, int width, int iterations)
    {
        int[] order = CanonicalOrder.Of(Array.ConvertAll(pass.Counts, count => (double)count), centres, width);
        var places = new byte[order.Length];
        var sorted = new double[centres.Length];
        for (int place = 0; place < order.Length; place++)
        {
            places[order[place]] = (byte)place;
            centres.AsSpan(order[place] * width, width).CopyTo(sorted.AsSpan(place * width));
        }

        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = places[labels[row]];
        }

        return new(sorted, Array.ConvertAll(order, from => pass.Counts[from]), labels, pass.Inertia, iterations, pass.Moved);
    }
}
