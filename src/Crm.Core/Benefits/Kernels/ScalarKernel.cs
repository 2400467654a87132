using System.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The formula, row by row: what the others are held against, and what they leave over.</summary>
internal static unsafe class ScalarKernel
{
    internal static bool Score<T>(in ScoreBlock<T> block, WeightTable<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T> => Score(block, weights, 0, block.Rows);

    /// <summary>The same with sets by number, for more than a byte can tell apart.</summary>
    internal static bool Score<T>(in ScoreBlock<T> block, WeightTable<T> weights, int* numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isGood = true;
        for (int row = 0; row < block.Rows; row++)
        {
            // The row behind the last set is NaN, as for bytes.
            int set = (int)Math.Min(unchecked((uint)numbers[row]), (uint)weights.Count);
            isGood &= Score(block with { Sets = null, Set = set }, weights, row, row + 1);
        }

        return isGood;
    }

    internal static bool Score<T>(in ScoreBlock<T> block, WeightTable<T> weights, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T check = T.Zero;
        fixed (T* table = weights.BySet)
        {
            // Addresses inside a block do not overflow.
            unchecked
            {
                for (int row = from; row < to; row++)
                {
                    T* w = table + ((block.Sets == null ? block.Set : block.Sets[row]) * WeightTable<T>.Stride);
                    T score = (w[0] * block.Utility[row]) + (w[1] * block.Brand[row]) + (w[2] * block.Relationship[row])
                        - (w[3] * block.Cost[row]) - (w[4] * block.Time[row]);
                    block.Scores[row] = score;
                    check += score - score; // 0, or no number once a score is none
                }
            }
        }

        return check == T.Zero;
    }
}
