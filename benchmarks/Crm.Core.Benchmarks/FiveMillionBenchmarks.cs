using BenchmarkDotNet.Attributes;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>5,000,000 purchases of 1,000,000 customers in arrays to histories: each row with a text of its own, as a reader of a database leaves them.</summary>
[MemoryDiagnoser]
public class FiveMillionBenchmarks
{
    private const int Customers = 1_000_000;
    private const int Purchases = 5_000_000;

    private static readonly LocalDate _firstDay = new(2025, 1, 1);
    private static readonly Window _window = Window.Through(_firstDay.PlusDays(364));

    private CustomerId[] _customers = [];
    private LocalDate[] _days = [];
    private decimal[] _amounts = [];

    /// <summary>In the order of their days, as a log is; of their customers, as a table is; or in none.</summary>
    [Params("days", "customers", "none")]
    public string Order { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var rows = new (int Customer, int Day, int Cents)[Purchases];
        for (int i = 0; i < rows.Length; i++)
        {
            // Everyone buys once; who buys again is uneven: half of what is left falls to a quarter of the customers.
            double share = random.NextDouble();
            int customer = i < Customers ? i : (int)(Customers * share * share);
            rows[i] = (customer, random.Next(365), random.Next(20_000));
        }

        double[] order = Array.ConvertAll(rows, row => Order switch
        {
            "days" => row.Day,
            "customers" => row.Customer + (row.Day / 1_000.0),
            _ => random.NextDouble(),
        });
        Array.Sort(order, rows);
        _customers = Array.ConvertAll(rows, row => CustomerId.Of(FormattableString.Invariant($"C{row.Customer:0000000}")));
        _days = Array.ConvertAll(rows, row => _firstDay.PlusDays(row.Day));
        _amounts = Array.ConvertAll(rows, row => row.Cents / 100m);
    }

    [Benchmark]
    public PurchaseHistories Columns()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        builder.AddRange(_customers, _days, _amounts);
        return builder.Build(_window);
    }
}
