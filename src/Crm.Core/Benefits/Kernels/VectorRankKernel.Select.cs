using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Benefits.Kernels;

// The best of benefits that are there already: a limit from the maxima, the few values above it, and those sorted.
internal sealed partial class VectorRankKernel<T, TVector, TLanes, TWide, TWideLanes>
{
    private const int Word = 64; // offers that are looked at together: a bit each
    private const int MostFound = 64;
    private const int FoundStride = MostFound + 16; // a vector more than are found
    private const int MostKept = 2 * RankOptions.MaxTop;
    private const int LeastKept = 8;

    // Step by step for all customers, so that a machine need not wait for one before it begins the next.
    [SkipLocalsInit]
    internal override void Select(
        RankTable<T> table, ReadOnlySpan<T> benefits, Span<T> maxima, T above, int wanted, Span<T> best, Span<int> offers)
    {
        unchecked
        {
            Span<T> limits = stackalloc T[Customers];
            Span<T> found = stackalloc T[Customers * FoundStride];
            Span<int> places = stackalloc int[Customers * MostFound];
            Span<int> counts = stackalloc int[Customers];
            int customers = offers.Length / wanted;
            T least = T.BitIncrement(above);
            for (int customer = 0; customer < customers; customer += TLanes.Count)
            {
                Limits(table, ref maxima[customer * table.MaximaStride], wanted, ref limits[customer]);
            }

            for (int customer = 0; customer < customers; customer++)
            {
                limits[customer] = limits[customer] > least ? limits[customer] : least;
                counts[customer] = Find(
                    benefits.Slice(customer * table.Stride, table.Width),
                    ref maxima[customer * table.MaximaStride],
                    Word / table.OffersAMaximum,
                    limits[customer],
                    ref found[customer * FoundStride],
                    ref places[customer * MostFound]);
            }

            for (int customer = 0; customer < customers; customer++)
            {
                Span<T> list = best.Slice(customer * wanted, wanted);
                Span<int> listed = offers.Slice(customer * wanted, wanted);
                int count = counts[customer];
                if (count > MostFound)
                {
                    T below = T.BitDecrement(limits[customer]);
                    count = Insert(benefits.Slice(customer * table.Stride, table.Width), below, list, listed);
                }
                else
                {
                    Sort(ref found[customer * FoundStride], ref places[customer * MostFound], count, list, listed);
                }

                for (; count < wanted; count++)
                {
                    list[count] = T.NaN;
                    listed[count] = -1;
                }
            }
        }
    }

    // For as many customers as lanes a limit that as many values reach as are wanted, or more; -infinity where the maxima are too few to
    // tell. The customers lie side by side, and every maximum sinks through the greatest so far: no branch that a machine could guess wrong.
    [SkipLocalsInit]
    private static void Limits(RankTable<T> table, ref T maxima, int wanted, ref T limits)
    {
        unchecked
        {
            int groups = table.Width / table.OffersAMaximum / TLanes.Count;
            int vectors = Math.Max(1, LeastKept / TLanes.Count);
            while (vectors * TLanes.Count < 2 * wanted && 2 * vectors <= groups)
            {
                vectors *= 2;
            }

            int kept = vectors * TLanes.Count;
            if (kept < wanted)
            {
                TLanes.Store(TLanes.Fill(T.NegativeInfinity), ref limits, 0);
                return;
            }

            Span<T> sideBySide = stackalloc T[MostKept * TLanes.Count];
            ref T beside = ref MemoryMarshal.GetReference(sideBySide);
            Turn(ref maxima, table.MaximaStride, groups, vectors, ref beside);
            int left = wanted;
            for (; left > 4; left -= 4)
            {
                SinkFour(ref beside, kept);
            }

            TVector limit = default;
            for (; left > 0; left--)
            {
                limit = SinkOne(ref beside, kept);
            }

            TLanes.Store(limit, ref limits, 0);
        }
    }

    // Takes the four greatest of each lane out of some vectors.
    private static void SinkFour(ref T vectors, int count)
    {
        unchecked
        {
            TVector first = TLanes.Fill(T.NegativeInfinity);
            TVector second = first;
            TVector third = first;
            TVector fourth = first;
            nuint end = (nuint)(count * TLanes.Count);
            for (nuint at = 0; at < end; at += (nuint)TLanes.Count)
            {
                TVector sinking = TLanes.Load(ref vectors, at);
                TVector next = TLanes.Min(first, sinking);
                first = TLanes.Max(first, sinking);
                sinking = TLanes.Min(second, next);
                second = TLanes.Max(second, next);
                next = TLanes.Min(third, sinking);
                third = TLanes.Max(third, sinking);
                sinking = TLanes.Min(fourth, next);
                fourth = TLanes.Max(fourth, next);
                TLanes.Store(sinking, ref vectors, at);
            }
        }
    }

    private static TVector SinkOne(ref T vectors, int count)
    {
        unchecked
        {
            TVector greatest = TLanes.Fill(T.NegativeInfinity);
            nuint end = (nuint)(count * TLanes.Count);
            for (nuint at = 0; at < end; at += (nuint)TLanes.Count)
            {
                TVector sinking = TLanes.Load(ref vectors, at);
                TLanes.Store(TLanes.Min(greatest, sinking), ref vectors, at);
                greatest = TLanes.Max(greatest, sinking);
            }

            return greatest;
        }
    }

    // Makes some vectors of the maxima of each customer, and of their lanes rows of customers.
    [SkipLocalsInit]
    private static void Turn(ref T maxima, int stride, int groups, int vectors, ref T beside)
    {
        unchecked
        {
            Span<T> room = stackalloc T[MostKept * TLanes.Count];
            ref T folded = ref MemoryMarshal.GetReference(room);
            nuint lanes = (nuint)TLanes.Count;
            nuint kept = (nuint)vectors * lanes;
            nuint end = (nuint)groups * lanes;
            for (nuint customer = 0; customer < lanes; customer++)
            {
                ref T own = ref Unsafe.Add(ref maxima, customer * (nuint)stride);
                for (nuint first = 0; first < kept; first += lanes)
                {
                    TVector greatest = TLanes.Load(ref own, first);
                    for (nuint at = first + kept; at < end; at += kept)
                    {
                        greatest = TLanes.Max(greatest, TLanes.Load(ref own, at));
                    }

                    TLanes.Store(greatest, ref folded, (customer * kept) + first);
                }
            }

            for (nuint customer = 0; customer < lanes; customer++)
            {
                ref T from = ref Unsafe.Add(ref folded, customer * kept);
                ref T to = ref Unsafe.Add(ref beside, customer);
                for (nuint i = 0; i < kept; i += 4)
                {
                    to = from;
                    Unsafe.Add(ref to, lanes) = Unsafe.Add(ref from, 1);
                    Unsafe.Add(ref to, 2 * lanes) = Unsafe.Add(ref from, 2);
                    Unsafe.Add(ref to, 3 * lanes) = Unsafe.Add(ref from, 3);
                    from = ref Unsafe.Add(ref from, 4);
                    to = ref Unsafe.Add(ref to, 4 * lanes);
                }
            }
        }
    }

    // Collects what reaches a limit, in the order of the offers; answers how many, or more than there is room for.
    private static int Find(ReadOnlySpan<T> benefits, ref T maxima, int wordMaxima, T limit, ref T found, ref int places)
    {
        unchecked
        {
            ref T from = ref MemoryMarshal.GetReference(benefits);
            TVector least = TLanes.Fill(limit);
            int count = 0;
            int words = benefits.Length / Word;
            for (int start = 0; start < words; start += 64)
            {
                // First which words hold any, without a branch; then those few.
                ulong holding = words == 1 ? 1 : Holding(ref Unsafe.Add(ref maxima, start * wordMaxima), (nuint)wordMaxima, Math.Min(64, words - start), least);
                for (; holding != 0; holding &= holding - 1)
                {
                    int at = (start + BitOperations.TrailingZeroCount(holding)) * Word;
                    ulong reaching = Reaching(ref Unsafe.Add(ref from, at), least);
                    if (count + BitOperations.PopCount(reaching) > MostFound)
                    {
                        return MostFound + 1;
                    }

                    for (; reaching != 0; reaching &= reaching - 1)
                    {
                        int offer = at + BitOperations.TrailingZeroCount(reaching);
                        Unsafe.Add(ref found, count) = Unsafe.Add(ref from, offer);
                        Unsafe.Add(ref places, count) = offer;
                        count++;
                    }
                }
            }

            return count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Holding(ref T maxima, nuint wordMaxima, int words, TVector least)
    {
        unchecked
        {
            ulong holding = 0;
            for (int word = 0; word < words; word++)
            {
                TVector greatest = TLanes.Load(ref maxima, 0);
                for (nuint at = (nuint)TLanes.Count; at < wordMaxima; at += (nuint)TLanes.Count)
                {
                    greatest = TLanes.Max(greatest, TLanes.Load(ref maxima, at));
                }

                ulong any = (ulong)-(long)TLanes.AtLeastBits(greatest, least) >> 63;
                holding |= any << word;
                maxima = ref Unsafe.Add(ref maxima, wordMaxima);
            }

            return holding;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Reaching(ref T from, TVector least)
    {
        unchecked
        {
            nuint lanes = (nuint)TLanes.Count;
            ulong reaching = 0;
            for (nuint at = 0; at < Word; at += 4 * lanes)
            {
                ulong four = TLanes.AtLeastBits(TLanes.Load(ref from, at), least)
                    | (TLanes.AtLeastBits(TLanes.Load(ref from, at + lanes), least) << TLanes.Count)
                    | (TLanes.AtLeastBits(TLanes.Load(ref from, at + (2 * lanes)), least) << (2 * TLanes.Count))
                    | (TLanes.AtLeastBits(TLanes.Load(ref from, at + (3 * lanes)), least) << (3 * TLanes.Count));
                reaching |= four << (int)at;
            }

            return reaching;
        }
    }

    // The place of each is how many are greater, or equal and earlier: no branch that a machine could guess wrong.
    [SkipLocalsInit]
    private static void Sort(ref T found, ref int places, int count, Span<T> best, Span<int> offers)
    {
        unchecked
        {
            Span<T> sorted = stackalloc T[MostFound];
            Span<int> sortedPlaces = stackalloc int[MostFound];
            ref T values = ref MemoryMarshal.GetReference(sorted);
            ref int indices = ref MemoryMarshal.GetReference(sortedPlaces);
            ulong there = count == 0 ? 0 : ~0UL >> (MostFound - count); // beyond them is whatever was there before
            for (int i = 0; i < count; i++)
            {
                T own = Unsafe.Add(ref found, i);
                TVector value = TLanes.Fill(own);
                ulong before = TLanes.GreaterBits(TLanes.Load(ref found, 0), value);
                ulong equal = TLanes.EqualBits(TLanes.Load(ref found, 0), value);
                for (int j = TLanes.Count; j < count; j += TLanes.Count)
                {
                    TVector others = TLanes.Load(ref found, (nuint)j);
                    before |= TLanes.GreaterBits(others, value) << j;
                    equal |= TLanes.EqualBits(others, value) << j;
                }

                int place = BitOperations.PopCount((before & there) | (equal & ((1UL << i) - 1)));
                Unsafe.Add(ref values, place) = own;
                Unsafe.Add(ref indices, place) = Unsafe.Add(ref places, i);
            }

            int listed = Math.Min(count, best.Length);
            ref T toBest = ref MemoryMarshal.GetReference(best);
            ref int toOffers = ref MemoryMarshal.GetReference(offers);
            for (int i = 0; i < listed; i++)
            {
                Unsafe.Add(ref toBest, i) = Unsafe.Add(ref values, i);
                Unsafe.Add(ref toOffers, i) = Unsafe.Add(ref indices, i);
            }
        }
    }

    // One by one into a sorted list, whose last value is the limit once it is full.
    private static int Insert(ReadOnlySpan<T> benefits, T above, Span<T> best, Span<int> offers)
    {
        ref T from = ref MemoryMarshal.GetReference(benefits);
        ref T list = ref MemoryMarshal.GetReference(best);
        ref int indices = ref MemoryMarshal.GetReference(offers);
        int most = best.Length;
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
}
