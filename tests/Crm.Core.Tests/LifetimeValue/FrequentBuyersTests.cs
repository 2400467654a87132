using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Properties of customers who buy hundreds of times: the probabilities of all counts sum to 1, and their mean is the expectation.</summary>
public sealed class FrequentBuyersTests
{
    private static readonly PurchaseModel[] _models =
    [
        new ParetoNbd(0.55, 10.58, 0.61, 11.67, TimeUnit.Week),
        new BgNbd(0.243, 4.41, 0.793, 2.426, TimeUnit.Week),
        new MbgNbd(0.525, 6.18, 0.891, 1.614, TimeUnit.Week),
    ];

    [Theory]
    [InlineData(300, 40)]
    [InlineData(600, 40)]
    [InlineData(1_000, 40)]
    [InlineData(3_000, 20)]
    public void ProbabilityOfPurchases_AllCounts_SumToOneAndToTheExpectation(int frequency, int weeks)
    {
        PurchaseHistory history = PurchaseHistory.Of(frequency, 99.9, 100, TimeUnit.Week);
        Horizon ahead = Horizon.Weeks(weeks);
        Assert.All(_models, model =>
        {
            double expected = model.ExpectedPurchases(history, ahead);
            double[] probabilities = [.. Enumerable.Range(0, 4 * (int)expected).Select(n => model.ProbabilityOfPurchases(history, n, ahead))];
            Assert.All(probabilities, probability => Assert.InRange(probability, 0, 1));
            Near.Absolute(1, probabilities.Sum(), 1e-9, $"the sum of {model.Name}");
            Near.Relative(expected, probabilities.Select((probability, n) => n * probability).Sum(), 1e-9, $"the mean of {model.Name}");
        });
    }

    // Before the factor of its integral stood inside it, many answers of Pareto/NBD were no numbers here.
    [Fact]
    public void ProbabilityOfPurchases_AnyParameters_IsAProbability()
    {
        var random = new Random(1);
        double Between(double least, double most) => least * Math.Pow(most / least, random.NextDouble());
        for (int trial = 0; trial < 6_000; trial++)
        {
            var (least, most) = trial % 2 == 0 ? (1e-3, 1e4) : (1e-8, 1e9);
            double[] p = [.. Enumerable.Range(0, 4).Select(_ => Between(least, most))];
            PurchaseModel model = _models[trial % 3].WithParameters(p);
            double age = Between(0.01, 1e4);
            int frequency = random.Next(3) == 0 ? 0 : (int)Between(1, 5_000);
            PurchaseHistory history = PurchaseHistory.Of(frequency, frequency == 0 ? 0 : age * (1 - random.NextDouble()), age, TimeUnit.Week);
            int purchases = (int)Between(1, 5_000) - 1;
            double probability = model.ProbabilityOfPurchases(history, purchases, Horizon.Weeks(random.Next(1, 1_000)));
            Assert.True(
                probability is >= 0 and <= 1,
                FormattableString.Invariant($"{probability} of {purchases} by {model.Name} ({string.Join(", ", p)}) of {history}"));
        }
    }

    [Fact]
    public void OutcomeOfPurchases_FrequentBuyer_HasTheExpectationInIt()
    {
        PurchaseHistory history = PurchaseHistory.Of(1_000, 99.9, 100, TimeUnit.Week);
        Assert.All(_models, model =>
        {
            var outcome = PurchaseEstimates.Of(model, Covariances.None(4)).OutcomeOfPurchases(history, Horizon.Weeks(20));
            Assert.True(outcome.OutcomeInterval(0.99).Contains(model.ExpectedPurchases(history, Horizon.Weeks(20))), $"{model.Name}: {outcome.OutcomeInterval(0.99)}");
        });
    }
}
