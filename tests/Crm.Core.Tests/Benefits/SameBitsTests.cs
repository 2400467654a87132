using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Crm.Core.Benefits;

namespace Crm.Core.Tests.Benefits;

// Committed bits: every machine, and every set of instructions CI takes away, has to give these. A change that moves them belongs in the changelog.
public sealed class SameBitsTests
{
    private const int Rows = 10_007;

    private readonly WeightBook _book = WeightBook.Of(
        BenefitWeights.Of(0.7, 0.1, 0.3, 1.1, 0.9),
        Enumerable.Range(1, 11).Select(place => SegmentWeights.Of(
            SegmentId.Of($"s{place}"), BenefitWeights.Of(place / 7.0, 1.0 / place, place / 3.0, place / 11.0, 0.1 * place)))).With(
                new FactorScales { Utility = FactorScale.LinearRange(-1.5, 40.25), Time = FactorScale.Money(Currency.Eur, 3).WithMissing(2) });

    [Fact]
    public void Score_FixedRows_HasTheCommittedBits()
    {
        var scores = new double[Rows];
        var floats = new float[Rows];
        BenefitScorer scorer = BenefitScorer.Of(_book);
        scorer.Score(ScoredRows.Of([.. Enumerable.Range(0, 5).Select(factor => Column(Rows, factor))]), Segments(), scores);
        scorer.Score(
            ScoredRows.Of([.. Enumerable.Range(0, 5).Select(factor => Array.ConvertAll(Column(Rows, factor), value => (float)value))]), Segments(), floats);
        Assert.Equal("2B7FA3F0914F61B3 610A918D436CE9BA", $"{Fingerprint(scores)} {Fingerprint(floats)}");
    }

    [Fact]
    public void Rank_FixedRows_HasTheCommittedBits()
    {
        const int offers = 77;
        const int affinities = 7;
        OfferRanker ranker = OfferRanker.Of(
            _book.Count, offers, Column(_book.Count * offers, 1), Column(_book.Count, 2), Column(offers * affinities, 3));
        var totals = OfferTotals.Of(ranker, shareScale: 2_000);
        var lists = new int[Rows * 5];
        var benefits = new double[Rows * 5];
        ranker.Rank(
            new RankInput<double> { Segments = Segments(), Affinities = Column(Rows * affinities, 4) }, new() { Offers = lists, Benefits = benefits }, totals: totals);
        double[] shares = [.. Enumerable.Range(0, offers).Select(offer => totals.Share(3, offer)!.Value)];
        Assert.Equal("98C09F5DA9112DAF ABF6690EC6B1B1E1 A83DEC095C39FA86", $"{Fingerprint(lists)} {Fingerprint(benefits)} {Fingerprint(shares)}");
    }

    // Whole numbers over whole numbers: division is the same everywhere.
    private static double[] Column(int rows, int column) => [.. Enumerable.Range(0, rows).Select(row => (((row * 7919L) + (column * 104_729L)) % 10_007) / 97.0)];

    private byte[] Segments() => [.. Enumerable.Range(0, Rows).Select(row => (byte)(row * 31 % _book.Count))];

    private static string Fingerprint<T>(T[] values)
        where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())))[..16];
}
