using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Crm.Core.Benefits;
using MathNet.Numerics.LinearAlgebra;

namespace Crm.Core.Benchmarks;

/// <summary>The five best offers of every customer, by eight affinities and four segments.</summary>
/// <remarks>The limit of the machine is as many multiplications and additions, apart, on registers alone: nothing is read or ranked.</remarks>
[MemoryDiagnoser]
public class RankBenchmarks
{
    private const int Top = 5;
    private const int Segments = 4;
    private const int Affinities = 8;
    private const int BlockRows = 1_000;
    private const int FewCustomers = 2_000;

    private readonly RankOptions _oneThread = new() { Top = Top };
    private readonly RankOptions _twoThreads = new() { Top = Top, Threads = 2 };
    private readonly double[] _weights = [0.5, 1, 1.5, 2];
    private OfferRanker _ranker = null!;
    private double[] _base = [];
    private double[] _offers = [];
    private byte[] _segments = [];
    private double[] _customers = [];
    private int[] _lists = [];
    private double[] _benefits = [];
    private Matrix<double> _offerMatrix = null!;

    [Params(50, 1_000)]
    public int Offers { get; set; }

    [Params(FewCustomers, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + random.NextDouble() - 1)];
        _base = Numbers(Segments * Offers);
        _offers = Numbers(Offers * Affinities);
        _customers = Numbers(Customers * Affinities);
        _segments = [.. Enumerable.Range(0, Customers).Select(_ => (byte)random.Next(Segments))];
        _lists = new int[Customers * Top];
        _benefits = new double[Customers * Top];
        _ranker = OfferRanker.Of(Segments, Offers, _base, _weights, _offers);
        _offerMatrix = Matrix<double>.Build.Dense(Affinities, Offers, _offers);
        OneThread();
        int[] expected = [.. _lists];
        Action[] peers = Customers == FewCustomers ? [TwoThreads, ScalarLoop, MatrixProduct, Linq] : [TwoThreads, MatrixProduct];
        foreach (Action peer in peers)
        {
            Array.Clear(_lists);
            peer();
            if (!_lists.AsSpan().SequenceEqual(expected))
            {
                throw new InvalidOperationException($"{peer.Method.Name} lists other offers, so that its time cannot be compared.");
            }
        }
    }

    [Benchmark(Baseline = true)]
    public void OneThread() => Rank(_oneThread);

    [Benchmark]
    public void TwoThreads() => Rank(_twoThreads);

    [Benchmark]
    public void ScalarLoop()
    {
        Span<double> best = stackalloc double[Top];
        for (int row = 0; row < Customers; row++)
        {
            var list = _lists.AsSpan(row * Top, Top);
            best.Fill(double.NegativeInfinity);
            for (int offer = 0; offer < Offers; offer++)
            {
                Insert(best, list, Benefit(row, offer), offer);
            }
        }
    }

    [Benchmark]
    public void MatrixProduct()
    {
        Span<double> best = stackalloc double[Top];
        for (int from = 0; from < Customers; from += BlockRows)
        {
            double[] block = _customers[(from * Affinities)..((from + BlockRows) * Affinities)];
            double[] products = (Matrix<double>.Build.Dense(Affinities, BlockRows, block).TransposeThisAndMultiply(_offerMatrix)).AsColumnMajorArray();
            for (int row = 0; row < BlockRows; row++)
            {
                var list = _lists.AsSpan((from + row) * Top, Top);
                int segment = _segments[from + row];
                best.Fill(double.NegativeInfinity);
                for (int offer = 0; offer < Offers; offer++)
                {
                    Insert(best, list, _base[(segment * Offers) + offer] + (_weights[segment] * products[(offer * BlockRows) + row]), offer);
                }
            }
        }
    }

    /// <summary>Always for 2,000 customers: a million would take minutes. Its time at a million is to be multiplied by 500.</summary>
    [Benchmark]
    public void Linq()
    {
        for (int row = 0; row < FewCustomers; row++)
        {
            Enumerable.Range(0, Offers)
                .Select(offer => (Offer: offer, Benefit: Benefit(row, offer)))
                .OrderByDescending(pair => pair.Benefit)
                .Take(Top)
                .Select(pair => pair.Offer)
                .ToArray()
                .CopyTo(_lists, row * Top);
        }
    }

    [Benchmark]
    public double RegistersAlone()
    {
        Vector512<double> step = Vector512.Create(1e-9), a = Vector512<double>.One;
        Vector512<double> b0 = a + step, b1 = b0 + step, b2 = b1 + step, b3 = b2 + step, b4 = b3 + step, b5 = b4 + step, b6 = b5 + step, b7 = b6 + step;
        Vector512<double> x0 = default, x1 = default, x2 = default, x3 = default, x4 = default, x5 = default, x6 = default, x7 = default;
        for (long left = (long)Customers * Offers * Affinities / 64; left > 0; left--)
        {
            x0 += a * b0;
            x1 += a * b1;
            x2 += a * b2;
            x3 += a * b3;
            x4 += a * b4;
            x5 += a * b5;
            x6 += a * b6;
            x7 += a * b7;
            a += step; // or the products would be worked out once
        }

        return Vector512.Sum(x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7);
    }

    private void Rank(RankOptions options) => _ranker.Rank<double>(
        new() { Segments = _segments, Affinities = _customers }, new() { Offers = _lists, Benefits = _benefits }, options);

    private double Benefit(int row, int offer)
    {
        double dot = 0;
        for (int c = 0; c < Affinities; c++)
        {
            dot += _customers[(row * Affinities) + c] * _offers[(offer * Affinities) + c];
        }

        int segment = _segments[row];
        return _base[(segment * Offers) + offer] + (_weights[segment] * dot);
    }

    private static void Insert(Span<double> best, Span<int> list, double benefit, int offer)
    {
        if (!(benefit > best[^1]))
        {
            return;
        }

        int at = best.Length - 1;
        for (; at > 0 && best[at - 1] < benefit; at--)
        {
            best[at] = best[at - 1];
            list[at] = list[at - 1];
        }

        best[at] = benefit;
        list[at] = offer;
    }
}
