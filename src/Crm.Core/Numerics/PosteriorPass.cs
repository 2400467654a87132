namespace Crm.Core.Numerics;

/// <summary>Where each row most likely belongs, how likely, and how far it is from the nearest component.</summary>
/// <param name="kernel">How densities are worked out.</param>
/// <param name="matrix">The rows.</param>
/// <param name="components">The components.</param>
/// <param name="labels">The most likely component of each row; the first of equally likely ones.</param>
/// <param name="distances">Where not empty, the squared distance of each row to its nearest component, in deviations.</param>
internal struct PosteriorPass(ClusterKernel kernel, ColumnMatrix matrix, GaussianComponent[] components, byte[] labels, double[] distances)
    : IRowWork<PosteriorPass.Worker>
{
    /// <summary>Gets how many rows each component is the most likely for.</summary>
    internal int[] Counts { get; } = new int[components.Length];

    /// <summary>Gets the sum of the greatest probability of each row: how many rows are expected to stand where they belong.</summary>
    internal double Right { get; private set; }

    internal static PosteriorPass Run(
        ClusterKernel kernel, ColumnMatrix matrix, GaussianComponent[] components, byte[] labels, double[] distances, int threads, CancellationToken cancellationToken)
    {
        var pass = new PosteriorPass(kernel, matrix, components, labels, distances);
        RowBlocks.Run<PosteriorPass, Worker>(ref pass, matrix.Rows, RowBlocks.Rows, threads, null, cancellationToken);
        return pass;
    }

    public readonly Worker Begin() => new() { Rows = new(components.Length, matrix.Width), Counts = new int[components.Length] };

    public readonly void Run(ref Worker worker, int from, int to)
    {
        Array.Clear(worker.Counts);
        worker.Right = 0;
        for (int start = from; start < to; start += ClusterKernel.BlockRows)
        {
            int rows = Math.Min(ClusterKernel.BlockRows, to - start);
            worker.Rows.Evaluate(kernel, matrix, start, rows, components);
            for (int i = 0; i < rows; i++)
            {
                int most = worker.Rows.MostLikely(i);
                labels[start + i] = (byte)most;
                worker.Counts[most]++;
                worker.Right += worker.Rows.Probability(i, most);
                if (distances.Length > 0)
                {
                    distances[start + i] = worker.Rows.Distances[i];
                }
            }
        }
    }

    public void Merge(ref Worker worker, int from, int to)
    {
        Right += worker.Right;
        for (int j = 0; j < Counts.Length; j++)
        {
            Counts[j] += worker.Counts[j];
        }
    }

    public readonly void End(ref Worker worker)
    {
    }

    internal struct Worker
    {
        internal PosteriorRows Rows;
        internal int[] Counts;
        internal double Right;
    }
}
