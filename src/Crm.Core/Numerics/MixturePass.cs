namespace Crm.Core.Numerics;

/// <summary>One pass of EM: the log-likelihood at the components, and the moments of which the next ones are made.</summary>
/// <param name="kernel">How densities are worked out.</param>
/// <param name="matrix">The rows.</param>
/// <param name="components">The components.</param>
/// <param name="labels">Where given, each row counts for the component of its label and for no other.</param>
internal struct MixturePass(ClusterKernel kernel, ColumnMatrix matrix, GaussianComponent[] components, byte[]? labels) : IRowWork<MixturePass.Worker>
{
    private readonly int _moments = ClusterKernel.Moments(matrix.Width, components[0].IsFull);

    /// <summary>Gets the moments of each component about its mean: see <see cref="ClusterKernel.AddMoments"/>.</summary>
    internal double[] Totals { get; } = new double[components.Length * ClusterKernel.Moments(matrix.Width, components[0].IsFull)];

    internal double LogLikelihood { get; private set; }

    internal static MixturePass Run(
        ClusterKernel kernel, ColumnMatrix matrix, GaussianComponent[] components, byte[]? labels, int threads, CancellationToken cancellationToken)
    {
        var pass = new MixturePass(kernel, matrix, components, labels);
        RowBlocks.Run<MixturePass, Worker>(ref pass, matrix.Rows, RowBlocks.Rows, threads, null, cancellationToken);
        return pass;
    }

    internal readonly ReadOnlySpan<double> MomentsOf(int component) => Totals.AsSpan(component * _moments, _moments);

    public readonly Worker Begin() => new()
    {
        Logs = new double[components.Length * ClusterKernel.BlockRows],
        Greatest = new double[ClusterKernel.BlockRows],
        Sums = new double[ClusterKernel.BlockRows],
        Deviations = new double[(matrix.Width + 1) * ClusterKernel.BlockRows],
        Lanes = new double[Totals.Length * RowSums.Lanes],
        Totals = new double[Totals.Length],
        LogLanes = new double[RowSums.Lanes],
    };

    public readonly void Run(ref Worker worker, int from, int to)
    {
        Array.Clear(worker.Lanes);
        Array.Clear(worker.LogLanes);
        for (int start = from; start < to; start += ClusterKernel.BlockRows)
        {
            int rows = Math.Min(ClusterKernel.BlockRows, to - start);
            int padded = ColumnMatrix.Padded(rows);
            if (labels is null)
            {
                Expect(ref worker, start, rows, padded);
            }
            else
            {
                Label(ref worker, start, rows);
            }

            for (int j = 0; j < components.Length; j++)
            {
                kernel.AddMoments(
                    matrix, start, padded, components[j], worker.Logs.AsSpan(j * ClusterKernel.BlockRows, ClusterKernel.BlockRows), worker.Sums, worker.Deviations,
                    worker.Lanes.AsSpan(j * _moments * RowSums.Lanes, _moments * RowSums.Lanes));
            }
        }

        Array.Clear(worker.Totals);
        LaneSums.AddTo(worker.Totals, worker.Lanes);
        worker.LogLikelihood = 0;
        foreach (double lane in worker.LogLanes)
        {
            worker.LogLikelihood += lane;
        }
    }

    public void Merge(ref Worker worker, int from, int to)
    {
        LogLikelihood += worker.LogLikelihood;
        for (int i = 0; i < Totals.Length; i++)
        {
            Totals[i] += worker.Totals[i];
        }
    }

    public readonly void End(ref Worker worker)
    {
    }

    private readonly void Expect(ref Worker worker, int start, int rows, int padded)
    {
        for (int j = 0; j < components.Length; j++)
        {
            // The squared distances are not asked for here: they are written where the sums will stand.
            kernel.LogDensities(
                matrix, start, padded, components[j], worker.Deviations, worker.Logs.AsSpan(j * ClusterKernel.BlockRows, ClusterKernel.BlockRows), worker.Sums);
        }

        kernel.Terms(worker.Logs, components.Length, padded, worker.Greatest, worker.Sums);
        AddLogs(ref worker, rows);
        worker.Sums.AsSpan(rows).Clear();
    }

    // ln of a product instead of a sum of logarithms: 32 factors of 1 to 64 in a lane stay far below the greatest number.
    private static void AddLogs(ref Worker worker, int rows)
    {
        Span<double> products = stackalloc double[RowSums.Lanes];
        products.Fill(1);
        double[] sums = worker.Sums;
        for (int i = 0; i < rows; i++)
        {
            worker.LogLanes[i % RowSums.Lanes] += worker.Greatest[i];
            products[i % RowSums.Lanes] *= sums[i];
            sums[i] = 1 / sums[i];
        }

        for (int lane = 0; lane < products.Length; lane++)
        {
            worker.LogLanes[lane] += Math.Log(products[lane]);
        }
    }

    private readonly void Label(ref Worker worker, int start, int rows)
    {
        Array.Clear(worker.Logs);
        worker.Sums.AsSpan(0, rows).Fill(1);
        worker.Sums.AsSpan(rows).Clear();
        for (int i = 0; i < rows; i++)
        {
            worker.Logs[(labels![start + i] * ClusterKernel.BlockRows) + i] = 1;
        }
    }

    internal struct Worker
    {
        internal double[] Logs;
        internal double[] Greatest;
        internal double[] Sums;
        internal double[] Deviations;
        internal double[] Lanes;
        internal double[] Totals;
        internal double[] LogLanes;
        internal double LogLikelihood;
    }
}
