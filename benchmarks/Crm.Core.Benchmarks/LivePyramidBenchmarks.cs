using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using Crm.Core.Pyramids;

namespace Crm.Core.Benchmarks;

/// <summary>
/// A purchase, or another value altogether, of one customer among many in Curry's pyramid. Each iteration is a thousand of other customers than those
/// before, so that none is in the cache for having been there a moment ago; divide by a thousand. Ranking all of them anew is timed in the set-up.
/// </summary>
[MemoryDiagnoser]
[GcForce(false)]
[Config(typeof(Calls))]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 50, iterationCount: 400, invocationCount: 1)]
public class LivePyramidBenchmarks
{
    private const int Each = 1_000;
    private readonly Random _random = new(1997);
    private LivePyramid _live = null!;
    private CustomerId[] _ids = [];
    private CustomerId[] _next = [];
    private decimal[] _amounts = [];
    private double[] _others = [];

    [Params(10_000, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _ids = [.. Enumerable.Range(0, Customers).Select(Id)];
        double[] first = [.. Enumerable.Range(0, Customers).Select(_ => Money(4, 1.2))];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        _live = new(PyramidScheme.Curry, _ids, first);
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(FormattableString.Invariant($"// {(double)bytes / Customers:0.0} bytes a customer, ids not included"));
        Draw();
        Purchase();
        double[] values = [.. _ids.Select(_live.ValueOf)];
        var anew = Stopwatch.StartNew();
        Pyramid batch = PyramidScheme.Curry.Rank(_ids, values);
        Console.WriteLine(FormattableString.Invariant($"// {anew.Elapsed.TotalMilliseconds:0.0} ms to rank all of them anew"));
        if (_ids.Any(id => batch[id] != _live.TierOf(id)))
        {
            throw new InvalidOperationException("The live pyramid and the batch disagree.");
        }
    }

    /// <summary>Who buys next, and for how much.</summary>
    [IterationSetup]
    public void Draw()
    {
        _next = [.. Enumerable.Range(0, Each).Select(_ => Id(_random.Next(Customers)))];
        _amounts = [.. Enumerable.Range(0, Each).Select(_ => (decimal)Money(3, 1))];
        _others = [.. Enumerable.Range(0, Each).Select(_ => Money(4, 1.2))];
    }

    [Benchmark]
    public int Purchase()
    {
        int moves = 0;
        for (int i = 0; i < Each; i++)
        {
            moves += _live.Add(_next[i], _amounts[i]).Count;
        }

        return moves;
    }

    /// <summary>The same purchases handed over together.</summary>
    [Benchmark]
    public int PurchasesTogether() => _live.AddAll(_next, _amounts).Count;

    /// <summary>The worst there is: half of them cross a cut, and push another over it.</summary>
    [Benchmark]
    public int AnyOtherValue()
    {
        int moves = 0;
        for (int i = 0; i < Each; i++)
        {
            moves += _live.Set(_next[i], _others[i]).Count;
        }

        return moves;
    }

    /// <summary>Finding as many customers and nothing else: what the machine's memory asks for.</summary>
    [Benchmark]
    public int TierOf()
    {
        int top = 0;
        for (int i = 0; i < Each; i++)
        {
            top += _live.TierOf(_next[i]) == Tier.Top ? 1 : 0;
        }

        return top;
    }

    private static CustomerId Id(int row) => CustomerId.Of((1_000_000 + (row * 7_919L % 100_000_007)).ToString(CultureInfo.InvariantCulture));

    private double Money(double mean, double deviation) =>
        Math.Round(Math.Exp(mean + (deviation * (Enumerable.Range(0, 12).Sum(_ => _random.NextDouble()) - 6))), 2);

    private sealed class Calls : ManualConfig
    {
        public Calls() => AddColumn(StatisticColumn.Min, StatisticColumn.Median, StatisticColumn.P95, StatisticColumn.Max);
    }
}
