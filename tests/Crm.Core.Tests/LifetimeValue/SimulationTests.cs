using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Simulation and recovery: what the models draw has the means they predict, within 4 standard errors, and a fit finds the parameters
/// that 20,000 customers were drawn from, within 4 of its own standard errors.
/// </summary>
public sealed class SimulationTests
{
    private const int Customers = 20_000;
    private const ulong Seed = 0x5EED_0000_2026_1122;

    public static TheoryData<string, double, double, double, double> Purchases => new()
    {
        { "bg-nbd", 0.243, 4.414, 0.793, 2.426 },
        { "mbg-nbd", 0.525, 6.183, 0.891, 1.614 },
        { "mbg-nbd", 2, 8, 1, 6 },
        { "pareto-nbd", 0.553, 10.58, 0.606, 11.67 },
        { "pareto-nbd", 2, 8, 1, 30 },
    };

    [Theory]
    [MemberData(nameof(Purchases))]
    public void Fit_SimulatedPurchases_RecoversTheParameters(string name, double r, double alpha, double a, double b)
    {
        IPurchaseModel truth = ModelOf(name, r, alpha, a, b);
        PurchaseHistories histories = Simulated.Base(truth, Customers, Horizon.Weeks(52), Seed);

        var fit = PurchaseModels.Fit(name, histories);

        Assert.True(fit.Converged);
        AssertRecovered(fit.Statistics, truth.Parameters);
        double drop = fit.Statistics.LogLikelihood - truth.LogLikelihood(histories);
        Assert.InRange(drop, 0, 15); // Half a chi-square with four degrees of freedom.
    }

    [Fact]
    public void Fit_SimulatedSpend_RecoversTheParameters()
    {
        var truth = new GammaGamma(6.25, 3.74, 15.44, Currency.Usd);
        PurchaseHistories histories = Simulated.Base(ModelOf("mbg-nbd", 2, 8, 1, 6), Customers, Horizon.Weeks(52), Seed, truth);

        var fit = GammaGamma.Fit(histories);

        Assert.True(fit.Converged);
        AssertRecovered(fit.Statistics, truth.Parameters);
    }

    [Theory]
    [MemberData(nameof(Purchases))]
    public void SimulatePurchases_ManyCustomers_CountAsPredicted(string name, double r, double alpha, double a, double b)
    {
        IPurchaseModel model = ModelOf(name, r, alpha, a, b);
        foreach (double weeks in new[] { 5.0, 52 })
        {
            Horizon length = Horizon.Weeks(weeks);
            IReadOnlyList<double>[] lives = [.. Enumerable.Range(0, Customers).Select(row => model.SimulatePurchases(length, Seed, (ulong)row))];

            Assert.All(lives, times => Assert.True(times.All(time => time > 0 && time <= weeks) && times.SequenceEqual(times.Order())));
            AssertMean([.. lives.Select(times => (double)times.Count)], model.ExpectedPurchases(length), $"purchases in {weeks} weeks");
            for (int n = 0; n < 4; n++)
            {
                AssertMean(
                    [.. lives.Select(times => times.Count == n ? 1.0 : 0)], model.ProbabilityOfPurchases(n, length), $"{n} purchases in {weeks} weeks");
            }

            DiscountRate rate = DiscountRate.Continuous(0.02, TimeUnit.Week);
            AssertMean(
                [.. lives.Select(times => times.Sum(time => Math.Exp(-0.02 * time)))], model.DiscountedPurchases(rate, length), "discounted purchases");
        }
    }

    [Fact]
    public void SimulateSpend_ManyCustomers_AverageAsPredicted()
    {
        var spend = new GammaGamma(6.25, 3.74, 15.44);
        double[] firsts = [.. Enumerable.Range(0, Customers).Select(row => spend.SimulateSpend(1, Seed, (ulong)row)[0])];
        SpendDistribution population = spend.Distribution(default);

        AssertMean(firsts, spend.ExpectedSpend(), "spend");
        foreach (double probability in new[] { 0.05, 0.5, 0.95 })
        {
            double quantile = population.Quantile(probability);
            AssertMean([.. firsts.Select(value => value <= quantile ? 1.0 : 0)], probability, $"share below the {probability} quantile");
        }
    }

    // A customer with a history buys and spends in the future as the posterior says: select those with the history, look on.
    [Theory]
    [InlineData("mbg-nbd", 0.525, 6.183, 0.891, 1.614)]
    [InlineData("pareto-nbd", 0.553, 10.58, 0.606, 11.67)]
    public void ExpectedPurchases_SimulatedPastAndFuture_AgreeGroupByGroup(string name, double r, double alpha, double third, double fourth)
    {
        IPurchaseModel model = ModelOf(name, r, alpha, third, fourth);
        const double now = 30;
        const double end = 60;
        var surprise = new List<double>[4];
        for (int group = 0; group < surprise.Length; group++)
        {
            surprise[group] = [];
        }

        for (int row = 0; row < Customers; row++)
        {
            IReadOnlyList<double> times = model.SimulatePurchases(Horizon.Weeks(end), Seed, (ulong)row);
            int x = times.Count(time => time <= now);
            var history = PurchaseHistory.Of(x, x == 0 ? 0 : times[x - 1], now, TimeUnit.Week);
            surprise[Math.Min(x, 3)].Add(times.Count - x - model.ExpectedPurchases(history, Horizon.Weeks(end - now)));
        }

        Assert.All(surprise.Index(), group => AssertMean([.. group.Item], 0, $"customers with {group.Index} purchases"));
    }

    [Fact]
    public void Simulate_SameSeed_IsTheSameAndOthersAreNot()
    {
        IPurchaseModel model = ModelOf("bg-nbd", 2, 8, 1, 6);
        var spend = new GammaGamma(6.25, 3.74, 15.44);
        Horizon length = Horizon.Weeks(200);

        Assert.Equal(model.SimulatePurchases(length, ulong.MaxValue, ulong.MaxValue), model.SimulatePurchases(length, ulong.MaxValue, ulong.MaxValue));
        Assert.Equal(spend.SimulateSpend(9, ulong.MaxValue, 3), spend.SimulateSpend(9, ulong.MaxValue, 3));
        Assert.NotEqual(spend.SimulateSpend(9, 1, 3), spend.SimulateSpend(9, 2, 3));
        Assert.NotEqual(spend.SimulateSpend(9, 1, 3), spend.SimulateSpend(9, 1, 4));
        Assert.NotEqual(spend.SimulateSpend(9, 1, 3), spend.SimulateSpend(9, 1 + (1UL << 32), 3));

        // A shorter look at the same customer sees the beginning of the same life.
        IReadOnlyList<double> life = model.SimulatePurchases(length, 1, 5);
        Assert.Equal(life.Where(time => time <= 20), model.SimulatePurchases(Horizon.Weeks(20), 1, 5));
    }

    private static IPurchaseModel ModelOf(string name, double r, double alpha, double third, double fourth) => PurchaseModels.Create(
        name,
        new Dictionary<string, double> { ["r"] = r, ["alpha"] = alpha, ["a"] = third, ["b"] = fourth, ["s"] = third, ["beta"] = fourth },
        TimeUnit.Week);

    private static void AssertRecovered(FitStatistics statistics, IReadOnlyList<KeyValuePair<string, double>> truth)
    {
        foreach (var (name, value) in truth)
        {
            FittedParameter found = statistics.Parameters.Single(parameter => parameter.Name == name);
            Near.Absolute(value, found.Value, 4 * found.StandardError, name);
            Assert.InRange(found.StandardError / found.Value, 1e-4, 0.5);
        }
    }

    private static void AssertMean(double[] draws, double expected, string what)
    {
        double mean = draws.Average();
        double variance = draws.Sum(draw => (draw - mean) * (draw - mean)) / draws.Length;
        Near.Absolute(expected, mean, 4 * Math.Sqrt(variance / draws.Length), what);
    }
}
