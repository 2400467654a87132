using System.Numerics;
using System.Runtime.Intrinsics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The formula on 128 bits, weights put together from the table row by row. Runs everywhere.</summary>
internal static unsafe class Vector128Kernel
{
    internal static bool Score<T>(in ScoreBlock<T> block, WeightTable<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int to = block.Rows - (block.Rows % Vector128<T>.Count);
        bool isGood = block.Sets == null ? OneSet(block, weights, to) : ManySets(block, weights, to);
        return isGood & ScalarKernel.Score(block, weights, to, block.Rows);
    }

    private static bool OneSet<T>(in ScoreBlock<T> block, WeightTable<T> weights, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> set = weights.Of(block.Set);
        Vector128<T> wu = Vector128.Create(set[0]), wb = Vector128.Create(set[1]), wr = Vector128.Create(set[2]);
        Vector128<T> wc = Vector128.Create(set[3]), wt = Vector128.Create(set[4]);
        T* u = block.Utility, b = block.Brand, r = block.Relationship, c = block.Cost, t = block.Time, scores = block.Scores;
        var check = Vector128<T>.Zero;
        // Addresses inside a block do not overflow.
        unchecked
        {
            for (int row = 0; row < to; row += Vector128<T>.Count)
            {
                var score = (wu * Vector128.Load(u + row)) + (wb * Vector128.Load(b + row)) + (wr * Vector128.Load(r + row))
                    - (wc * Vector128.Load(c + row)) - (wt * Vector128.Load(t + row));
                score.Store(scores + row);
                check += score - score;
            }
        }

        return check == Vector128<T>.Zero;
    }

    private static bool ManySets<T>(in ScoreBlock<T> block, WeightTable<T> weights, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* u = block.Utility, b = block.Brand, r = block.Relationship, c = block.Cost, t = block.Time, scores = block.Scores;
        byte* sets = block.Sets;
        var check = Vector128<T>.Zero;
        fixed (T* table = weights.BySet)
        {
            // Addresses inside a block do not overflow.
            unchecked
            {
                for (int row = 0; row < to; row += Vector128<T>.Count)
                {
                    var score = (Weights(table, sets + row) * Vector128.Load(u + row))
                        + (Weights(table + 1, sets + row) * Vector128.Load(b + row))
                        + (Weights(table + 2, sets + row) * Vector128.Load(r + row))
                        - (Weights(table + 3, sets + row) * Vector128.Load(c + row))
                        - (Weights(table + 4, sets + row) * Vector128.Load(t + row));
                    score.Store(scores + row);
                    check += score - score;
                }
            }
        }

        return check == Vector128<T>.Zero;
    }

    private static Vector128<T> Weights<T>(T* table, byte* sets)
        where T : unmanaged
    {
        const int stride = WeightTable<double>.Stride;
        return typeof(T) == typeof(double)
            ? Vector128.Create(((double*)table)[(nuint)sets[0] * stride], ((double*)table)[(nuint)sets[1] * stride]).As<double, T>()
            : Vector128.Create(
                ((float*)table)[(nuint)sets[0] * stride],
                ((float*)table)[(nuint)sets[1] * stride],
                ((float*)table)[(nuint)sets[2] * stride],
                ((float*)table)[(nuint)sets[3] * stride]).As<float, T>();
    }
}
