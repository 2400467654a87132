using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The formula on 256 bits, weights read set by set and turned into columns.</summary>
internal static unsafe class Avx2Kernel
{
    internal static bool Score<T>(in ScoreBlock<T> block, WeightTable<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = Vector256<T>.Count;
        int head = block.PastCache ? StorePastCache.RowsBefore(block.Scores, Vector256<byte>.Count, block.Rows) : 0;
        bool isGood = ScalarKernel.Score(block, weights, 0, head);
        int to = block.Rows - ((block.Rows - head) % lanes);
        isGood &= block.Sets == null ? OneSet(block, weights, head, to) : ManySets(block, weights, head, to);
        return isGood & ScalarKernel.Score(block, weights, to, block.Rows);
    }

    private static bool OneSet<T>(in ScoreBlock<T> block, WeightTable<T> weights, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> set = weights.Of(block.Set);
        Vector256<T> u = Vector256.Create(set[0]), b = Vector256.Create(set[1]), r = Vector256.Create(set[2]);
        Vector256<T> c = Vector256.Create(set[3]), t = Vector256.Create(set[4]);
        var check = Vector256<T>.Zero;
        // Addresses inside a block do not overflow.
        unchecked
        {
            for (int row = from; row < to; row += Vector256<T>.Count)
            {
                var score = (u * Vector256.Load(block.Utility + row)) + (b * Vector256.Load(block.Brand + row)) + (r * Vector256.Load(block.Relationship + row))
                    - (c * Vector256.Load(block.Cost + row)) - (t * Vector256.Load(block.Time + row));
                Store(score, block.Scores + row, block.PastCache);
                check += score - score;
            }
        }

        return check == Vector256<T>.Zero;
    }

    private static bool ManySets<T>(in ScoreBlock<T> block, WeightTable<T> weights, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* u = block.Utility, b = block.Brand, r = block.Relationship, c = block.Cost, t = block.Time, scores = block.Scores;
        byte* sets = block.Sets;
        var check = Vector256<T>.Zero;
        fixed (T* table = weights.BySet)
        {
            // Addresses inside a block do not overflow.
            unchecked
            {
                for (int row = from; row < to; row += Vector256<T>.Count)
                {
                    var (wu, wb, wr, wc, wt) = Weights(table, sets + row);
                    var score = (wu * Vector256.Load(u + row)) + (wb * Vector256.Load(b + row)) + (wr * Vector256.Load(r + row))
                        - (wc * Vector256.Load(c + row)) - (wt * Vector256.Load(t + row));
                    Store(score, scores + row, block.PastCache);
                    check += score - score;
                }
            }
        }

        return check == Vector256<T>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<T> U, Vector256<T> B, Vector256<T> R, Vector256<T> C, Vector256<T> T) Weights<T>(T* table, byte* sets)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            var (u, b, r, c, t) = OfDoubles((double*)table, sets);
            return (u.As<double, T>(), b.As<double, T>(), r.As<double, T>(), c.As<double, T>(), t.As<double, T>());
        }
        else
        {
            var (u, b, r, c, t) = OfFloats((float*)table, sets);
            return (u.As<float, T>(), b.As<float, T>(), r.As<float, T>(), c.As<float, T>(), t.As<float, T>());
        }
    }

    // Four rows: two weights of rows 0 and 2 beside two of rows 1 and 3, then the first of each and the second of each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> U, Vector256<double> B, Vector256<double> R, Vector256<double> C, Vector256<double> T) OfDoubles(double* table, byte* sets)
    {
        double* w0 = SetOf(table, sets[0]), w1 = SetOf(table, sets[1]), w2 = SetOf(table, sets[2]), w3 = SetOf(table, sets[3]);
        Vector256<double> ub02 = Pair(w0, w2), ub13 = Pair(w1, w3), rc02 = Pair(w0 + 2, w2 + 2), rc13 = Pair(w1 + 2, w3 + 2);
        return (
            Avx.UnpackLow(ub02, ub13),
            Avx.UnpackHigh(ub02, ub13),
            Avx.UnpackLow(rc02, rc13),
            Avx.UnpackHigh(rc02, rc13),
            Avx.UnpackLow(Pair(w0 + 4, w2 + 4), Pair(w1 + 4, w3 + 4)));
    }

    // Eight rows: four weights of row k beside those of row k + 4, turned four by four in each half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> U, Vector256<float> B, Vector256<float> R, Vector256<float> C, Vector256<float> T) OfFloats(float* table, byte* sets)
    {
        float* w0 = SetOf(table, sets[0]), w1 = SetOf(table, sets[1]), w2 = SetOf(table, sets[2]), w3 = SetOf(table, sets[3]);
        float* w4 = SetOf(table, sets[4]), w5 = SetOf(table, sets[5]), w6 = SetOf(table, sets[6]), w7 = SetOf(table, sets[7]);
        var (u, b, r, c) = Turned(Pair(w0, w4), Pair(w1, w5), Pair(w2, w6), Pair(w3, w7));
        Vector256<float> t01 = Avx.UnpackLow(Pair(w0 + 4, w4 + 4), Pair(w1 + 4, w5 + 4));
        Vector256<float> t23 = Avx.UnpackLow(Pair(w2 + 4, w6 + 4), Pair(w3 + 4, w7 + 4));
        return (u, b, r, c, Avx.UnpackLow(t01.AsDouble(), t23.AsDouble()).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) Turned(
        Vector256<float> row0, Vector256<float> row1, Vector256<float> row2, Vector256<float> row3)
    {
        Vector256<double> low01 = Avx.UnpackLow(row0, row1).AsDouble(), low23 = Avx.UnpackLow(row2, row3).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(row0, row1).AsDouble(), high23 = Avx.UnpackHigh(row2, row3).AsDouble();
        return (
            Avx.UnpackLow(low01, low23).AsSingle(),
            Avx.UnpackHigh(low01, low23).AsSingle(),
            Avx.UnpackLow(high01, high23).AsSingle(),
            Avx.UnpackHigh(high01, high23).AsSingle());
    }

    private static T* SetOf<T>(T* table, byte set)
        where T : unmanaged => unchecked(table + ((nuint)set * WeightTable<double>.Stride));

    private static Vector256<T> Pair<T>(T* low, T* high)
        where T : unmanaged => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    private static void Store<T>(Vector256<T> score, T* destination, bool isPastCache)
        where T : unmanaged
    {
        if (isPastCache)
        {
            score.StoreAlignedNonTemporal(destination);
        }
        else
        {
            score.Store(destination);
        }
    }
}
