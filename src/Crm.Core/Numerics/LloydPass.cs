using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Numerics;

/// <summary>One pass of Lloyd's: every row goes to the nearest centre, and what new centres are made of is summed.</summary>
/// <param name="kernel">How distances are worked out.</param>
/// <param name="matrix">The rows.</param>
/// <param name="centres">The centres, one after another.</param>
/// <param name="labels">The place of each row, written anew.</param>
internal struct LloydPass(ClusterKernel kernel, ColumnMatrix matrix, double[] centres, byte[] labels) : IRowWork<LloydPass.Worker>
{
    private readonly int _width = matrix.Width;

    /// <summary>Gets the sums of each centre's rows, then the squared distances of all.</summary>
    internal double[] Totals { get; } = new double[centres.Length + 1];

    internal int[] Counts { get; } = new int[centres.Length / matrix.Width];

    /// <summary>Gets how many rows went elsewhere than before.</summary>
    internal int Moved { get; private set; }

    /// <summary>Gets the sum of squared distances to the centres the pass began with.</summary>
    internal readonly double Inertia => Totals[^1];

    internal static LloydPass Run(
        ClusterKernel kernel, ColumnMatrix matrix, double[] centres, byte[] labels, int threads, CancellationToken cancellationToken)
    {
        var pass = new LloydPass(kernel, matrix, centres, labels);
        RowBlocks.Run<LloydPass, Worker>(ref pass, matrix.Rows, RowBlocks.Rows, threads, null, cancellationToken);
        return pass;
    }

    public readonly Worker Begin() => new()
    {
        Distance = new double[ClusterKernel.BlockRows],
        Nearest = new double[ClusterKernel.BlockRows],
        Lanes = new double[Totals.Length * RowSums.Lanes],
        Sums = new double[Totals.Length],
        Counts = new int[Counts.Length],
    };

    public readonly void Run(ref Worker worker, int from, int to)
    {
        worker.Moved = 0;
        Array.Clear(worker.Lanes);
        Array.Clear(worker.Sums);
        Array.Clear(worker.Counts);
        for (int start = from; start < to; start += ClusterKernel.BlockRows)
        {
            int rows = Math.Min(ClusterKernel.BlockRows, to - start);
            kernel.Nearest(matrix, start, ColumnMatrix.Padded(rows), centres, worker.Distance, worker.Nearest);
            Add(ref worker, start, rows);
        }

        // By lane here, not by number: a row touches the sums of one centre, and those should stand together.
        for (int lane = 0; lane < RowSums.Lanes; lane++)
        {
            for (int i = 0; i < worker.Sums.Length; i++)
            {
                worker.Sums[i] += worker.Lanes[(lane * worker.Sums.Length) + i];
            }
        }
    }

    public void Merge(ref Worker worker, int from, int to)
    {
        for (int i = 0; i < Totals.Length; i++)
        {
            Totals[i] += worker.Sums[i];
        }

        for (int j = 0; j < Counts.Length; j++)
        {
            Counts[j] += worker.Counts[j];
        }

        Moved += worker.Moved;
    }

    public readonly void End(ref Worker worker)
    {
    }

    private readonly void Add(ref Worker worker, int start, int rows)
    {
        unchecked
        {
            // By reference: the bounds of each sum were half of the time. Every place is below the number of centres, by the kernel.
            ref double values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix.Values), start);
            ref double lanes = ref MemoryMarshal.GetArrayDataReference(worker.Lanes);
            ref double distances = ref MemoryMarshal.GetArrayDataReference(worker.Distance);
            ref double nearest = ref MemoryMarshal.GetArrayDataReference(worker.Nearest);
            ref int counts = ref MemoryMarshal.GetArrayDataReference(worker.Counts);
            ref byte label = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(labels), start);
            nint stride = matrix.Stride;
            nint width = _width;
            nint numbers = worker.Sums.Length;
            int moved = 0;
            for (nint i = 0; i < rows; i++)
            {
                nint place = (nint)Unsafe.Add(ref nearest, i);
                ref double lane = ref Unsafe.Add(ref lanes, (i % RowSums.Lanes) * numbers);
                ref double sum = ref Unsafe.Add(ref lane, place * width);
                ref double value = ref Unsafe.Add(ref values, i);
                for (nint f = 0; f < width; f++)
                {
                    Unsafe.Add(ref sum, f) += value;
                    value = ref Unsafe.Add(ref value, stride);
                }

                Unsafe.Add(ref lane, numbers - 1) += Unsafe.Add(ref distances, i);
                Unsafe.Add(ref counts, place)++;
                ref byte own = ref Unsafe.Add(ref label, i);
                moved += own == (byte)place ? 0 : 1;
                own = (byte)place;
            }

            worker.Moved += moved;
        }
    }

    internal struct Worker
    {
        internal double[] Distance;
        internal double[] Nearest;
        internal double[] Lanes;
        internal double[] Sums;
        internal int[] Counts;
        internal int Moved;
    }
}
