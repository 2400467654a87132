namespace Crm.Core.Benefits.Kernels;

/// <summary>What a ranker was made of, checked and copied.</summary>
internal sealed class RankTables
{
    internal required int Segments { get; init; }

    internal required int Offers { get; init; }

    internal required int Affinities { get; init; }

    internal required double[] Base { get; init; }

    internal required double[] Weights { get; init; }

    internal required double[] OfferAffinities { get; init; }

    /// <summary>Bits of the offers a segment may have, <see cref="Words"/> a segment; empty where it may have all.</summary>
    internal required ulong[] Eligible { get; init; }

    /// <summary>How many customers may have each offer; null where none is limited.</summary>
    internal int[]? Limits { get; init; }

    internal int Words => (Offers + 63) / 64;

    internal bool IsEligible(int segment, int offer) =>
        Eligible.Length == 0 || ((Eligible[(segment * Words) + (offer >> 6)] >> (offer & 63)) & 1) != 0;
}
