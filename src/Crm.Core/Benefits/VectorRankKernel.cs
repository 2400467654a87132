using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits;

/// <summary>Whole vectors of offers.</summary>
/// <remarks>
/// Four customers by two vectors of offers are eight sums, enough to hide what an addition takes, and with the greatest values of each
/// lane beside them they fit the 32 registers of 512 bits.
/// </remarks>
/// <typeparam name="T">double or float.</typeparam>
/// <typeparam name="TVector">The vector of T.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TWide">The vector of double.</typeparam>
/// <typeparam name="TWideLanes">Its operations.</typeparam>
internal sealed class VectorRankKernel<T, TVector, TLanes, TWide, TWideLanes> : RankKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
    where TWide : struct
    where TWideLanes : struct, ILanes<TWide, double>
{
    private const int Apart = OfferRanker.MostAffinities;
    private const int PanelBytes = 16_384; // affinities of offers that stay in the nearest cache while all customers pass
    private const int MostFound = 64; // bits of a word, and as many as the longest list

    internal override int Maxima => 2 * TLanes.Count;

    internal override void Fill(
        RankTable<T> table, ReadOnlySpan<int> segments, ReadOnlySpan<T> affinities, Span<T> benefits, Span<T> maxima)
    {
        if (table.Affinities == 0)
        {
            CopyBase(table, segments, benefits, maxima);
            return;
        }

        maxima.Fill(T.NegativeInfinity);
        int panel = Math.Max(RankTable<T>.Padding, PanelBytes / Unsafe.SizeOf<T>() / table.Affinities / RankTable<T>.Padding * RankTable<T>.Padding);
        for (int from = 0; from < table.Offers; from += panel)
        {
            int to = Math.Min(from + panel, table.Offers);
            for (int customer = 0; customer < segments.Length; customer += Together)
            {
                FillFour(
                    table,
                    segments.Slice(customer, Together),
                    affinities[(customer * Apart)..],
                    benefits[(customer * table.Stride)..],
                    maxima[(customer * Maxima)..],
                    from,
                    to);
            }
        }
    }

    private static void FillFour(
        RankTable<T> table, ReadOnlySpan<int> segments, ReadOnlySpan<T> affinities, Span<T> benefits, Span<T> maxima, int from, int to)
    {
        unchecked
        {
            ref T a = ref MemoryMarshal.GetReference(affinities);
            ref T b = ref table.Transposed.First;
            ref T x = ref MemoryMarshal.GetReference(benefits);
            ref T s = ref table.Base.First;
            ref T w = ref MemoryMarshal.GetArrayDataReference(table.Weights);
            nuint stride = (nuint)table.Stride;
            nuint end = (nuint)((to + TLanes.Count - 1) / TLanes.Count * TLanes.Count);
            nuint lanes = (nuint)TLanes.Count;
            nuint last = (nuint)table.Affinities * stride;
            nuint s0 = (nuint)segments[0] * stride;
            nuint s1 = (nuint)segments[1] * stride;
            nuint s2 = (nuint)segments[2] * stride;
            nuint s3 = (nuint)segments[3] * stride;
            TVector w0 = TLanes.Fill(Unsafe.Add(ref w, segments[0]));
            TVector w1 = TLanes.Fill(Unsafe.Add(ref w, segments[1]));
            TVector w2 = TLanes.Fill(Unsafe.Add(ref w, segments[2]));
            TVector w3 = TLanes.Fill(Unsafe.Add(ref w, segments[3]));
            ref T m = ref MemoryMarshal.GetReference(maxima);
            TVector m00 = TLanes.Load(ref m, 0);
            TVector m01 = TLanes.Load(ref m, lanes);
            TVector m10 = TLanes.Load(ref m, 2 * lanes);
            TVector m11 = TLanes.Load(ref m, 3 * lanes);
            TVector m20 = TLanes.Load(ref m, 4 * lanes);
            TVector m21 = TLanes.Load(ref m, 5 * lanes);
            TVector m30 = TLanes.Load(ref m, 6 * lanes);
            TVector m31 = TLanes.Load(ref m, 7 * lanes);
            nuint j = (nuint)from;
            for (; j + (2 * lanes) <= end; j += 2 * lanes)
            {
                TVector b0 = TLanes.Load(ref b, j);
                TVector b1 = TLanes.Load(ref b, j + lanes);
                TVector a0 = TLanes.Fill(a);
                TVector a1 = TLanes.Fill(Unsafe.Add(ref a, Apart));
                TVector a2 = TLanes.Fill(Unsafe.Add(ref a, 2 * Apart));
                TVector a3 = TLanes.Fill(Unsafe.Add(ref a, 3 * Apart));
                TVector x00 = TLanes.Multiply(a0, b0);
                TVector x01 = TLanes.Multiply(a0, b1);
                TVector x10 = TLanes.Multiply(a1, b0);
                TVector x11 = TLanes.Multiply(a1, b1);
                TVector x20 = TLanes.Multiply(a2, b0);
                TVector x21 = TLanes.Multiply(a2, b1);
                TVector x30 = TLanes.Multiply(a3, b0);
                TVector x31 = TLanes.Multiply(a3, b1);
                ref T ac = ref Unsafe.Add(ref a, 1);
                for (nuint c = stride; c < last; c += stride)
                {
                    b0 = TLanes.Load(ref b, c + j);
                    b1 = TLanes.Load(ref b, c + j + lanes);
                    a0 = TLanes.Fill(ac);
                    x00 = TLanes.Add(x00, TLanes.Multiply(a0, b0));
                    x01 = TLanes.Add(x01, TLanes.Multiply(a0, b1));
                    a1 = TLanes.Fill(Unsafe.Add(ref ac, Apart));
                    x10 = TLanes.Add(x10, TLanes.Multiply(a1, b0));
                    x11 = TLanes.Add(x11, TLanes.Multiply(a1, b1));
                    a2 = TLanes.Fill(Unsafe.Add(ref ac, 2 * Apart));
                    x20 = TLanes.Add(x20, TLanes.Multiply(a2, b0));
                    x21 = TLanes.Add(x21, TLanes.Multiply(a2, b1));
                    a3 = TLanes.Fill(Unsafe.Add(ref ac, 3 * Apart));
                    x30 = TLanes.Add(x30, TLanes.Multiply(a3, b0));
                    x31 = TLanes.Add(x31, TLanes.Multiply(a3, b1));
                    ac = ref Unsafe.Add(ref ac, 1);
                }

                m00 = Finish(x00, w0, ref s, s0 + j, ref x, j, m00);
                m01 = Finish(x01, w0, ref s, s0 + j + lanes, ref x, j + lanes, m01);
                m10 = Finish(x10, w1, ref s, s1 + j, ref x, stride + j, m10);
                m11 = Finish(x11, w1, ref s, s1 + j + lanes, ref x, stride + j + lanes, m11);
                m20 = Finish(x20, w2, ref s, s2 + j, ref x, (2 * stride) + j, m20);
                m21 = Finish(x21, w2, ref s, s2 + j + lanes, ref x, (2 * stride) + j + lanes, m21);
                m30 = Finish(x30, w3, ref s, s3 + j, ref x, (3 * stride) + j, m30);
                m31 = Finish(x31, w3, ref s, s3 + j + lanes, ref x, (3 * stride) + j + lanes, m31);
            }

            if (j < end)
            {
                m00 = Finish(Dot(ref a, ref b, j, stride, last), w0, ref s, s0 + j, ref x, j, m00);
                m10 = Finish(Dot(ref Unsafe.Add(ref a, Apart), ref b, j, stride, last), w1, ref s, s1 + j, ref x, stride + j, m10);
                m20 = Finish(Dot(ref Unsafe.Add(ref a, 2 * Apart), ref b, j, stride, last), w2, ref s, s2 + j, ref x, (2 * stride) + j, m20);
                m30 = Finish(Dot(ref Unsafe.Add(ref a, 3 * Apart), ref b, j, stride, last), w3, ref s, s3 + j, ref x, (3 * stride) + j, m30);
            }

            TLanes.Store(m00, ref m, 0);
            TLanes.Store(m01, ref m, lanes);
            TLanes.Store(m10, ref m, 2 * lanes);
            TLanes.Store(m11, ref m, 3 * lanes);
            TLanes.Store(m20, ref m, 4 * lanes);
            TLanes.Store(m21, ref m, 5 * lanes);
            TLanes.Store(m30, ref m, 6 * lanes);
            TLanes.Store(m31, ref m, 7 * lanes);
        }
    }

    internal override void FindMaxima(ReadOnlySpan<T> benefits, Span<T> maxima)
    {
        ref T from = ref MemoryMarshal.GetReference(benefits);
        TVector m0 = TLanes.Fill(T.NegativeInfinity);
        TVector m1 = m0;
        for (int j = 0; j < benefits.Length; j += 2 * TLanes.Count)
        {
            m0 = TLanes.Max(m0, TLanes.Load(ref from, (nuint)j));
            m1 = TLanes.Max(m1, TLanes.Load(ref from, (nuint)(j + TLanes.Count)));
        }

        TLanes.Store(m0, ref MemoryMarshal.GetReference(maxima), 0);
        TLanes.Store(m1, ref MemoryMarshal.GetReference(maxima), (nuint)TLanes.Count);
    }

    [SkipLocalsInit]
    internal override int Scan(ReadOnlySpan<T> benefits, T above, int most, Span<T> best, Span<int> offers)
    {
        if (above == T.NegativeInfinity)
        {
            return ScanSorting(benefits, above, most, best, offers);
        }

        unchecked
        {
            ref T from = ref MemoryMarshal.GetReference(benefits);
            Span<T> found = stackalloc T[MostFound];
            Span<int> places = stackalloc int[MostFound];
            ref T firstFound = ref MemoryMarshal.GetReference(found);
            ref int firstPlace = ref MemoryMarshal.GetReference(places);
            int lanes = TLanes.Count;
            int count = 0;
            TVector limit = TLanes.Fill(above);
            int group = 4 * lanes;
            for (int start = 0; start < benefits.Length; start += 64 * group)
            {
                // First which groups hold any, without a branch; then those few.
                int groups = Math.Min(64, (benefits.Length - start) / group);
                ulong holding = 0;
                for (int i = 0; i < groups; i++)
                {
                    nuint at = (nuint)(start + (i * group));
                    TVector greatest = TLanes.Max(
                        TLanes.Max(TLanes.Load(ref from, at), TLanes.Load(ref from, at + (nuint)lanes)),
                        TLanes.Max(TLanes.Load(ref from, at + (nuint)(2 * lanes)), TLanes.Load(ref from, at + (nuint)(3 * lanes))));
                    ulong any = (ulong)-(long)TLanes.GreaterBits(greatest, limit) >> 63;
                    holding |= any << i;
                }

                for (; holding != 0; holding &= holding - 1)
                {
                    int at = start + (BitOperations.TrailingZeroCount(holding) * group);
                    ulong greater = TLanes.GreaterBits(TLanes.Load(ref from, (nuint)at), limit)
                        | (TLanes.GreaterBits(TLanes.Load(ref from, (nuint)(at + lanes)), limit) << lanes)
                        | (TLanes.GreaterBits(TLanes.Load(ref from, (nuint)(at + (2 * lanes))), limit) << (2 * lanes))
                        | (TLanes.GreaterBits(TLanes.Load(ref from, (nuint)(at + (3 * lanes))), limit) << (3 * lanes));
                    if (count + BitOperations.PopCount(greater) > MostFound)
                    {
                        return ScanSorting(benefits, above, most, best, offers);
                    }

                    do
                    {
                        int offer = at + BitOperations.TrailingZeroCount(greater);
                        Unsafe.Add(ref firstFound, count) = Unsafe.Add(ref from, offer);
                        Unsafe.Add(ref firstPlace, count) = offer;
                        count++;
                        greater &= greater - 1;
                    }
                    while (greater != 0);
                }
            }

            Sort(found, places, count, best, offers);
            return Math.Min(count, most);
        }
    }

    // The place of each is how many are greater, or equal and earlier: no branch that a machine could guess wrong.
    private static void Sort(Span<T> found, ReadOnlySpan<int> places, int count, Span<T> best, Span<int> offers)
    {
        unchecked
        {
            ref T first = ref MemoryMarshal.GetReference(found);
            int end = (count + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
            found[count..end].Fill(T.NegativeInfinity);
            for (int i = 0; i < count; i++)
            {
                TVector value = TLanes.Fill(Unsafe.Add(ref first, i));
                ulong before = 0;
                ulong equal = 0;
                for (int j = 0; j < end; j += TLanes.Count)
                {
                    TVector others = TLanes.Load(ref first, (nuint)j);
                    before |= TLanes.GreaterBits(others, value) << j;
                    equal |= TLanes.EqualBits(others, value) << j;
                }

                int place = BitOperations.PopCount(before | (equal & ((1UL << i) - 1)));
                best[place] = Unsafe.Add(ref first, i);
                offers[place] = places[i];
            }
        }
    }

    // One by one into a sorted list, whose last value is the limit once it is full.
    private static int ScanSorting(ReadOnlySpan<T> benefits, T above, int most, Span<T> best, Span<int> offers)
    {
        ref T from = ref MemoryMarshal.GetReference(benefits);
        ref T list = ref MemoryMarshal.GetReference(best);
        ref int indices = ref MemoryMarshal.GetReference(offers);
        int count = 0;
        TVector limit = TLanes.Fill(above);
        for (int at = 0; at < benefits.Length; at += TLanes.Count)
        {
            ulong greater = TLanes.GreaterBits(TLanes.Load(ref from, (nuint)at), limit);
            if (greater == 0)
            {
                continue;
            }

            for (; greater != 0; greater &= greater - 1)
            {
                int offer = at + BitOperations.TrailingZeroCount(greater);
                T value = Unsafe.Add(ref from, offer);
                if (value > above) // the limit may have risen within the vector
                {
                    count = Insert(ref list, ref indices, count, most, value, offer);
                    above = count == most ? Unsafe.Add(ref list, count - 1) : above;
                }
            }

            limit = TLanes.Fill(above);
        }

        return count;
    }

    internal override bool Exclude(Span<T> benefits, ReadOnlySpan<T> floors)
    {
        ref T from = ref MemoryMarshal.GetReference(benefits);
        ref T floor = ref MemoryMarshal.GetReference(floors);
        TVector none = TLanes.Fill(T.NegativeInfinity);
        bool equal = false;
        for (int j = 0; j < benefits.Length; j += TLanes.Count)
        {
            TVector value = TLanes.Load(ref from, (nuint)j);
            TVector least = TLanes.Load(ref floor, (nuint)j);
            equal |= TLanes.AnyEqual(value, least);
            TLanes.Store(TLanes.WhereGreater(least, value, none, value), ref from, (nuint)j);
        }

        return equal;
    }

    internal override void Exponentials(Span<double> values, double greatest, double inverseScale) =>
        VectorExp.OfDifferences<TWide, TWideLanes>(values, greatest, inverseScale);

    private void CopyBase(RankTable<T> table, ReadOnlySpan<int> segments, Span<T> benefits, Span<T> maxima)
    {
        for (int customer = 0; customer < segments.Length; customer++)
        {
            Span<T> row = benefits.Slice(customer * table.Stride, table.Width);
            table.Base.Span.Slice(segments[customer] * table.Stride, table.Width).CopyTo(row);
            FindMaxima(row, maxima[(customer * Maxima)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finish(TVector dot, TVector weight, ref T s, nuint sAt, ref T x, nuint at, TVector greatest)
    {
        TVector benefit = TLanes.Add(TLanes.Load(ref s, sAt), TLanes.Multiply(weight, dot));
        TLanes.Store(benefit, ref x, at);
        return TLanes.Max(greatest, benefit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Dot(ref T a, ref T b, nuint j, nuint stride, nuint last)
    {
        unchecked
        {
            TVector sum = TLanes.Multiply(TLanes.Fill(a), TLanes.Load(ref b, j));
            for (nuint c = stride; c < last; c += stride)
            {
                a = ref Unsafe.Add(ref a, 1);
                sum = TLanes.Add(sum, TLanes.Multiply(TLanes.Fill(a), TLanes.Load(ref b, c + j)));
            }

            return sum;
        }
    }
}
