using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crm.Core.Benefits.Kernels;

// Who would choose what, in doubles whatever the benefits are.
internal unsafe partial struct RankJob<T>
{
    private readonly void AddShares(ref RankWorker<T> worker, int segment, ReadOnlySpan<T> benefits)
    {
        Span<double> shares = worker.Shares.AsSpan(0, Table.Width);
        double greatest = Exponentials(benefits, shares);
        if (greatest > double.NegativeInfinity)
        {
            worker.Sums!.AddShares(segment, shares);
        }
    }

    private readonly double Exponentials(ReadOnlySpan<T> benefits, Span<double> exponentials)
    {
        ReadOnlySpan<double> wide = Wide(benefits, exponentials);
        double greatest = GreatestOf(wide);
        if (greatest > double.NegativeInfinity)
        {
            Kernel.Exponentials(wide, exponentials, greatest, 1 / Totals!.ShareScale!.Value);
        }

        return greatest;
    }

    // The benefits themselves where they are doubles; else as doubles, in the room that is given.
    private static ReadOnlySpan<double> Wide(ReadOnlySpan<T> benefits, Span<double> room)
    {
        if (typeof(T) == typeof(double))
        {
            return MemoryMarshal.Cast<T, double>(benefits);
        }

        ref float from = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<T, float>(benefits));
        ref double to = ref MemoryMarshal.GetReference(room[..benefits.Length]);
        for (nuint at = 0; at < (nuint)benefits.Length; at += 16)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.LoadUnsafe(ref from, at));
            lower.StoreUnsafe(ref to, at);
            upper.StoreUnsafe(ref to, at + 8);
        }

        return room[..benefits.Length];
    }

    // As many as a row has with its padding, so that no vector is left over.
    private static double GreatestOf(ReadOnlySpan<double> values)
    {
        ref double first = ref MemoryMarshal.GetReference(values);
        Vector512<double> greatest = Vector512.Create(double.NegativeInfinity);
        Vector512<double> other = greatest;
        for (nuint at = 0; at < (nuint)values.Length; at += 16)
        {
            greatest = Vector512.MaxNative(greatest, Vector512.LoadUnsafe(ref first, at));
            other = Vector512.MaxNative(other, Vector512.LoadUnsafe(ref first, at + 8));
        }

        greatest = Vector512.MaxNative(greatest, other);
        double most = greatest[0];
        for (int lane = 1; lane < 8; lane++)
        {
            most = Math.Max(most, greatest[lane]);
        }

        return most;
    }
}
