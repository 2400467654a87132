using System.Numerics;
using System.Runtime.CompilerServices;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The arithmetic of a ranking, for one width of vectors. Lane = offer, so that every width gives the same bits.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal abstract class RankKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most customers that are worked on together, so that the affinities of an offer are near for all of them.</summary>
    internal const int Customers = 16;

    /// <summary>How many customers share the registers.</summary>
    internal const int Together = 4;

    /// <summary>Fills the benefits of some customers, and their maxima.</summary>
    /// <param name="table">The tables.</param>
    /// <param name="segments">The segment of each; 4 customers, or 8, 12 or 16.</param>
    /// <param name="affinities">Their affinities, customer by customer.</param>
    /// <param name="benefits">A row of the table's stride for each. Beyond the offers they are -infinity, or left as they are.</param>
    /// <param name="maxima">A row of the table's stride of maxima for each, in the order the kernel likes.</param>
    internal abstract void Fill(RankTable<T> table, ReadOnlySpan<int> segments, ReadOnlySpan<T> affinities, Span<T> benefits, Span<T> maxima);

    /// <summary>The maxima of one row.</summary>
    internal abstract void FindMaxima(RankTable<T> table, ReadOnlySpan<T> benefits, Span<T> maxima);

    /// <summary>Lists the greatest benefits of some customers, the greatest first and the earlier first of equal ones.</summary>
    /// <param name="table">The tables.</param>
    /// <param name="benefits">As <see cref="Fill"/> leaves them.</param>
    /// <param name="maxima">As <see cref="Fill"/> leaves them.</param>
    /// <param name="above">What a benefit is above to be listed.</param>
    /// <param name="wanted">How long a list is.</param>
    /// <param name="best">The lists of all customers; NaN where there is nothing left.</param>
    /// <param name="offers">The offers of those, and -1.</param>
    internal abstract void Select(
        RankTable<T> table, ReadOnlySpan<T> benefits, Span<T> maxima, T above, int wanted, Span<T> best, Span<int> offers);

    /// <summary>Whether all values, as many as a multiple of <see cref="Customers"/>, are nearer to 0 than a limit; a NaN is not.</summary>
    internal abstract bool AreWithin(ReadOnlySpan<T> values, T limit);

    /// <summary>Makes -infinity of what is below the floor of its offer.</summary>
    /// <returns>Whether a value equals its floor, so that the row decides.</returns>
    internal abstract bool Exclude(Span<T> benefits, ReadOnlySpan<T> floors);

    /// <summary>Works out e^((value - greatest) * inverseScale) of each value.</summary>
    internal abstract void Exponentials(ReadOnlySpan<double> values, Span<double> to, double greatest, double inverseScale);

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
