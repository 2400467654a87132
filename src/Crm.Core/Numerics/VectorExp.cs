using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Numerics;

/// <summary>e^x for x up to 708, with the same bits on every width: within 2 units in the last place, and 0 below -708.</summary>
/// <remarks>
/// x = n ln 2 + r with n whole and |r| at most ln 2 / 2 (Cody and Waite: ln 2 in two parts, the first short enough for n times it to
/// be exact); e^r by its series to r^13, whose rest is below 5e-18; times 2^n. Multiplied and added apart: a fused step would round
/// differently by machine.
/// </remarks>
internal static class VectorExp
{
    internal const double Least = -708;

    private const double Log2E = 1.4426950408889634;
    internal const double Ln2High = 0.693147180369123816490; // 32 bits, of which the rest are 0
    internal const double Ln2Low = 1.90821492927058770002e-10;
    private const double Rounder = 6755399441055744; // 1.5 * 2^52: what is added to it is rounded to a whole number, in its low bits

    // The series of (e^r - 1 - r) / r². Its terms are summed in three lots of four (Estrin), so that none has to wait for all the others.
    private const double C0 = 0.5;
    private const double C1 = 1 / 6d;
    private const double C2 = 1 / 24d;
    private const double C3 = 1 / 120d;
    private const double C4 = 1 / 720d;
    private const double C5 = 1 / 5040d;
    private const double C6 = 1 / 40320d;
    private const double C7 = 1 / 362880d;
    private const double C8 = 1 / 3628800d;
    private const double C9 = 1 / 39916800d;
    private const double C10 = 1 / 479001600d;
    private const double C11 = 1 / 6227020800d;

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
        double square = r * r;
        double fourth = square * square;
        double p0 = (((r * C3) + C2) * square) + ((r * C1) + C0);
        double p1 = (((r * C7) + C6) * square) + ((r * C5) + C4);
        double p2 = (((r * C11) + C10) * square) + ((r * C9) + C8);
        double p = (p2 * (fourth * fourth)) + ((p1 * fourth) + p0);
        p = (p * square) + r;
        return (p + 1) * BitConverter.Int64BitsToDouble(unchecked((BitConverter.DoubleToInt64Bits(shifted) + 1023) << 52));
    }

    /// <summary>The same in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Of<TVector, TLanes>(TVector x)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        TVector p = LessOne<TVector, TLanes>(x, out TVector power);
        TVector value = TLanes.Multiply(TLanes.Add(p, TLanes.Fill(1)), power);
        return TLanes.WhereGreater(x, TLanes.Fill(Least), value, TLanes.Fill(0));
    }

    /// <summary>e^r − 1 in every lane, and 2^n, with x = n ln 2 + r; for x from <see cref="Least"/> to its negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector LessOne<TVector, TLanes>(TVector x, out TVector power)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        TVector rounder = TLanes.Fill(Rounder);
        TVector shifted = TLanes.Add(TLanes.Multiply(x, TLanes.Fill(Log2E)), rounder);
        TVector n = TLanes.Subtract(shifted, rounder);
        power = TLanes.PowerOfTwo(shifted);
        TVector r = TLanes.Subtract(
            TLanes.Subtract(x, TLanes.Multiply(n, TLanes.Fill(Ln2High))), TLanes.Multiply(n, TLanes.Fill(Ln2Low)));
        TVector square = TLanes.Multiply(r, r);
        TVector fourth = TLanes.Multiply(square, square);
        TVector p0 = Four<TVector, TLanes>(r, square, C0, C1, C2, C3);
        TVector p1 = Four<TVector, TLanes>(r, square, C4, C5, C6, C7);
        TVector p2 = Four<TVector, TLanes>(r, square, C8, C9, C10, C11);
        TVector p = TLanes.Add(
            TLanes.Multiply(p2, TLanes.Multiply(fourth, fourth)), TLanes.Add(TLanes.Multiply(p1, fourth), p0));
        return TLanes.Add(TLanes.Multiply(p, square), r);
    }

    // (c3 r + c2) r² + (c1 r + c0)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Four<TVector, TLanes>(TVector r, TVector square, double c0, double c1, double c2, double c3)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        TVector low = TLanes.Add(TLanes.Multiply(r, TLanes.Fill(c1)), TLanes.Fill(c0));
        TVector high = TLanes.Add(TLanes.Multiply(r, TLanes.Fill(c3)), TLanes.Fill(c2));
        return TLanes.Add(TLanes.Multiply(high, square), low);
    }
}
