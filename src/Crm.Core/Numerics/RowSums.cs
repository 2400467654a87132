namespace Crm.Core.Numerics;

/// <summary>Sums over rows whose bits do not depend on how many threads there are.</summary>
/// <remarks>
/// Rows are cut into chunks of 128 by index; inside a chunk row i adds to lane i mod 8; the lanes are added in order, then the
/// chunks in order. A vector kernel of 8 lanes gives the same bits.
/// </remarks>
internal static class RowSums
{
    internal const int ChunkRows = 128;
    internal const int Lanes = 8;

    /// <summary>Adds the terms of the rows from..to of one chunk into lane-wise sums: <c>lanes[(row % 8) * width + term]</c>.</summary>
    internal delegate void ChunkTerms(int from, int to, Span<double> lanes);

    /// <summary>Sums <paramref name="width"/> terms over rows 0..rows.</summary>
    internal static double[] Of(int rows, int width, ChunkTerms terms, CancellationToken cancellationToken)
    {
        int chunks = (rows + ChunkRows - 1) / ChunkRows;
        var sums = new double[chunks * width];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, chunks, options, chunk =>
        {
            Span<double> lanes = stackalloc double[Lanes * width];
            lanes.Clear();
            int from = chunk * ChunkRows;
            terms(from, Math.Min(rows, from + ChunkRows), lanes);
            for (int lane = 0; lane < Lanes; lane++)
            {
                Accumulate(sums.AsSpan(chunk * width, width), lanes.Slice(lane * width, width));
            }
        });

        var total = new double[width];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Accumulate(total, sums.AsSpan(chunk * width, width));
        }

        return total;
    }

    private static void Accumulate(Span<double> total, ReadOnlySpan<double> addend)
    {
        for (int i = 0; i < total.Length; i++)
        {
            total[i] += addend[i];
        }
    }
}
