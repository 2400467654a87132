using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using Crm.Core.Hosting;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>
/// The profile of a customer with 10,000 interactions among a million customers in memory. Each iteration is one call, so that P95 is that
/// of calls; the customers take turns, so that none is in the cache for being asked a moment ago.
/// </summary>
[MemoryDiagnoser]
[GcForce(false)]
[Config(typeof(Calls))]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 500, iterationCount: 2_000, invocationCount: 1)]
public class ProfileBenchmarks
{
    private const int BusyCustomers = 64;
    private const int Interactions = 10_000;

    private TouchpointBase _base = null!;
    private CustomerProfiles _profiles = null!;
    private int _next;

    [Params(1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var (interaction, store) = TouchpointBase.MemoryPerInteraction();
        Console.WriteLine(FormattableString.Invariant($"// {interaction:0.0} bytes an interaction, {store:0.0} more in the store"));
        _base = TouchpointBase.Of(Customers, BusyCustomers, Interactions);
        _profiles = new(_base.Customers, _base.Interactions, new StillClock(TouchpointBase.Now), _base.Segments, new StoredScores(_base.Scores), null, _base.Customers);
        CustomerProfile profile = Profile()!;
        if (profile.Interactions != Interactions + 1 - (Interactions / 100) || profile.OpenOrders.Count == 0 || profile.Timeline.Items.Count != 50
            || profile.Segments is not { Count: 2 } || profile.Score is null || profile.Attributes.Count != 12 || profile.Consents.Count == 0)
        {
            throw new InvalidOperationException("The profile is not that of the base, so its time says nothing.");
        }
    }

    [Benchmark]
    public CustomerProfile? Profile() => _profiles.FindAsync(_base.Busy[_next++ % BusyCustomers]).AsTask().GetAwaiter().GetResult();

    [Benchmark]
    public string Screen() => Profile()!.ToJson();

    private sealed class Calls : ManualConfig
    {
        public Calls() => AddColumn(StatisticColumn.Min, StatisticColumn.Median, StatisticColumn.P95, StatisticColumn.Max);
    }

    private sealed class StillClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
