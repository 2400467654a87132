using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits;

/// <summary>The arithmetic of a ranking, for one width of vectors. Lane = offer, so that every width gives the same bits.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal abstract class RankKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most customers that are worked on together, so that the affinities of an offer are near for all of them.</summary>
    internal const int Customers = 16;

    /// <summary>How many customers share the registers.</summary>
    internal const int Together = 4;

    /// <summary>The most maxima of a customer: two vectors of 512 bits of floats.</summary>
    internal const int MostMaxima = 32;

    /// <summary>Gets how many maxima are kept for a customer.</summary>
    internal abstract int Maxima { get; }

    /// <summary>Fills the benefits of some customers, and the greatest of each lane.</summary>
    /// <param name="table">The tables.</param>
    /// <param name="segments">The segment of each; 4 customers, or 8, 12 or 16.</param>
    /// <param name="affinities">Their affinities, <see cref="OfferRanker.MostAffinities"/> apart.</param>
    /// <param name="benefits">A row of the table's stride for each. Beyond the offers they are -infinity, or left as they are.</param>
    /// <param name="maxima">A row of <see cref="Maxima"/> for each.</param>
    internal abstract void Fill(RankTable<T> table, ReadOnlySpan<int> segments, ReadOnlySpan<T> affinities, Span<T> benefits, Span<T> maxima);

    /// <summary>The greatest of each lane of one row.</summary>
    internal abstract void FindMaxima(ReadOnlySpan<T> benefits, Span<T> maxima);

    /// <summary>Puts the greatest values above a limit into a list, the greatest first and the earlier first of equal ones.</summary>
    /// <param name="benefits">The values.</param>
    /// <param name="above">The limit.</param>
    /// <param name="most">How many are wanted.</param>
    /// <param name="best">Room for <see cref="RankOptions.MostTop"/> values.</param>
    /// <param name="offers">Room for as many places.</param>
    /// <returns>How many were found, at most as many as are wanted.</returns>
    internal abstract int Scan(ReadOnlySpan<T> benefits, T above, int most, Span<T> best, Span<int> offers);

    /// <summary>Makes -infinity of what is below the floor of its offer.</summary>
    /// <returns>Whether a value equals its floor, so that the row decides.</returns>
    internal abstract bool Exclude(Span<T> benefits, ReadOnlySpan<T> floors);

    /// <summary>Replaces each value by e^((value - greatest) * inverseScale).</summary>
    internal abstract void Exponentials(Span<double> values, double greatest, double inverseScale);

    /// <summary>For each customer, four at a time, a limit that as many values are above as are wanted, or more; -infinity where the maxima are too
    /// few to tell.</summary>
    internal static void Limits(ReadOnlySpan<T> maxima, int lanes, int wanted, Span<T> limits)
    {
        for (int customer = 0; customer < limits.Length; customer += Together)
        {
            LimitsOfFour(maxima.Slice(customer * lanes, Together * lanes), lanes, wanted, limits.Slice(customer, Together));
        }
    }

    private static void LimitsOfFour(ReadOnlySpan<T> maxima, int lanes, int wanted, Span<T> limits)
    {
        if (wanted > lanes)
        {
            limits.Fill(T.NegativeInfinity);
        }
        else if (typeof(T) == typeof(double))
        {
            Limits<Vector256<T>, Lanes256<T>>(maxima, lanes, wanted, limits);
        }
        else
        {
            Limits<Vector128<T>, Lanes128<T>>(maxima, lanes, wanted, limits);
        }
    }

    // The customers lie side by side, and every maximum sinks through the greatest so far: no branch that a machine could guess wrong.
    [SkipLocalsInit]
    private static void Limits<TVector, TLanes>(ReadOnlySpan<T> maxima, int lanes, int wanted, Span<T> limits)
        where TVector : unmanaged
        where TLanes : struct, ILanes<TVector, T>
    {
        unchecked
        {
            // Half as many maxima of twice as many offers do as well, while there are far more than wanted.
            int kept = lanes;
            while (kept > 8 && kept / 2 >= 3 * wanted)
            {
                kept /= 2;
            }

            Span<T> sideBySide = stackalloc T[MostMaxima * Together];
            Span<TVector> held = stackalloc TVector[MostMaxima];
            ref T beside = ref MemoryMarshal.GetReference(sideBySide);
            ref TVector sorted = ref MemoryMarshal.GetReference(held);
            for (int customer = 0; customer < Together; customer++)
            {
                ref T own = ref Unsafe.Add(ref MemoryMarshal.GetReference(maxima), customer * lanes);
                for (int i = 0; i < kept; i++)
                {
                    T greatest = Unsafe.Add(ref own, i);
                    for (int other = i + kept; other < lanes; other += kept)
                    {
                        greatest = T.MaxNative(greatest, Unsafe.Add(ref own, other));
                    }

                    Unsafe.Add(ref beside, (i * Together) + customer) = greatest;
                }
            }

            for (int place = 0; place < wanted; place++)
            {
                Unsafe.Add(ref sorted, place) = TLanes.Fill(T.NegativeInfinity);
            }

            for (int i = 0; i < kept; i++)
            {
                TVector sinking = TLanes.Load(ref beside, (nuint)(i * Together));
                for (int place = 0; place < wanted; place++)
                {
                    TVector greater = TLanes.Max(Unsafe.Add(ref sorted, place), sinking);
                    sinking = TLanes.Min(Unsafe.Add(ref sorted, place), sinking);
                    Unsafe.Add(ref sorted, place) = greater;
                }
            }

            TLanes.Store(Unsafe.Add(ref sorted, wanted - 1), ref MemoryMarshal.GetReference(limits), 0);
            for (int customer = 0; customer < Together; customer++)
            {
                limits[customer] = T.BitDecrement(limits[customer]);
            }
        }
    }

    /// <summary>Puts a value into a sorted list, after those that equal it; what is pushed out is lost.</summary>
    /// <returns>How many the list holds now.</returns>
    protected static int Insert(ref T best, ref int offers, int count, int most, T value, int offer)
    {
        int at = count < most ? count++ : count - 1;
        for (; at > 0 && Unsafe.Add(ref best, at - 1) < value; at--)
        {
            Unsafe.Add(ref best, at) = Unsafe.Add(ref best, at - 1);
            Unsafe.Add(ref offers, at) = Unsafe.Add(ref offers, at - 1);
        }

        Unsafe.Add(ref best, at) = value;
        Unsafe.Add(ref offers, at) = offer;
        return count;
    }
}
