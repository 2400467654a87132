using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Crm.Core.Pyramids;

namespace Crm.Core.Benchmarks;

/// <summary>The floors of Curry's pyramid from a hundred million values that come in blocks of ten million, and from a full sort of one block.</summary>
/// <remarks>The sort is of a tenth of the values, since it needs them all at once: its time is to be multiplied by ten and a little more.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public class SketchBenchmarks
{
    private const int BlockRows = 10_000_000;
    private const int Blocks = 10;
    private static readonly double[] _shares = [0.01, 0.05, 0.20];
    private double[] _values = [];
    private double[] _room = [];

    /// <summary>Lognormal values, as they are, or in cents; or a third of them 0 and the rest of both signs.</summary>
    [Params("money", "cents", "profit")]
    public string Values { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1997);
        double Normal() => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
        _values = new double[BlockRows];
        _room = new double[BlockRows];
        for (int row = 0; row < BlockRows; row++)
        {
            double normal = Normal();
            double money = Math.Exp(3 + (1.5 * normal));
            _values[row] = Values switch { "money" => money, "cents" => Math.Round(money, 2), _ => random.Next(3) == 0 ? 0 : normal * 100 };
        }

        double[] exact = FullSort();
        SketchedPyramid pyramid = PyramidScheme.Curry.Rank(Sketch(1));
        for (int tier = 0; tier < _shares.Length; tier++)
        {
            SketchedTier found = pyramid.Tiers[tier];
            if (!(found.FloorLow <= exact[tier] && exact[tier] <= found.Floor))
            {
                throw new InvalidOperationException("The sketch and the sort disagree.");
            }
        }
    }

    [Benchmark]
    public SketchedPyramid OneThread() => PyramidScheme.Curry.Rank(Sketch(Blocks));

    [Benchmark]
    public SketchedPyramid TwoThreads()
    {
        var sketch = new ValueSketch();
        for (int block = 0; block < Blocks; block++)
        {
            sketch.Add(_values.AsMemory(), 2);
        }

        return PyramidScheme.Curry.Rank(sketch);
    }

    /// <summary>The value at each cut, of a tenth of the values.</summary>
    [Benchmark(Baseline = true)]
    public double[] FullSort()
    {
        _values.CopyTo(_room, 0);
        Array.Sort(_room);
        return [.. _shares.Select(share => _room[BlockRows - 1 - (int)Math.Round(share * BlockRows)])];
    }

    private ValueSketch Sketch(int blocks)
    {
        var sketch = new ValueSketch();
        for (int block = 0; block < blocks; block++)
        {
            sketch.Add(_values);
        }

        return sketch;
    }
}
