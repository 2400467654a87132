using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>One offer at a time: what the kernels of every width are compared with, and what a machine without vectors uses.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal sealed class ScalarRankKernel<T> : RankKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal override void Fill(RankTable<T> table, ReadOnlySpan<int> segments, ReadOnlySpan<T> affinities, Span<T> benefits, Span<T> maxima)
    {
        for (int customer = 0; customer < segments.Length; customer++)
        {
            ReadOnlySpan<T> a = affinities.Slice(customer * table.Affinities, table.Affinities);
            Span<T> row = benefits.Slice(customer * table.Stride, table.Offers);
            for (int offer = 0; offer < row.Length; offer++)
            {
                row[offer] = One(table, segments[customer], a, offer);
            }
        }
    }

    internal override void FindMaxima(RankTable<T> table, ReadOnlySpan<T> benefits, Span<T> maxima)
    {
        // Every value is looked at in turn, so that no limit is needed.
    }

    internal override void Select(
        RankTable<T> table, ReadOnlySpan<T> benefits, Span<T> maxima, T above, int wanted, Span<T> best, Span<int> offers)
    {
        for (int customer = 0; customer < offers.Length / wanted; customer++)
        {
            Span<T> list = best.Slice(customer * wanted, wanted);
            Span<int> places = offers.Slice(customer * wanted, wanted);
            int count = Scan(benefits.Slice(customer * table.Stride, table.Offers), above, list, places);
            list[count..].Fill(T.NaN);
            places[count..].Fill(-1);
        }
    }

    internal override bool AreWithin(ReadOnlySpan<T> values, T limit)
    {
        foreach (T value in values)
        {
            if (!(T.Abs(value) < limit))
            {
                return false;
            }
        }

        return true;
    }

    private static int Scan(ReadOnlySpan<T> benefits, T above, Span<T> best, Span<int> offers)
    {
        int most = best.Length;
        int count = 0;
        for (int offer = 0; offer < benefits.Length; offer++)
        {
            if (benefits[offer] > above)
            {
                count = Insert(ref best[0], ref offers[0], count, most, benefits[offer], offer);
                above = count == most ? best[most - 1] : above;
            }
        }

        return count;
    }

    internal override bool Exclude(Span<T> benefits, ReadOnlySpan<T> floors)
    {
        bool equal = false;
        for (int offer = 0; offer < benefits.Length; offer++)
        {
            equal |= benefits[offer] == floors[offer];
            benefits[offer] = floors[offer] > benefits[offer] ? T.NegativeInfinity : benefits[offer];
        }

        return equal;
    }

    internal override void Exponentials(ReadOnlySpan<double> values, Span<double> to, double greatest, double inverseScale) =>
        VectorExp.OfDifferences(values, to, greatest, inverseScale);

    /// <summary>The benefit of one offer to one customer, as every kernel works it out.</summary>
    internal static T One(RankTable<T> table, int segment, ReadOnlySpan<T> affinity, int offer)
    {
        T benefit = table.Base[(segment * table.Stride) + offer];
        if (table.Affinities > 0)
        {
            T dot = affinity[0] * table.Tiles[table.IndexOf(offer, 0)];
            for (int c = 1; c < table.Affinities; c++)
            {
                T product = affinity[c] * table.Tiles[table.IndexOf(offer, c)];
                dot += product;
            }

            T relationship = table.Weights[segment] * dot;
            benefit += relationship;
        }

        return benefit;
    }
}
