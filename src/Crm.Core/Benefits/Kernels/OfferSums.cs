using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The sums of a block of rows, or of all blocks so far.</summary>
internal sealed class OfferSums
{
    // A power of two: sums of benefits at the end of the range stay in it, and no digit is lost.
    private static readonly double _benefitScale = Math.ScaleB(1, -70);

    internal OfferSums(int segments, int offers, bool withShares)
    {
        Segments = segments;
        Offers = offers;
        Stride = RankTable<double>.StrideOf(offers);
        Customers = new long[segments];
        FirstChoices = new long[segments * Stride];
        Benefits = new double[segments];
        Sharers = new long[segments];
        Shares = withShares ? new double[segments * Stride] : [];
    }

    internal int Segments { get; }

    internal int Offers { get; }

    internal int Stride { get; }

    internal long[] Customers { get; }

    internal long[] FirstChoices { get; }

    /// <summary>The sum of the benefits of first choices, scaled.</summary>
    internal double[] Benefits { get; }

    /// <summary>How many customers may have any offer.</summary>
    internal long[] Sharers { get; }

    internal double[] Shares { get; }

    internal void AddFirst(int segment, int offer, double benefit)
    {
        FirstChoices[(segment * Stride) + offer]++;
        Benefits[segment] += benefit * _benefitScale;
    }

    internal double MeanBenefit(int segment, long choosers) => Benefits[segment] / choosers / _benefitScale;

    /// <summary>
    /// Adds exponentials, divided by their sum, to the shares. Two times eight lanes, so that one sum need not wait for the other, then the
    /// lanes in order, whatever the width.
    /// </summary>
    internal void AddShares(int segment, ReadOnlySpan<double> exponentials)
    {
        ref double from = ref MemoryMarshal.GetReference(exponentials);
        Vector512<double> lanes = default;
        Vector512<double> others = default;
        for (nuint j = 0; j < (nuint)exponentials.Length; j += 16)
        {
            lanes += Vector512.LoadUnsafe(ref from, j);
            others += Vector512.LoadUnsafe(ref from, j + 8);
        }

        lanes += others;

        double sum = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            sum += lanes[lane];
        }

        Sharers[segment]++;
        Vector512<double> inverse = Vector512.Create(1 / sum);
        ref double to = ref Shares[segment * Stride];
        for (nuint j = 0; j < (nuint)exponentials.Length; j += 8)
        {
            (Vector512.LoadUnsafe(ref to, j) + (Vector512.LoadUnsafe(ref from, j) * inverse)).StoreUnsafe(ref to, j);
        }
    }

    /// <summary>Takes over the sums of the next block, which is empty afterwards.</summary>
    internal void Take(OfferSums block)
    {
        Add(Customers, block.Customers);
        Add(FirstChoices, block.FirstChoices);
        Add(Benefits, block.Benefits);
        Add(Sharers, block.Sharers);
        Add(Shares, block.Shares);
        block.Clear();
    }

    internal void Clear()
    {
        Array.Clear(Customers);
        Array.Clear(FirstChoices);
        Array.Clear(Benefits);
        Array.Clear(Sharers);
        Array.Clear(Shares);
    }

    private static void Add<T>(T[] to, T[] from)
        where T : INumber<T>
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
