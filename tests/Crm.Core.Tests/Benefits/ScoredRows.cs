using System.Numerics;
using Crm.Core.Benefits;

namespace Crm.Core.Tests.Benefits;

/// <summary>Rows of random factors and segments, a book of random weights, and every way to score them.</summary>
internal sealed class ScoredRows
{
    private readonly Random _random;

    internal ScoredRows(int rows, int segments, int seed, FactorScales? scales = null)
    {
        _random = new(seed);
        Book = BookOf(segments).With(scales ?? FactorScales.Identity);
        Columns = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, rows).Select(_ => Any()).ToArray())];
        Segments = [.. Enumerable.Range(0, rows).Select(_ => _random.Next(Book.Count))];
    }

    internal WeightBook Book { get; }

    internal double[][] Columns { get; }

    internal int[] Segments { get; }

    internal byte[] Bytes => [.. Segments.Select(segment => (byte)segment)];

    internal int Rows => Segments.Length;

    internal FactorColumns<double> Doubles => Of(Columns);

    internal FactorColumns<float> Floats => Of([.. Columns.Select(column => Array.ConvertAll(column, value => (float)value))]);

    internal static FactorColumns<T> Of<T>(T[][] columns)
        where T : unmanaged => new()
        {
            Utility = columns[0],
            Brand = columns[1],
            Relationship = columns[2],
            Cost = columns[3],
            Time = columns[4],
        };

    internal BenefitFactors FactorsOf(int row) => new()
    {
        Utility = Columns[0][row],
        Brand = Columns[1][row],
        Relationship = Columns[2][row],
        Cost = Columns[3][row],
        Time = Columns[4][row],
    };

    internal BenefitScore ScoreOf(int row) =>
        Book.Score(Segments[row] < Book.Segments.Count ? Book.Segments[Segments[row]] : SegmentId.None, FactorsOf(row));

    internal double[] Scored(string? kernel = null, ScoringOptions? options = null)
    {
        var scores = new double[Rows];
        ScorerOf(kernel).Score(Doubles, Bytes, scores, options);
        return scores;
    }

    internal float[] ScoredInFloat(string? kernel = null)
    {
        var scores = new float[Rows];
        ScorerOf(kernel).Score(Floats, Bytes, scores);
        return scores;
    }

    internal BenefitScorer ScorerOf(string? kernel) => kernel is null ? BenefitScorer.Of(Book) : BenefitScorer.Of(Book, kernel);

    internal static long[] Bits(double[] scores) => Array.ConvertAll(scores, BitConverter.DoubleToInt64Bits);

    internal static int[] Bits(float[] scores) => Array.ConvertAll(scores, BitConverter.SingleToInt32Bits);

    /// <summary>A number as it is, in units of 2^-1074: what a double is made of.</summary>
    internal static BigInteger Exact(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent > 0 ? 1L << 52 : 0);
        BigInteger units = (BigInteger)mantissa << Math.Max(0, exponent - 1);
        return bits < 0 ? -units : units;
    }

    private WeightBook BookOf(int segments) => WeightBook.Of(
        AnyWeights(), Enumerable.Range(0, segments).Select(place => SegmentWeights.Of(SegmentId.Of($"s{place}"), AnyWeights())));

    private BenefitWeights AnyWeights() => BenefitWeights.Of(
        _random.NextDouble(), _random.NextDouble() * 10, _random.Next(3), _random.NextDouble(), _random.NextDouble() / 3);

    private double Any() => (_random.NextDouble() - 0.3) * Math.Pow(10, _random.Next(-3, 4));
}
