namespace Crm.Core.Numerics;

/// <summary>A few rows in the place of many sorted ones: of each block of neighbours the heaviest, with the weight of the block.</summary>
internal static class CoarseRows
{
    /// <summary>The rows kept, ascending, and the weight of each; those of all rows sum to the same.</summary>
    internal static int[] Of(ReadOnlySpan<double> weights, int blocks, out double[] weightOfKept)
    {
        int rows = weights.Length;
        int count = Math.Min(blocks, rows);
        var kept = new int[count];
        weightOfKept = new double[count];
        for (int block = 0; block < count; block++)
        {
            int from = (int)((long)block * rows / count);
            int to = (int)((long)(block + 1) * rows / count);
            kept[block] = from;
            for (int row = from; row < to; row++)
            {
                kept[block] = weights[row] > weights[kept[block]] ? row : kept[block];
                weightOfKept[block] += weights[row];
            }
        }

        return kept;
    }
}
