using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Benchmarks;

/// <summary>What the ends of the estimate intervals of all rows cost beside the values alone.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class EstimateBenchmarks
{
    private static readonly ClvTerms _terms = new() { Discount = DiscountRate.PerYear(0.10) };
    private static readonly Horizon _ahead = Horizon.Weeks(39);

    private PurchaseHistories _histories = null!;
    private IPurchaseModel _buying = null!;
    private PurchaseEstimates _estimates = null!;
    private SpendEstimates _spend = null!;
    private double[] _column = [];
    private double[] _low = [];
    private double[] _high = [];

    [Params("mbg-nbd", "bg-nbd", "pareto-nbd")]
    public string Model { get; set; } = "";

    [Params(23_570, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _histories = new SimulatedBase(Customers).Histories;
        var fit = PurchaseModels.Fit(Model, _histories);
        _buying = fit.OrThrow();
        _estimates = PurchaseEstimates.Of(fit);
        _spend = SpendEstimates.Of(GammaGamma.Fit(_histories));
        _column = new double[_histories.Count];
        _low = new double[_histories.Count];
        _high = new double[_histories.Count];
        ExpectedPurchases();
        AssertSame(_column, ExpectedPurchasesWithIntervals().Values);
        DiscountedPurchases();
        AssertSame(_column, DiscountedPurchasesWithIntervals().Values);
        AssertSame(Values().Clv, ValuesWithIntervals().Values.Clv);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("purchases in 39 weeks")]
    public void ExpectedPurchases() => _buying.ExpectedPurchases(_histories, _ahead, _column);

    [Benchmark, BenchmarkCategory("purchases in 39 weeks")]
    public EstimateColumn ExpectedPurchasesWithIntervals() => Intervals(_estimates.ExpectedPurchases(_histories, _ahead));

    [Benchmark(Baseline = true), BenchmarkCategory("DERT")]
    public void DiscountedPurchases() => _buying.DiscountedPurchases(_histories, _terms.Discount, Horizon.Unlimited, _column);

    [Benchmark, BenchmarkCategory("DERT")]
    public EstimateColumn DiscountedPurchasesWithIntervals() =>
        Intervals(_estimates.DiscountedPurchases(_histories, _terms.Discount, Horizon.Unlimited));

    [Benchmark(Baseline = true), BenchmarkCategory("CLV")]
    public CustomerValues Values() => CustomerValues.Of(_histories, _buying, _spend.Model, _terms);

    [Benchmark, BenchmarkCategory("CLV")]
    public CustomerValueEstimates ValuesWithIntervals()
    {
        var estimates = CustomerValueEstimates.Of(_histories, _estimates, _spend, _terms);
        _ = Intervals(estimates.Clv);
        return estimates;
    }

    private EstimateColumn Intervals(EstimateColumn estimates)
    {
        estimates.EstimateInterval(0.90, _low, _high);
        return estimates;
    }

    private static void AssertSame(ReadOnlySpan<double> values, ReadOnlySpan<double> estimates)
    {
        if (!values.SequenceEqual(estimates))
        {
            throw new InvalidOperationException("The values with errors are not the values without, so that their times cannot be compared.");
        }
    }
}
