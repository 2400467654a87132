using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Answers for all rows at once against those for one customer at a time, and the quadratic form against plain loops: slow oracles.</summary>
public sealed class ManyHistoriesTests
{
    public static TheoryData<string> Models => new(PurchaseModels.Names);

    // 3,000 histories of one x and T, many more than are worked out together, between others that share little.
    [Theory]
    [MemberData(nameof(Models))]
    public void Estimates_OfLongRunsOfOneXAndAge_AreThoseOfEachCustomer(string name)
    {
        var random = new Random(11);
        int[] frequency = [.. Enumerable.Range(0, 4_000).Select(row => row < 3_000 ? 4 : random.Next(0, 9))];
        double[] age = [.. frequency.Select((_, row) => row < 3_000 ? 50 : 20.0 + random.Next(40))];
        double[] recency = [.. frequency.Select((x, row) => x == 0 ? 0 : row == 0 ? age[row] : age[row] * (1 - random.NextDouble()))];
        var histories = PurchaseHistories.FromColumns(
            new() { Frequency = frequency, Recency = recency, Age = age }, new() { Unit = TimeUnit.Week });
        PurchaseModel model = name switch
        {
            "mbg-nbd" => new MbgNbd(0.525, 6.18, 0.891, 1.614, TimeUnit.Week),
            "bg-nbd" => new BgNbd(0.243, 4.41, 0.793, 2.426, TimeUnit.Week),
            _ => new ParetoNbd(0.55, 10.58, 0.61, 11.67, TimeUnit.Week),
        };
        var estimates = PurchaseEstimates.Of(model, Covariance);

        EstimateColumn all = estimates.ExpectedPurchases(histories, Horizon.Weeks(39));
        EstimateColumn alive = estimates.ProbabilityAlive(histories);

        for (int row = 0; row < histories.Count; row++)
        {
            Assert.Equal(estimates.ExpectedPurchases(histories[row], Horizon.Weeks(39)), all[row]);
            if (estimates.ProbabilityAlive(histories[row]) is { } one)
            {
                Assert.Equal(one, alive[row]);
            }
            else
            {
                // Who cannot have dropped out.
                Assert.Equal((1, 0), (alive[row].Value, alive[row].StandardError));
            }
        }
    }

    // The odds of having dropped out are next to nothing, or beyond all numbers.
    [Theory]
    [InlineData(0.001, 1e4, 1)]
    [InlineData(3_000, 1, 0)]
    public void ExpectedPurchases_OfWhoSurelyIsThereOrIsGone_HasAFiniteError(double r, double alpha, double alive)
    {
        var model = new BgNbd(r, alpha, alive == 1 ? 1e-30 : 1, 2, TimeUnit.Week);
        PurchaseHistory history = PurchaseHistory.Of(5, alive == 1 ? 100 : 0.1, 100, TimeUnit.Week);
        Estimate estimate = PurchaseEstimates.Of(model, Covariance).ExpectedPurchases(history, Horizon.Weeks(10));
        Near.Absolute(alive, model.ProbabilityAlive(history), 1e-12);
        Assert.True(double.IsFinite(estimate.StandardError) && estimate.StandardError >= 0, $"{estimate}");
    }

    [Fact]
    public void StandardError_OfFourSlopes_IsTheQuadraticForm()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 100; trial++)
        {
            double[] slopes = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5)];
            double[] others = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() - 0.5)];
            double form = Enumerable.Range(0, 4).Sum(i => Enumerable.Range(0, 4).Sum(j => slopes[i] * Covariance[i, j] * others[j]));
            Near.Absolute(form, Covariance.Covariance(slopes, others), 1e-16);
        }
    }

    private static ParameterCovariance Covariance { get; } =
        Covariances.OfTriangle([0.1], [0.05, 0.08], [-0.02, 0.03, 0.15], [0.01, 0.02, 0.09, 0.06]);
}
