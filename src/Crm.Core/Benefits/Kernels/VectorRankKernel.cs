using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Whole vectors of offers.</summary>
/// <remarks>
/// Four customers by two vectors of offers are eight sums, enough to hide what an addition takes, and with the weights and the maxima
/// beside them they fit the 32 registers of 512 bits. A maximum is that of one lane of a group of four or eight vectors.
/// </remarks>
/// <typeparam name="T">double or float.</typeparam>
/// <typeparam name="TVector">The vector of T.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TWide">The vector of double.</typeparam>
/// <typeparam name="TWideLanes">Its operations.</typeparam>
internal sealed partial class VectorRankKernel<T, TVector, TLanes, TWide, TWideLanes> : RankKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, ILanes<TVector, T>
    where TWide : struct
    where TWideLanes : struct, ILanes<TWide, double>
{
    private const int PanelBytes = 8_192; // affinities of offers that stay in the nearest cache while all customers pass

    internal override void Fill(
        RankTable<T> table, ReadOnlySpan<int> segments, ReadOnlySpan<T> affinities, Span<T> benefits, Span<T> maxima)
    {
        if (table.Affinities == 0)
        {
            CopyBase(table, segments, benefits, maxima);
            return;
        }

        int panel = Math.Max(RankTable<T>.Padding, PanelBytes / Unsafe.SizeOf<T>() / table.Affinities / RankTable<T>.Padding * RankTable<T>.Padding);
        for (int from = 0; from < table.Offers; from += panel)
        {
            int to = Math.Min(from + panel, table.Offers);
            for (int customer = 0; customer < segments.Length; customer += Together)
            {
                FillFour(
                    table,
                    segments.Slice(customer, Together),
                    affinities.Slice(customer * table.Affinities, Together * table.Affinities),
                    benefits[(customer * table.Stride)..],
                    maxima[(customer * table.MaximaStride)..],
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
            nuint count = (nuint)table.Affinities;
            ref T a0 = ref MemoryMarshal.GetReference(affinities);
            ref T a1 = ref Unsafe.Add(ref a0, count);
            ref T a2 = ref Unsafe.Add(ref a1, count);
            ref T a3 = ref Unsafe.Add(ref a2, count);
            ref T x = ref MemoryMarshal.GetReference(benefits);
            ref T tiles = ref table.Tiles.First;
            nuint tile = 128 / (nuint)Unsafe.SizeOf<T>();
            ref T s = ref table.Base.First;
            ref T w = ref MemoryMarshal.GetArrayDataReference(table.Weights);
            nuint stride = (nuint)table.Stride;
            nuint lanes = (nuint)TLanes.Count;
            nuint s0 = (nuint)segments[0] * stride;
            nuint s1 = (nuint)segments[1] * stride;
            nuint s2 = (nuint)segments[2] * stride;
            nuint s3 = (nuint)segments[3] * stride;
            TVector w0 = TLanes.Fill(Unsafe.Add(ref w, segments[0]));
            TVector w1 = TLanes.Fill(Unsafe.Add(ref w, segments[1]));
            TVector w2 = TLanes.Fill(Unsafe.Add(ref w, segments[2]));
            TVector w3 = TLanes.Fill(Unsafe.Add(ref w, segments[3]));
            ref T m = ref MemoryMarshal.GetReference(maxima);
            nuint apart = (nuint)table.MaximaStride;
            TVector none = TLanes.Fill(T.NegativeInfinity);
            nuint vectors = (nuint)table.OffersAMaximum;
            nuint end = (nuint)to;
            for (nuint j = (nuint)from; j < end;)
            {
                TVector m0 = none;
                TVector m1 = none;
                TVector m2 = none;
                TVector m3 = none;
                nuint group = j / vectors;
                nuint stop = Math.Min(j + (vectors * lanes), end);
                for (; j < stop; j += 2 * lanes)
                {
                    nuint inTile = j % tile;
                    ref T b = ref Unsafe.Add(ref tiles, ((j - inTile) * count) + inTile);
                    TVector b0 = TLanes.Load(ref b, 0);
                    TVector b1 = TLanes.Load(ref b, lanes);
                    TVector a = TLanes.Fill(a0);
                    TVector x00 = TLanes.Multiply(a, b0);
                    TVector x01 = TLanes.Multiply(a, b1);
                    a = TLanes.Fill(a1);
                    TVector x10 = TLanes.Multiply(a, b0);
                    TVector x11 = TLanes.Multiply(a, b1);
                    a = TLanes.Fill(a2);
                    TVector x20 = TLanes.Multiply(a, b0);
                    TVector x21 = TLanes.Multiply(a, b1);
                    a = TLanes.Fill(a3);
                    TVector x30 = TLanes.Multiply(a, b0);
                    TVector x31 = TLanes.Multiply(a, b1);
                    for (nuint c = 1; c < count; c++)
                    {
                        b = ref Unsafe.Add(ref b, tile);
                        b0 = TLanes.Load(ref b, 0);
                        b1 = TLanes.Load(ref b, lanes);
                        a = TLanes.Fill(Unsafe.Add(ref a0, c));
                        x00 = TLanes.Add(x00, TLanes.Multiply(a, b0));
                        x01 = TLanes.Add(x01, TLanes.Multiply(a, b1));
                        a = TLanes.Fill(Unsafe.Add(ref a1, c));
                        x10 = TLanes.Add(x10, TLanes.Multiply(a, b0));
                        x11 = TLanes.Add(x11, TLanes.Multiply(a, b1));
                        a = TLanes.Fill(Unsafe.Add(ref a2, c));
                        x20 = TLanes.Add(x20, TLanes.Multiply(a, b0));
                        x21 = TLanes.Add(x21, TLanes.Multiply(a, b1));
                        a = TLanes.Fill(Unsafe.Add(ref a3, c));
                        x30 = TLanes.Add(x30, TLanes.Multiply(a, b0));
                        x31 = TLanes.Add(x31, TLanes.Multiply(a, b1));
                    }

                    m0 = Finish(x00, x01, w0, ref s, s0 + j, ref x, j, m0);
                    m1 = Finish(x10, x11, w1, ref s, s1 + j, ref x, stride + j, m1);
                    m2 = Finish(x20, x21, w2, ref s, s2 + j, ref x, (2 * stride) + j, m2);
                    m3 = Finish(x30, x31, w3, ref s, s3 + j, ref x, (3 * stride) + j, m3);
                }

                TLanes.Store(m0, ref m, group);
                TLanes.Store(m1, ref m, apart + group);
                TLanes.Store(m2, ref m, (2 * apart) + group);
                TLanes.Store(m3, ref m, (3 * apart) + group);
            }
        }
    }

    internal override void FindMaxima(RankTable<T> table, ReadOnlySpan<T> benefits, Span<T> maxima)
    {
        unchecked
        {
            ref T from = ref MemoryMarshal.GetReference(benefits);
            ref T to = ref MemoryMarshal.GetReference(maxima);
            nuint vectors = (nuint)table.OffersAMaximum;
            nuint lanes = (nuint)TLanes.Count;
            for (nuint at = 0, group = 0; at < (nuint)benefits.Length; group += lanes)
            {
                TVector greatest = TLanes.Load(ref from, at);
                for (nuint end = at + (vectors * lanes); at < end; at += lanes)
                {
                    greatest = TLanes.Max(greatest, TLanes.Load(ref from, at));
                }

                TLanes.Store(greatest, ref to, group);
            }
        }
    }

    internal override bool AreWithin(ReadOnlySpan<T> values, T limit)
    {
        unchecked
        {
            ref T from = ref MemoryMarshal.GetReference(values);
            TVector greatest = TLanes.Fill(limit);
            TVector least = TLanes.Fill(-limit);
            ulong within = ~0UL;
            for (nuint at = 0; at < (nuint)values.Length; at += (nuint)TLanes.Count)
            {
                TVector value = TLanes.Load(ref from, at);
                within &= TLanes.GreaterBits(greatest, value) & TLanes.GreaterBits(value, least);
            }

            return (~within & ((1UL << TLanes.Count) - 1)) == 0;
        }
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

    internal override void Exponentials(ReadOnlySpan<double> values, Span<double> to, double greatest, double inverseScale) =>
        VectorExp.OfDifferences<TWide, TWideLanes>(values, to, greatest, inverseScale);

    private void CopyBase(RankTable<T> table, ReadOnlySpan<int> segments, Span<T> benefits, Span<T> maxima)
    {
        for (int customer = 0; customer < segments.Length; customer++)
        {
            Span<T> row = benefits.Slice(customer * table.Stride, table.Width);
            table.Base.Span.Slice(segments[customer] * table.Stride, table.Width).CopyTo(row);
            FindMaxima(table, row, maxima[(customer * table.MaximaStride)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Finish(TVector dot0, TVector dot1, TVector weight, ref T s, nuint sAt, ref T x, nuint at, TVector greatest)
    {
        unchecked
        {
            nuint next = (nuint)TLanes.Count;
            TVector benefit0 = TLanes.Add(TLanes.Load(ref s, sAt), TLanes.Multiply(weight, dot0));
            TVector benefit1 = TLanes.Add(TLanes.Load(ref s, sAt + next), TLanes.Multiply(weight, dot1));
            TLanes.Store(benefit0, ref x, at);
            TLanes.Store(benefit1, ref x, at + next);
            return TLanes.Max(greatest, TLanes.Max(benefit0, benefit1));
        }
    }
}
