using System.Numerics;
using System.Runtime.CompilerServices;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The tables of a ranker as the kernels read them: offers side by side, padded so that every width reads whole vectors.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal sealed class RankTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Four vectors of 512 bits of the narrowest lanes, so that a scan takes four vectors at a time and none is left over.</summary>
    internal const int Padding = 64;

    /// <summary>How many offers are a tile: two vectors of 512 bits.</summary>
    internal static readonly int Tile = 128 / Unsafe.SizeOf<T>();

    internal RankTable(RankTables source)
    {
        Offers = source.Offers;
        Affinities = source.Affinities;
        Width = WidthOf(Offers);
        Stride = StrideOf(Offers);
        Base = new(source.Segments * Stride);
        Base.Span.Fill(T.NegativeInfinity);
        GreatestBase = new T[source.Segments];
        for (int segment = 0; segment < source.Segments; segment++)
        {
            for (int offer = 0; offer < Offers; offer++)
            {
                T value = T.CreateSaturating(source.Base[(segment * Offers) + offer]);
                if (source.IsEligible(segment, offer))
                {
                    Base[(segment * Stride) + offer] = value;
                    GreatestBase[segment] = T.Max(GreatestBase[segment], T.Abs(value));
                }
            }
        }

        Tiles = new(Affinities * Width);
        GreatestAffinity = new T[Affinities];
        IsFlat = Affinities == 0 || source.Weights.All(weight => weight == 0) || source.OfferAffinities.All(value => value == 0);
        Weights = [.. source.Weights.Select(weight => IsFlat ? T.Zero : T.CreateSaturating(weight))];
        for (int offer = 0; offer < Offers; offer++)
        {
            for (int c = 0; c < Affinities; c++)
            {
                T value = T.CreateSaturating(source.OfferAffinities[(offer * Affinities) + c]);
                Tiles[IndexOf(offer, c)] = value;
                GreatestAffinity[c] = T.Max(GreatestAffinity[c], T.Abs(value));
            }
        }

        SafeAffinity = SafeAffinityOf();
    }

    /// <summary>Gets a quarter of the range: half would do, and the rest is room for rounding.</summary>
    internal static T MostSafe { get; } = T.CreateTruncating(double.CreateTruncating(MaxValue) / 4);

    internal static T MaxValue => typeof(T) == typeof(float) ? T.CreateTruncating(float.MaxValue) : T.CreateTruncating(double.MaxValue);

    internal int Offers { get; }

    internal int Affinities { get; }

    /// <summary>Gets the offers with the padding.</summary>
    internal int Width { get; }

    /// <summary>Gets how far apart rows are: rows a multiple of 4,096 bytes apart would share few lines of the cache.</summary>
    internal int Stride { get; }

    /// <summary>Gets how many offers have one maximum, those of one lane of as many vectors: of few offers there would be too few maxima.</summary>
    internal int OffersAMaximum => Unsafe.SizeOf<T>() == sizeof(double) && Width > 4 * Padding ? 8 : 4;

    /// <summary>Gets how far apart rows of maxima are.</summary>
    internal int MaximaStride => (Width / OffersAMaximum) + 16;

    /// <summary>Gets whether the affinity of a customer never matters, so that all of a segment have the same benefits.</summary>
    internal bool IsFlat { get; }

    /// <summary>Base benefits, a row of <see cref="Stride"/> a segment; -infinity where a segment may not have the offer, and in the padding.</summary>
    internal AlignedArray<T> Base { get; }

    /// <summary>The greatest absolute base benefit of each segment, of what it may have.</summary>
    internal T[] GreatestBase { get; }

    internal T[] Weights { get; }

    /// <summary>
    /// Affinities of offers, in the order in which they are read: tiles of <see cref="Tile"/> offers, in each a row a component. 0 in the
    /// padding. Rows of all offers would lie so that they push each other out of the nearest cache.
    /// </summary>
    internal AlignedArray<T> Tiles { get; }

    /// <summary>The greatest absolute value of each component.</summary>
    internal T[] GreatestAffinity { get; }

    /// <summary>Gets what every affinity of a customer is below where no benefit of any segment can be beyond the range; 0 or NaN for none.</summary>
    internal T SafeAffinity { get; }

    /// <summary>Where in the tiles an affinity of an offer is.</summary>
    internal int IndexOf(int offer, int c) => (((offer / Tile * Affinities) + c) * Tile) + (offer % Tile);

    internal static int WidthOf(int offers) => (offers + Padding - 1) / Padding * Padding;

    internal static int StrideOf(int offers) => WidthOf(offers) + 16;

    private T SafeAffinityOf()
    {
        T spread = T.Max(T.One, Weights.Max());
        T reach = T.Zero;
        foreach (T greatest in GreatestAffinity)
        {
            reach += greatest;
        }

        T room = (MostSafe - GreatestBase.Max()) / T.CreateTruncating(2);
        return T.Max(T.Zero, T.Min(MostSafe, room / (spread * reach)));
    }
}
