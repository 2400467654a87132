using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Slow oracles: customer by customer, and the tail term by term. Property: bins partition the customers. Simulation: customers drawn from a model fall into the bins
/// as it expects, by a chi-squared statistic.
/// </summary>
public sealed class PurchaseFrequenciesTests
{
    private static readonly MbgNbd _model = new MbgNbd(0.525, 6.18, 0.891, 1.614, TimeUnit.Week);

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Of_ABase_IsTheSumOverItsCustomers(string name)
    {
        IPurchaseModel model = Model(name);
        PurchaseHistories histories = Simulated.Base(_model, 300, Horizon.Weeks(39), 1);
        IReadOnlyList<FrequencyBin> bins = PurchaseFrequencies.Of(histories, model, 4);

        Assert.Equal([0, 1, 2, 3, 4], bins.Select(bin => bin.Purchases));
        Assert.Equal([false, false, false, false, true], bins.Select(bin => bin.OrMore));
        foreach (FrequencyBin bin in bins)
        {
            Assert.Equal(histories.Count(history => bin.OrMore ? history.Frequency >= bin.Purchases : history.Frequency == bin.Purchases), bin.Actual);
            double expected = histories.Sum(history => bin.OrMore
                ? 1 - Enumerable.Range(0, bin.Purchases).Sum(n => model.ProbabilityOfPurchases(n, Horizon.Weeks(history.Age)))
                : model.ProbabilityOfPurchases(bin.Purchases, Horizon.Weeks(history.Age)));
            Near.Relative(expected, bin.Expected, 1e-10, $"{bin.Purchases}");
        }
    }

    // The last bin is what the others leave of 1; here its terms are added one by one, until what follows them no longer counts.
    [Theory]
    [MemberData(nameof(Models))]
    public void Of_ABase_TheLastBinIsTheSumOfItsTail(string name)
    {
        const int First = 4;
        const int Terms = 1_000;
        IPurchaseModel model = Model(name);
        PurchaseHistories histories = Simulated.Base(_model, 40, Horizon.Weeks(39), 1);
        double tail = 0;
        double last = 0;
        foreach (var age in histories.GroupBy(history => history.Age).OrderBy(group => group.Key))
        {
            for (int n = First + Terms - 1; n >= First; n--)
            {
                double term = age.Count() * model.ProbabilityOfPurchases(n, Horizon.Weeks(age.Key));
                tail += term;
                last += n == First + Terms - 1 ? term : 0;
            }
        }

        Assert.InRange(last, 0, 1e-16 * tail); // nothing is cut off: the terms fall geometrically
        Near.Relative(tail, PurchaseFrequencies.Of(histories, model, First)[^1].Expected, 1e-11, name);
    }

    [Fact]
    public void Of_SharedRowsAndCustomersOfToday_CountsCustomers()
    {
        PurchaseHistories histories = PurchaseHistories.FromColumns(
            new() { Frequency = [0, 3, 0], Recency = [0, 4, 0], Age = [10, 10, 0], Customers = [5, 2, 4] }, new() { Unit = TimeUnit.Week });
        IReadOnlyList<FrequencyBin> bins = PurchaseFrequencies.Of(histories, _model, 2);
        Assert.Equal([9, 0, 2], bins.Select(bin => bin.Actual));
        Near.Relative(4 + (7 * _model.ProbabilityOfPurchases(0, Horizon.Weeks(10))), bins[0].Expected, 1e-14);
        Near.Relative(11, bins.Sum(bin => bin.Expected), 1e-14);
    }

    [Fact]
    public void Of_CustomersDrawnFromTheModel_FitsThem()
    {
        IReadOnlyList<FrequencyBin> bins = PurchaseFrequencies.Of(Simulated.Base(_model, 20_000, Horizon.Weeks(39), 11), _model);
        double statistic = bins.Sum(bin => Math.Pow(bin.Actual - bin.Expected, 2) / bin.Expected);
        Assert.InRange(statistic, 0, 24.3); // χ² with 7 degrees of freedom is above it once in 1,000 times.
    }

    [Fact]
    public void Of_NobodyAtAll_HasEmptyBins() => Assert.All(
        PurchaseFrequencies.Of(PurchaseHistories.FromColumns(new() { Frequency = [], Recency = [], Age = [] }, new() { Unit = TimeUnit.Week }), _model),
        bin => Assert.Equal((0, 0.0), (bin.Actual, bin.Expected)));

    [Fact]
    public void Of_BadArguments_AreRefused()
    {
        PurchaseHistories histories = Simulated.Base(_model, 20, Horizon.Weeks(39), 1);
        Assert.Throws<ArgumentNullException>("histories", () => PurchaseFrequencies.Of(null!, _model));
        Assert.Throws<ArgumentNullException>("model", () => PurchaseFrequencies.Of(histories, null!));
        Assert.Throws<ArgumentOutOfRangeException>("last", () => PurchaseFrequencies.Of(histories, _model, 0));
        Assert.Throws<ArgumentOutOfRangeException>("last", () => PurchaseFrequencies.Of(histories, _model, 1_001));
        Assert.Throws<UnitMismatchException>(() => PurchaseFrequencies.Of(histories, new MbgNbd(1, 5, 1, 2, TimeUnit.Day)));
        Assert.Throws<OperationCanceledException>(() => PurchaseFrequencies.Of(histories, _model, 7, new CancellationToken(canceled: true)));
    }

    private static IPurchaseModel Model(string name) => name switch
    {
        "mbg-nbd" => _model,
        "bg-nbd" => new BgNbd(0.243, 4.414, 0.793, 2.426, TimeUnit.Week),
        _ => new ParetoNbd(0.553, 10.58, 0.606, 11.67, TimeUnit.Week),
    };
}
