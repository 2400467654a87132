using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>How many purchases a customer may make: properties of the probabilities, and a slow oracle for the interval.</summary>
public sealed class PurchaseOutcomeTests
{
    private static readonly Horizon _ahead = Horizon.Weeks(39);

    private static readonly PurchaseHistory[] _histories =
    [
        PurchaseHistory.Of(0, 0, 38.86, TimeUnit.Week),
        PurchaseHistory.Of(2, 30.43, 38.86, TimeUnit.Week),
        PurchaseHistory.Of(26, 30.86, 31, TimeUnit.Week),
        PurchaseHistory.Of(26, 4, 31, TimeUnit.Week),
    ];

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Probability_AllCounts_SumToOne(string model)
    {
        Assert.All(_histories, history => Assert.All(new[] { 1e-18, 0.05, 0.5 }, variance =>
        {
            PurchaseOutcome outcome = OutcomeOf(model, variance, history);
            double[] probabilities = [.. Enumerable.Range(0, 5000).Select(outcome.Probability)];
            Assert.All(probabilities, probability => Assert.InRange(probability, 0, 1));
            Near.Absolute(1, probabilities.Sum(), 1e-8, $"sum of {history} at variance {variance}");
        }));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OutcomeInterval_AnyLevel_IsTheShortestThatLeavesOutHalfAtEitherEnd(string model)
    {
        foreach (PurchaseHistory history in _histories)
        {
            PurchaseOutcome outcome = OutcomeOf(model, 0.05, history);
            foreach (double level in new[] { 0.01, 0.5, 0.9, 0.99, 0.9999 })
            {
                IntervalBounds interval = outcome.OutcomeInterval(level);
                double outside = 0.5 * (1 - level);
                double Below(double n) => Enumerable.Range(0, 5000).Where(k => k < n).Sum(outcome.Probability);
                double Above(double n) => Enumerable.Range(0, 5000).Where(k => k > n).Sum(outcome.Probability);

                Assert.Equal(level, interval.Level);
                Assert.Equal((Math.Round(interval.Low), Math.Round(interval.High)), (interval.Low, interval.High));
                Assert.True(Below(interval.Low) < outside && Below(interval.Low + 1) >= outside, $"low of {interval}, {history}");
                Assert.True(Above(interval.High) <= outside + 1e-8 && (interval.High == 0 || Above(interval.High - 1) > outside - 1e-8), $"high of {interval}, {history}");
                Assert.True(1 - Below(interval.Low) - Above(interval.High) >= level - 1e-8);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Probability_ParametersAllButKnown_IsThatOfTheModel(string model)
    {
        foreach (PurchaseHistory history in _histories)
        {
            PurchaseOutcome outcome = OutcomeOf(model, 1e-18, history);
            for (int n = 0; n < 60; n++)
            {
                Near.Absolute(ModelOf(model).ProbabilityOfPurchases(history, n, _ahead), outcome.Probability(n), 1e-8, $"P({n}) of {history}");
            }
        }
    }

    // Eight points, two a parameter, at two standard deviations of one parameter each: written down apart from the library.
    [Theory]
    [MemberData(nameof(Models))]
    public void Probability_IndependentParameters_IsTheMeanOverEightModels(string model)
    {
        var spread = new[] { 0.02, 0.05, 0.2, 0.3 };
        var covariance = Covariances.OfTriangle(
            [spread[0]], [0, spread[1]], [0, 0, spread[2]], [0, 0, 0, spread[3]]);
        double[] centre = [.. ModelOf(model).Parameters.Select(parameter => parameter.Value)];
        PurchaseOutcome outcome = PurchaseEstimates.Of(ModelOf(model), covariance).OutcomeOfPurchases(_histories[1], _ahead);
        foreach (int n in new[] { 0, 1, 5 })
        {
            double sum = 0;
            for (int i = 0; i < 4; i++)
            {
                foreach (double by in new[] { -2 * spread[i], 2 * spread[i] })
                {
                    double[] moved = [.. centre];
                    moved[i] *= Math.Exp(by);
                    sum += ModelOf(model).WithParameters(moved).ProbabilityOfPurchases(_histories[1], n, _ahead);
                }
            }

            Near.Relative(sum / 8, outcome.Probability(n), 1e-10, $"P({n})");
        }
    }

    [Fact]
    public void Probability_NegativeCount_IsRefused()
    {
        PurchaseOutcome outcome = OutcomeOf("mbg-nbd", 0.05, _histories[1]);
        Assert.Throws<ArgumentOutOfRangeException>("purchases", () => outcome.Probability(-1));
        Assert.Equal(0, outcome.Probability(1_000_000));
    }

    private static PurchaseOutcome OutcomeOf(string model, double variance, PurchaseHistory history) =>
        PurchaseEstimates.Of(ModelOf(model), Covariances.Diagonal(4, variance)).OutcomeOfPurchases(history, _ahead);

    private static PurchaseModel ModelOf(string name) => name switch
    {
        "bg-nbd" => new BgNbd(0.243, 4.414, 0.793, 2.426, TimeUnit.Week),
        "mbg-nbd" => new MbgNbd(0.525, 6.183, 0.891, 1.614, TimeUnit.Week),
        _ => new ParetoNbd(0.553, 10.58, 0.606, 11.67, TimeUnit.Week),
    };
}
