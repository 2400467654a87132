using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>
/// One purchase among a million customers with five each, 200 segments by what was bought, through what, in the last how many days. Each iteration is one purchase, of another customer
/// than the one before, so that the customer is not in the cache for having been there a moment ago.
/// </summary>
[MemoryDiagnoser]
[GcForce(false)]
[Config(typeof(Calls))]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2_000, iterationCount: 10_000, invocationCount: 1)]
public class SegmentUpdateBenchmarks
{
    private const int Each = 5;
    private static readonly LocalDate _today = new(2026, 12, 1);
    private Interaction[] _next = [];
    private SegmentTracker _tracker = null!;
    private int _at;

    [Params(100_000, 1_000_000)]
    public int Customers { get; set; }

    [Params(200)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var shop = new SegmentShop();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        _tracker = new(SegmentShop.Events(Rules), _today, DateTimeZone.Utc);
        for (int i = 0; i < Customers * Each; i++)
        {
            _tracker.Apply(shop.Purchase(Customers, 0, 330), Instant.MinValue);
        }

        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(FormattableString.Invariant($"// {(double)bytes / Customers:0} bytes a customer with {Each} purchases and {Rules} rules, ids included"));
        _next = [.. Enumerable.Range(0, 50_000).Select(_ => shop.Purchase(Customers, 334, 1))];
        int moves = _next[..1_000].Sum(purchase => _tracker.Apply(purchase, Instant.MinValue).Count);
        if (moves == 0 || _tracker.Count < Customers * 0.9)
        {
            throw new InvalidOperationException("Nobody moves, so the time says nothing.");
        }

        _at = 1_000;
    }

    [Benchmark]
    public int Purchase() => _tracker.Apply(_next[_at++], Instant.MinValue).Count;

    private sealed class Calls : ManualConfig
    {
        public Calls() => AddColumn(StatisticColumn.Min, StatisticColumn.Median, StatisticColumn.P95, StatisticColumn.Max);
    }
}
