using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The formula on 512 bits, sixteen sets of weights held in registers and looked up there by permutation.</summary>
internal static unsafe class PermuteKernel
{
    // A set above 15 would look up another one; one below that does not exist looks up NaN.
    private const ulong AboveFew = 0xF0F0_F0F0_F0F0_F0F0;

    internal static bool Score<T>(in ScoreBlock<T> block, WeightTable<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int head = block.PastCache ? StorePastCache.RowsBefore(block.Scores, Vector512<byte>.Count, block.Rows) : 0;
        int to = block.Rows - ((block.Rows - head) % Vector512<T>.Count);
        bool isGood = ScalarKernel.Score(block, weights, 0, head);
        isGood &= block.PastCache ? Rows<T, StorePastCache>(block, weights, head, to) : Rows<T, StoreToCache>(block, weights, head, to);
        return isGood & ScalarKernel.Score(block, weights, to, block.Rows);
    }

    private static bool Rows<T, TStore>(in ScoreBlock<T> block, WeightTable<T> weights, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStore : IStore
    {
        if (block.Sets == null)
        {
            return OneSet<T, TStore>(block, weights, from, to);
        }

        return typeof(T) == typeof(double)
            ? Doubles<TStore>(Unsafe.As<ScoreBlock<T>, ScoreBlock<double>>(ref Unsafe.AsRef(in block)), Unsafe.As<WeightTable<double>>(weights), from, to)
            : Floats<TStore>(Unsafe.As<ScoreBlock<T>, ScoreBlock<float>>(ref Unsafe.AsRef(in block)), Unsafe.As<WeightTable<float>>(weights), from, to);
    }

    private static bool OneSet<T, TStore>(in ScoreBlock<T> block, WeightTable<T> weights, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TStore : IStore
    {
        ReadOnlySpan<T> set = weights.Of(block.Set);
        Vector512<T> wu = Vector512.Create(set[0]), wb = Vector512.Create(set[1]), wr = Vector512.Create(set[2]);
        Vector512<T> wc = Vector512.Create(set[3]), wt = Vector512.Create(set[4]);
        T* u = block.Utility, b = block.Brand, r = block.Relationship, c = block.Cost, t = block.Time, scores = block.Scores;
        var check = Vector512<T>.Zero;
        // Addresses inside a block do not overflow.
        unchecked
        {
            for (int row = from; row < to; row += Vector512<T>.Count)
            {
                var score = (wu * Vector512.Load(u + row)) + (wb * Vector512.Load(b + row)) + (wr * Vector512.Load(r + row))
                    - (wc * Vector512.Load(c + row)) - (wt * Vector512.Load(t + row));
                TStore.Store(score, scores + row);
                check += score - score;
            }
        }

        return check == Vector512<T>.Zero;
    }

    private static bool Doubles<TStore>(in ScoreBlock<double> block, WeightTable<double> weights, int from, int to)
        where TStore : IStore
    {
        ref double table = ref weights.ByFactor[0];
        Vector512<double> u0 = Vector512.LoadUnsafe(ref table, 0), u1 = Vector512.LoadUnsafe(ref table, 8);
        Vector512<double> b0 = Vector512.LoadUnsafe(ref table, 16), b1 = Vector512.LoadUnsafe(ref table, 24);
        Vector512<double> r0 = Vector512.LoadUnsafe(ref table, 32), r1 = Vector512.LoadUnsafe(ref table, 40);
        Vector512<double> c0 = Vector512.LoadUnsafe(ref table, 48), c1 = Vector512.LoadUnsafe(ref table, 56);
        Vector512<double> t0 = Vector512.LoadUnsafe(ref table, 64), t1 = Vector512.LoadUnsafe(ref table, 72);
        double* u = block.Utility, b = block.Brand, r = block.Relationship, c = block.Cost, t = block.Time, scores = block.Scores;
        byte* sets = block.Sets;
        var check = Vector512<double>.Zero;
        ulong above = 0;
        // Addresses inside a block do not overflow.
        unchecked
        {
            for (int row = from; row < to; row += Vector512<double>.Count)
            {
                ulong eight = *(ulong*)(sets + row);
                above |= eight;
                Vector512<long> set = Avx512F.ConvertToVector512Int64(Vector128.CreateScalarUnsafe(eight).AsByte());
                var score = (Avx512F.PermuteVar8x64x2(u0, set, u1) * Vector512.Load(u + row))
                    + (Avx512F.PermuteVar8x64x2(b0, set, b1) * Vector512.Load(b + row))
                    + (Avx512F.PermuteVar8x64x2(r0, set, r1) * Vector512.Load(r + row))
                    - (Avx512F.PermuteVar8x64x2(c0, set, c1) * Vector512.Load(c + row))
                    - (Avx512F.PermuteVar8x64x2(t0, set, t1) * Vector512.Load(t + row));
                TStore.Store(score, scores + row);
                check += score - score;
            }
        }

        return check == Vector512<double>.Zero && (above & AboveFew) == 0;
    }

    private static bool Floats<TStore>(in ScoreBlock<float> block, WeightTable<float> weights, int from, int to)
        where TStore : IStore
    {
        ref float table = ref weights.ByFactor[0];
        Vector512<float> wu = Vector512.LoadUnsafe(ref table, 0), wb = Vector512.LoadUnsafe(ref table, 16), wr = Vector512.LoadUnsafe(ref table, 32);
        Vector512<float> wc = Vector512.LoadUnsafe(ref table, 48), wt = Vector512.LoadUnsafe(ref table, 64);
        float* u = block.Utility, b = block.Brand, r = block.Relationship, c = block.Cost, t = block.Time, scores = block.Scores;
        byte* sets = block.Sets;
        var check = Vector512<float>.Zero;
        var above = Vector128<byte>.Zero;
        // Addresses inside a block do not overflow.
        unchecked
        {
            for (int row = from; row < to; row += Vector512<float>.Count)
            {
                Vector128<byte> sixteen = Vector128.Load(sets + row);
                above |= sixteen;
                Vector512<int> set = Avx512F.ConvertToVector512Int32(sixteen);
                var score = (Avx512F.PermuteVar16x32(wu, set) * Vector512.Load(u + row))
                    + (Avx512F.PermuteVar16x32(wb, set) * Vector512.Load(b + row))
                    + (Avx512F.PermuteVar16x32(wr, set) * Vector512.Load(r + row))
                    - (Avx512F.PermuteVar16x32(wc, set) * Vector512.Load(c + row))
                    - (Avx512F.PermuteVar16x32(wt, set) * Vector512.Load(t + row));
                TStore.Store(score, scores + row);
                check += score - score;
            }
        }

        return check == Vector512<float>.Zero && (above.AsUInt64() & Vector128.Create(AboveFew)) == Vector128<ulong>.Zero;
    }
}
