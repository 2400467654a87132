using BenchmarkDotNet.Attributes;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Benchmarks;

/// <summary>Fits, predictions, values and tiers of a base, and the same predictions asked customer by customer.</summary>
[MemoryDiagnoser]
public class LifetimeValueBenchmarks
{
    private static readonly ClvTerms _terms = new() { Discount = DiscountRate.PerYear(0.10) };

    private PurchaseHistories _histories = null!;
    private BgNbd _buying = null!;
    private GammaGamma _spend = null!;
    private CustomerValues _values = null!;
    private double[] _purchases = [];

    [Params(2_357, 23_570, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _histories = new SimulatedBase(Customers).Histories;
        _buying = BgNbd.Fit(_histories).OrThrow();
        _spend = GammaGamma.Fit(_histories).OrThrow();
        _values = CustomerValues.Of(_histories, _buying, _spend, _terms);
        _purchases = new double[_histories.Count];
        ExpectedPurchasesByColumns();
        double[] byColumns = [.. _purchases];
        ExpectedPurchasesOneByOne();
        if (!byColumns.AsSpan().SequenceEqual(_purchases))
        {
            throw new InvalidOperationException("The two doors do not agree, so their times cannot be compared.");
        }
    }

    [Benchmark]
    public FitResult<BgNbd> FitBgNbd() => BgNbd.Fit(Fresh());

    [Benchmark]
    public FitResult<ParetoNbd> FitParetoNbd() => ParetoNbd.Fit(Fresh());

    [Benchmark]
    public FitResult<GammaGamma> FitGammaGamma() => GammaGamma.Fit(_histories);

    [Benchmark]
    public void ExpectedPurchasesByColumns() => _buying.ExpectedPurchases(_histories, Horizon.Weeks(39), _purchases);

    [Benchmark]
    public void ExpectedPurchasesOneByOne()
    {
        for (int row = 0; row < _purchases.Length; row++)
        {
            _purchases[row] = _buying.ExpectedPurchases(_histories[row], Horizon.Weeks(39));
        }
    }

    [Benchmark]
    public CustomerValues Values() => CustomerValues.Of(_histories, _buying, _spend, _terms);

    [Benchmark]
    public Pyramid Tiers() => PyramidScheme.Curry.Rank(_values.Ids, _values.Clv);

    // Histories keep what they group equal customers by; a fit that may reuse it would not be charged for it.
    private PurchaseHistories Fresh() => PurchaseHistories.FromColumns(
        new()
        {
            Ids = _histories.Ids,
            Frequency = _histories.Frequency.ToArray(),
            Recency = _histories.Recency.ToArray(),
            Age = _histories.Age.ToArray(),
        },
        _histories.Frame);
}
