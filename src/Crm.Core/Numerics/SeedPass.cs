namespace Crm.Core.Numerics;

/// <summary>Lowers the squared distance of every row to its nearest centre by one more centre, and sums them for each chunk.</summary>
/// <param name="kernel">How distances are worked out.</param>
/// <param name="matrix">The rows.</param>
/// <param name="centre">The new centre.</param>
/// <param name="distances">The distance of each row, lowered.</param>
/// <param name="chunkSums">The sum of each chunk, written anew.</param>
internal readonly struct SeedPass(ClusterKernel kernel, ColumnMatrix matrix, double[] centre, double[] distances, double[] chunkSums) : IRowWork<SeedPass.Worker>
{
    public static bool MergesInOrder => false;

    internal static void Run(
        ClusterKernel kernel, ColumnMatrix matrix, double[] centre, double[] distances, double[] chunkSums, int threads, CancellationToken cancellationToken)
    {
        var pass = new SeedPass(kernel, matrix, centre, distances, chunkSums);
        RowBlocks.Run<SeedPass, Worker>(ref pass, matrix.Rows, RowBlocks.Rows, threads, null, cancellationToken);
    }

    public Worker Begin() => new()
    {
        Distance = new double[ClusterKernel.BlockRows],
        Nearest = new double[ClusterKernel.BlockRows],
        Lanes = new double[RowSums.Lanes],
    };

    public void Run(ref Worker worker, int from, int to)
    {
        double[] lanes = worker.Lanes;
        Array.Clear(lanes);
        for (int start = from; start < to; start += ClusterKernel.BlockRows)
        {
            int rows = Math.Min(ClusterKernel.BlockRows, to - start);
            kernel.Nearest(matrix, start, ColumnMatrix.Padded(rows), centre, worker.Distance, worker.Nearest);
            for (int i = 0; i < rows; i++)
            {
                double lowest = Math.Min(distances[start + i], worker.Distance[i]);
                distances[start + i] = lowest;
                lanes[i % RowSums.Lanes] += lowest;
            }
        }

        double sum = 0;
        foreach (double lane in lanes)
        {
            sum += lane;
        }

        chunkSums[from / RowBlocks.Rows] = sum;
    }

    public void Merge(ref Worker worker, int from, int to)
    {
    }

    public void End(ref Worker worker)
    {
    }

    internal struct Worker
    {
        internal double[] Distance;
        internal double[] Nearest;
        internal double[] Lanes;
    }
}
