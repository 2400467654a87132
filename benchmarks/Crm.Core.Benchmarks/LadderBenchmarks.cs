using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>The loyalty ladder of a base in columns: rung, traits and stage of every customer, from four purchases each on average.</summary>
/// <remarks>There is no peer that does the same; the limit of the machine moves the bytes of the events once.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public class LadderBenchmarks
{
    private const int PurchasesEach = 4;
    private const int BytesAnEvent = sizeof(int) + sizeof(decimal) + sizeof(double);
    private static readonly LocalDate _today = new(2026, 6, 30);

    private LadderColumns _columns = null!;
    private Triad _triad = null!;

    [Params(100_000, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var starts = new int[Customers + 1];
        for (int customer = 0; customer < Customers; customer++)
        {
            starts[customer + 1] = starts[customer] + 1 + random.Next((2 * PurchasesEach) - 1);
        }

        int events = starts[^1];
        var days = new LocalDate[events];
        for (int customer = 0; customer < Customers; customer++)
        {
            LocalDate day = _today.PlusDays(-random.Next(30, 1_000));
            for (int place = starts[customer]; place < starts[customer + 1]; place++)
            {
                days[place] = day;
                day = LocalDate.Min(_today, day.PlusDays(random.Next(1, 90)));
            }
        }

        _columns = new()
        {
            Ids = [.. Enumerable.Range(0, Customers).Select(i => CustomerId.Of(FormattableString.Invariant($"c{i}")))],
            Starts = starts,
            Days = days,
            Amounts = Array.ConvertAll(days, _ => (decimal)random.Next(100, 10_000) / 100),
            DiscountShares = Array.ConvertAll(days, _ => random.Next(3) == 0 ? 0.2 : 0),
        };
        _triad = new((long)events * BytesAnEvent);
    }

    [Benchmark(Baseline = true)]
    public LadderStandings Ours() => LoyaltyLadder.Default.EvaluateAll(_columns, _today);

    [Benchmark]
    public void LimitTriad() => _triad.Run(isPastCache: true, threads: 1);
}
