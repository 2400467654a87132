using BenchmarkDotNet.Attributes;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>Purchases in arrays to histories, row by row and by columns, beside the LINQ that a developer would write.</summary>
[MemoryDiagnoser]
public class HistoryBenchmarks
{
    private SimulatedBase _base = null!;
    private CustomerId[] _customers = [];
    private LocalDate[] _days = [];
    private decimal[] _amounts = [];

    [Params(2_357, 23_570, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _base = new(Customers);
        (_customers, _days, _amounts) = ([.. _base.Customers], [.. _base.Days], [.. _base.Amounts]);
        var ours = Builder();
        var theirs = Linq();
        if (ours.Count != theirs.Count || !ours.Ids.Select((id, i) => theirs[id] == (ours.Frequency[i], ours.Recency[i], ours.Age[i], ours.MeanSpend[i])).All(same => same))
        {
            throw new InvalidOperationException("The two ways do not agree, so their times cannot be compared.");
        }

        if (!ours.SequenceEqual(Columns()))
        {
            throw new InvalidOperationException("Rows and columns do not agree, so their times cannot be compared.");
        }
    }

    [Benchmark(Baseline = true)]
    public Dictionary<CustomerId, (int X, double Recency, double Age, double Mean)> Linq() => Enumerable.Range(0, _base.Customers.Count)
        .Where(i => _base.Days[i] <= SimulatedBase.LastDay)
        .GroupBy(i => _base.Customers[i])
        .ToDictionary(customer => customer.Key, customer =>
        {
            var days = customer.GroupBy(i => _base.Days[i]).OrderBy(day => day.Key).ToArray();
            int x = days.Length - 1;
            decimal sum = days.Skip(1).Sum(day => day.Sum(i => _base.Amounts[i]));
            return (
                x,
                Period.DaysBetween(days[0].Key, days[^1].Key) / 7.0,
                Period.DaysBetween(days[0].Key, SimulatedBase.LastDay) / 7.0,
                x == 0 ? 0 : (double)(sum * 10_000) / (10_000.0 * x));
        });

    [Benchmark]
    public PurchaseHistories Builder() => _base.Build();

    [Benchmark]
    public PurchaseHistories Columns()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        builder.AddRange(_customers, _days, _amounts);
        return builder.Build(Window.Through(SimulatedBase.LastDay));
    }
}
