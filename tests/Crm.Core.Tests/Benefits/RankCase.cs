using System.Numerics;
using System.Runtime.InteropServices;
using Crm.Core.Benefits;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

/// <summary>Customers and offers to rank, and the slow way to do it: all benefits, sorted.</summary>
internal sealed record RankCase
{
    internal int Segments { get; init; } = 1;

    internal int Offers { get; init; } = 1;

    internal int Affinities { get; init; }

    internal int Rows { get; init; }

    internal int Top { get; init; } = 5;

    internal double? Minimum { get; init; }

    internal int[]? Limits { get; init; }

    internal double[] Base { get; init; } = [];

    internal double[] Weights { get; init; } = [];

    internal double[] OfferAffinities { get; init; } = [];

    internal bool[]? SegmentMay { get; init; }

    internal int[] SegmentOf { get; init; } = [];

    internal double[] CustomerAffinities { get; init; } = [];

    internal bool[]? May { get; init; }

    internal int[] Starts { get; init; } = [];

    internal int[] CorrectionOffers { get; init; } = [];

    internal double[] Corrections { get; init; } = [];

    internal OfferRanker Ranker => OfferRanker.Of(
        Segments, Offers, Base, Affinities > 0 ? Weights : [], OfferAffinities, Bits(SegmentMay, Segments));

    /// <summary>Any case: coarse numbers make ties, and each condition is there or not.</summary>
    internal static Gen<RankCase> Any { get; } = Gen.Choose(0, int.MaxValue - 1).Select(seed => Of(seed));

    internal static RankCase Of(int seed, int? offers = null, int? affinities = null, int? rows = null, bool plain = false)
    {
        var random = new Random(seed);
        bool coarse = random.Next(2) == 0;
        double Number() => coarse ? random.Next(-4, 5) / 4.0 : (random.NextDouble() * 2) - 1;
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Number())];
        bool[] Coins(int count, double p) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < p)];
        int m = offers ?? random.Next(1, 150);
        int d = affinities ?? random.Next(0, 10);
        int n = rows ?? random.Next(0, 40);
        int s = random.Next(1, 5);
        bool corrects = !plain && random.Next(3) == 0;
        int[] counts = [.. Enumerable.Range(0, n).Select(_ => corrects ? random.Next(4) : 0)];
        int[] starts = new int[n + 1];
        for (int row = 0; row < n; row++)
        {
            starts[row + 1] = starts[row] + counts[row];
        }

        return new()
        {
            Segments = s,
            Offers = m,
            Affinities = d,
            Rows = n,
            Top = random.Next(1, random.Next(3) == 0 ? 65 : 8),
            Minimum = !plain && random.Next(3) == 0 ? Number() / 2 : null,
            Base = Numbers(s * m),
            Weights = [.. Enumerable.Range(0, s).Select(_ => random.Next(4) == 0 ? 0 : Math.Abs(Number()))],
            OfferAffinities = Numbers(m * d),
            SegmentMay = !plain && random.Next(3) == 0 ? Coins(s * m, 0.7) : null,
            SegmentOf = [.. Enumerable.Range(0, n).Select(_ => random.Next(s))],
            CustomerAffinities = Numbers(n * d),
            May = !plain && random.Next(3) == 0 ? Coins(n * m, random.NextDouble()) : null,
            Starts = corrects ? starts : [],
            CorrectionOffers = [.. Enumerable.Range(0, starts[^1]).Select(_ => random.Next(m))],
            Corrections = Numbers(starts[^1]),
        };
    }

    /// <summary>Ranks by the library.</summary>
    internal (int[] Offers, T[] Benefits) Rank<T>(
        string? kernel = null, int threads = 1, OfferTotals? totals = null, IBenefitSource<T>? source = null, OfferRanker? ranker = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] offers = new int[Rows * Top];
        T[] benefits = new T[Rows * Top];
        (ranker ?? Ranker).Rank<T>(
            new()
            {
                Rows = Rows,
                Segments = SegmentOf,
                Affinities = source is null ? As<T>(CustomerAffinities) : [],
                CorrectionStarts = Starts,
                CorrectionOffers = CorrectionOffers,
                Corrections = As<T>(Corrections),
                Eligible = Bits(May, Rows),
                Source = source,
            },
            new() { Offers = offers, Benefits = benefits },
            new() { Top = Top, MinimumBenefit = Minimum, Limits = Limits, Threads = threads, Kernel = kernel },
            totals);
        return (offers, benefits);
    }

    /// <summary>The benefit of a pair as documented, or null where the customer may not have the offer.</summary>
    internal T? Benefit<T>(int row, int offer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (May?[(row * Offers) + offer] == false || SegmentMay?[(SegmentOf[row] * Offers) + offer] == false)
        {
            return null;
        }

        T benefit = Uncorrected<T>(row, offer);
        for (int i = Starts.Length == 0 ? 0 : Starts[row]; i < (Starts.Length == 0 ? 0 : Starts[row + 1]); i++)
        {
            benefit += CorrectionOffers[i] == offer ? T.CreateTruncating(Corrections[i]) : T.Zero;
        }

        return benefit;
    }

    internal T Uncorrected<T>(int row, int offer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T dot = T.Zero;
        for (int c = 0; c < Affinities; c++)
        {
            T product = T.CreateTruncating(CustomerAffinities[(row * Affinities) + c]) * T.CreateTruncating(OfferAffinities[(offer * Affinities) + c]);
            dot = c == 0 ? product : dot + product;
        }

        T relationship = Affinities == 0 ? T.Zero : T.CreateTruncating(Weights[SegmentOf[row]]) * dot;
        return T.CreateTruncating(Base[(SegmentOf[row] * Offers) + offer]) + relationship;
    }

    /// <summary>All benefits of a row, sorted; those that may be listed.</summary>
    internal IEnumerable<(int Offer, T Benefit)> Sorted<T>(int row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        from offer in Enumerable.Range(0, Offers)
        let benefit = Benefit<T>(row, offer)
        where benefit is not null && !(double.CreateTruncating(benefit.Value) < Minimum)
        orderby benefit descending, offer
        select (offer, benefit.Value);

    internal (int[] Offers, T[] Benefits) Slow<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lists = Enumerable.Range(0, Rows)
            .SelectMany(row => Sorted<T>(row).Concat(Enumerable.Repeat((-1, T.NaN), Top)).Take(Top))
            .ToArray();
        return ([.. lists.Select(entry => entry.Item1)], [.. lists.Select(entry => entry.Item2)]);
    }

    internal static ulong[] Bits(bool[]? may, int rows)
    {
        if (may is null)
        {
            return [];
        }

        int offers = rows == 0 ? 0 : may.Length / rows;
        int words = (offers + 63) / 64;
        ulong[] bits = new ulong[rows * words];
        for (int i = 0; i < may.Length; i++)
        {
            bits[(i / offers * words) + (i % offers / 64)] |= may[i] ? 1UL << (i % offers % 64) : 0;
        }

        return bits;
    }

    internal static T[] As<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. values.Select(T.CreateTruncating)];

    /// <summary>The same offers, and benefits with the same bits.</summary>
    internal static void AssertSame<T>((int[] Offers, T[] Benefits) expected, (int[] Offers, T[] Benefits) found)
        where T : unmanaged
    {
        Assert.Equal(expected.Offers, found.Offers);
        Assert.True(
            MemoryMarshal.AsBytes<T>(expected.Benefits)
                .SequenceEqual(MemoryMarshal.AsBytes<T>(found.Benefits)),
            $"expected {string.Join(' ', expected.Benefits.Take(20))}, found {string.Join(' ', found.Benefits.Take(20))}");
    }
}
