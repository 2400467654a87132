using BenchmarkDotNet.Attributes;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>A day's new purchases of a base: carried on from the state of the day before, beside building all anew.</summary>
[MemoryDiagnoser]
public class HistoryUpdateBenchmarks
{
    private const int News = 10_000;
    private static readonly LocalDate _today = SimulatedBase.LastDay.PlusDays(1);

    private CustomerId[] _customers = [];
    private LocalDate[] _days = [];
    private decimal[] _amounts = [];
    private HistoryState _state = null!;
    private byte[] _saved = [];

    [Params(23_570, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var simulated = new SimulatedBase(Customers);
        int before = simulated.Customers.Count;
        for (int i = 0; i < News; i++)
        {
            simulated.Customers.Add(simulated.Customers[(int)(i * 7_919L % before)]);
            simulated.Days.Add(_today);
            simulated.Amounts.Add(9.99m);
        }

        (_customers, _days, _amounts) = ([.. simulated.Customers], [.. simulated.Days], [.. simulated.Amounts]);
        _state = Builder(..before).StateThrough(SimulatedBase.LastDay);
        using var stream = new MemoryStream();
        _state.Save(stream);
        _saved = stream.ToArray();
        if (!Rebuild().SequenceEqual(Update()))
        {
            throw new InvalidOperationException("The two ways do not agree, so their times cannot be compared.");
        }
    }

    [Benchmark(Baseline = true)]
    public PurchaseHistories Rebuild() => Builder(..).Build(Window.Through(_today));

    [Benchmark]
    public PurchaseHistories Update() => HistoryUpdate.Of(_state, Builder(^News..), _today).Next().ToHistories();

    [Benchmark]
    public HistoryState Load() => HistoryState.Load(new MemoryStream(_saved));

    [Benchmark]
    public long Save()
    {
        using var stream = new MemoryStream(_saved.Length);
        _state.Save(stream);
        return stream.Length;
    }

    private PurchaseHistoryBuilder Builder(Range rows)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        builder.AddRange(_customers.AsMemory()[rows], _days.AsMemory()[rows], _amounts.AsMemory()[rows]);
        return builder;
    }
}
