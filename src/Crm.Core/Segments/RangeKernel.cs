using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Compares a column with a limit, 64 rows to a word of bits. Comparisons have the same bits in every width.</summary>
internal abstract class RangeKernel
{
    /// <summary>The rows in one word.</summary>
    internal const int Word = 64;

    private static readonly RangeKernel[] _all =
    [
        new Wide<Vector512<double>, Lanes512<double>>(), new Wide<Vector256<double>, Lanes256<double>>(), new Wide<Vector128<double>, Lanes128<double>>(), new Scalar(),
    ];

    /// <summary>Gets the kernels this machine has, the best first, the plain one last.</summary>
    internal static IReadOnlyList<RangeKernel> Supported { get; } = Array.AsReadOnly(Array.FindAll(_all, kernel => kernel.IsSupported));

    internal abstract bool IsSupported { get; }

    /// <summary>Sets the bits of the rows that are numbers.</summary>
    /// <param name="values">The rows, a whole number of words.</param>
    /// <param name="bits">A word for every 64 of them.</param>
    internal abstract void Known(ReadOnlySpan<double> values, Span<ulong> bits);

    /// <summary>Sets the bits of the rows at a limit or above it.</summary>
    internal abstract void AtLeast(ReadOnlySpan<double> values, double limit, Span<ulong> bits);

    /// <summary>Sets the bits of the rows above a limit.</summary>
    internal abstract void Above(ReadOnlySpan<double> values, double limit, Span<ulong> bits);

    /// <summary>Sets the bits of the rows at a limit or below it.</summary>
    internal abstract void AtMost(ReadOnlySpan<double> values, double limit, Span<ulong> bits);

    /// <summary>Sets the bits of the rows below a limit.</summary>
    internal abstract void Below(ReadOnlySpan<double> values, double limit, Span<ulong> bits);

    private sealed class Scalar : RangeKernel
    {
        internal override bool IsSupported => true;

        internal override void Known(ReadOnlySpan<double> values, Span<ulong> bits) => Set(values, bits, value => !double.IsNaN(value));

        internal override void AtLeast(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set(values, bits, value => value >= limit);

        internal override void Above(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set(values, bits, value => value > limit);

        internal override void AtMost(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set(values, bits, value => value <= limit);

        internal override void Below(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set(values, bits, value => value < limit);

        private static void Set(ReadOnlySpan<double> values, Span<ulong> bits, Predicate<double> holds)
        {
            bits.Clear();
            for (int row = 0; row < values.Length; row++)
            {
                bits[row / Word] |= holds(values[row]) ? 1UL << (row % Word) : 0;
            }
        }
    }

    private interface IComparison<TVector>
    {
        static abstract ulong Bits(TVector values, TVector limit);
    }

    private sealed class Wide<TVector, TLanes> : RangeKernel
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        internal override bool IsSupported => TLanes.IsSupported;

        internal override void Known(ReadOnlySpan<double> values, Span<ulong> bits) => Set<IsNumber>(values, 0, bits);

        internal override void AtLeast(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set<IsAtLeast>(values, limit, bits);

        internal override void Above(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set<IsAbove>(values, limit, bits);

        internal override void AtMost(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set<IsAtMost>(values, limit, bits);

        internal override void Below(ReadOnlySpan<double> values, double limit, Span<ulong> bits) => Set<IsBelow>(values, limit, bits);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Set<TComparison>(ReadOnlySpan<double> values, double limit, Span<ulong> bits)
            where TComparison : struct, IComparison<TVector>
        {
            ref double from = ref MemoryMarshal.GetReference(values);
            TVector against = TLanes.Fill(limit);
            unchecked
            {
                for (int word = 0; word < bits.Length; word++)
                {
                    nuint row = (nuint)(uint)word * Word;
                    ulong first = Eight<TComparison>(ref from, row, against) | (Eight<TComparison>(ref from, row + 8, against) << 8);
                    ulong second = Eight<TComparison>(ref from, row + 16, against) | (Eight<TComparison>(ref from, row + 24, against) << 8);
                    ulong third = Eight<TComparison>(ref from, row + 32, against) | (Eight<TComparison>(ref from, row + 40, against) << 8);
                    ulong fourth = Eight<TComparison>(ref from, row + 48, against) | (Eight<TComparison>(ref from, row + 56, against) << 8);
                    bits[word] = first | (second << 16) | (third << 32) | (fourth << 48);
                }
            }
        }

        // The width is a constant to the compiler: one vector of eight, two of four, or four of two, and no loop.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong Eight<TComparison>(ref double from, nuint row, TVector against)
            where TComparison : struct, IComparison<TVector>
        {
            unchecked
            {
                ulong bits = TComparison.Bits(TLanes.Load(ref from, row), against);
                if (TLanes.Count <= 4)
                {
                    bits |= TComparison.Bits(TLanes.Load(ref from, row + (nuint)TLanes.Count), against) << TLanes.Count;
                }

                if (TLanes.Count <= 2)
                {
                    bits |= (TComparison.Bits(TLanes.Load(ref from, row + 4), against) << 4) | (TComparison.Bits(TLanes.Load(ref from, row + 6), against) << 6);
                }

                return bits;
            }
        }

        private readonly struct IsNumber : IComparison<TVector>
        {
            public static ulong Bits(TVector values, TVector limit) => TLanes.EqualBits(values, values);
        }

        private readonly struct IsAtLeast : IComparison<TVector>
        {
            public static ulong Bits(TVector values, TVector limit) => TLanes.AtLeastBits(values, limit);
        }

        private readonly struct IsAbove : IComparison<TVector>
        {
            public static ulong Bits(TVector values, TVector limit) => TLanes.GreaterBits(values, limit);
        }

        private readonly struct IsAtMost : IComparison<TVector>
        {
            public static ulong Bits(TVector values, TVector limit) => TLanes.AtLeastBits(limit, values);
        }

        private readonly struct IsBelow : IComparison<TVector>
        {
            public static ulong Bits(TVector values, TVector limit) => TLanes.GreaterBits(limit, values);
        }
    }
}
