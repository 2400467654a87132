using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Numerics;

/// <summary>e^x for x of 0 or less, with the same bits on every width: within 2 units in the last place, and 0 below -708.</summary>
/// <remarks>
/// x = n ln 2 + r with n whole and |r| at most ln 2 / 2 (Cody and Waite: ln 2 in two parts, the first short enough for n times it to
/// be exact); e^r by its series to r^13, whose rest is below 5e-18; times 2^n. Multiplied and added apart: a fused step would round
/// differently by machine.
/// </remarks>
internal static class VectorExp
{
    internal const double Least = -708;

    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.693147180369123816490; // 32 bits, of which the rest are 0
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Rounder = 6755399441055744; // 1.5 * 2^52: what is added to it is rounded to a whole number, in its low bits

    /// <summary>Works out e^((value - greatest) * inverseScale) of each value, which is the greatest at most, and may be -infinity.</summary>
    internal static void OfDifferences<TVector, TLanes>(ReadOnlySpan<double> values, Span<double> to, double greatest, double inverseScale)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        ref double first = ref MemoryMarshal.GetReference(values);
        ref double firstTo = ref MemoryMarshal.GetReference(to[..values.Length]);
        int at = 0;
        if (TLanes.Count <= values.Length)
        {
            TVector top = TLanes.Fill(greatest);
            TVector inverse = TLanes.Fill(inverseScale);
            for (; at <= values.Length - TLanes.Count; at += TLanes.Count)
            {
                TVector x = TLanes.Multiply(TLanes.Subtract(TLanes.Load(ref first, (nuint)at), top), inverse);
                TLanes.Store(Of<TVector, TLanes>(x), ref firstTo, (nuint)at);
            }
        }

        OfDifferences(values[at..], to[at..], greatest, inverseScale);
    }

    /// <summary>The same, one by one.</summary>
    internal static void OfDifferences(ReadOnlySpan<double> values, Span<double> to, double greatest, double inverseScale)
    {
        for (int i = 0; i < values.Length; i++)
        {
            to[i] = Of((values[i] - greatest) * inverseScale);
        }
    }

    internal static double Of(double x)
    {
        if (!(x > Least))
        {
            return 0;
        }

        double shifted = (x * Log2E) + Rounder;
        double n = shifted - Rounder;
        double r = (x - (n * Ln2High)) - (n * Ln2Low);
        double p = 1 / 6227020800d;
        p = (p * r) + (1 / 479001600d);
        p = (p * r) + (1 / 39916800d);
        p = (p * r) + (1 / 3628800d);
        p = (p * r) + (1 / 362880d);
        p = (p * r) + (1 / 40320d);
        p = (p * r) + (1 / 5040d);
        p = (p * r) + (1 / 720d);
        p = (p * r) + (1 / 120d);
        p = (p * r) + (1 / 24d);
        p = (p * r) + (1 / 6d);
        p = (p * r) + 0.5;
        p = (p * (r * r)) + r;
        return (p + 1) * BitConverter.Int64BitsToDouble(unchecked((BitConverter.DoubleToInt64Bits(shifted) + 1023) << 52));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Of<TVector, TLanes>(TVector x)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        TVector rounder = TLanes.Fill(Rounder);
        TVector shifted = TLanes.Add(TLanes.Multiply(x, TLanes.Fill(Log2E)), rounder);
        TVector n = TLanes.Subtract(shifted, rounder);
        TVector r = TLanes.Subtract(
            TLanes.Subtract(x, TLanes.Multiply(n, TLanes.Fill(Ln2High))), TLanes.Multiply(n, TLanes.Fill(Ln2Low)));
        TVector p = TLanes.Fill(1 / 6227020800d);
        p = Next<TVector, TLanes>(p, r, 1 / 479001600d);
        p = Next<TVector, TLanes>(p, r, 1 / 39916800d);
        p = Next<TVector, TLanes>(p, r, 1 / 3628800d);
        p = Next<TVector, TLanes>(p, r, 1 / 362880d);
        p = Next<TVector, TLanes>(p, r, 1 / 40320d);
        p = Next<TVector, TLanes>(p, r, 1 / 5040d);
        p = Next<TVector, TLanes>(p, r, 1 / 720d);
        p = Next<TVector, TLanes>(p, r, 1 / 120d);
        p = Next<TVector, TLanes>(p, r, 1 / 24d);
        p = Next<TVector, TLanes>(p, r, 1 / 6d);
        p = Next<TVector, TLanes>(p, r, 0.5);
        p = TLanes.Add(TLanes.Multiply(p, TLanes.Multiply(r, r)), r);
        TVector value = TLanes.Multiply(TLanes.Add(p, TLanes.Fill(1)), TLanes.PowerOfTwo(shifted));
        return TLanes.WhereGreater(x, TLanes.Fill(Least), value, TLanes.Fill(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next<TVector, TLanes>(TVector p, TVector r, double coefficient)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double> => TLanes.Add(TLanes.Multiply(p, r), TLanes.Fill(coefficient));
}
