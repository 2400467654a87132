using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent slow oracle: every answer of Pareto/NBD against <see cref="ParetoStories"/>, over parameters from 0.05 to 500 (s = 1,
/// where the closed forms divide by 0, and α = β among them), histories from new to 300 purchases and horizons from 0.01 to 5,000; and
/// properties of its distribution of purchases.
/// </summary>
public sealed class ParetoOracleTests
{
    private const double Bound = 2e-12;

    // A probability below this is none: neither side promises digits of it.
    private const double NoProbability = 1e-18;

    private static readonly (int X, double Recency, double Age)[] _histories =
    [
        (0, 0, 0), (0, 0, 38.86), (1, 1e-3, 38.86), (2, 38.86, 38.86), (2, 30.43, 38.86), (7, 20, 1000), (40, 35, 39), (300, 250, 300),
    ];

    private static readonly double[] _horizons = [0.01, 39, 5000];

    private static readonly int[] _counts = [0, 1, 5, 20];

    private static readonly (double Delta, double Horizon)[] _discounts =
    [
        (0.0027, double.PositiveInfinity), (0.5, double.PositiveInfinity), (1e-5, double.PositiveInfinity), (0.0027, 52), (0.2, 3000), (0, 200),
    ];

    // r, α, s, β.
    public static TheoryData<double, double, double, double> Parameters => new()
    {
        { 0.553, 10.58, 0.606, 11.67 },
        { 1.2, 8, 1, 30 },
        { 0.05, 0.1, 0.3, 500 },
        { 20, 500, 2.5, 0.05 },
        { 2, 12, 4, 12 },
        { 0.3, 40, 20, 300 },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ParetoNbd_EveryAnswer_IsTheIndividualLevelIntegral(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbd(r, alpha, s, beta, TimeUnit.Week);
        var oracle = new ParetoStories(r, alpha, s, beta);
        var stories = Stories();
        foreach (var (x, recency, age) in _histories)
        {
            var history = PurchaseHistory.Of(x, recency, age, TimeUnit.Week);
            string who = FormattableString.Invariant($"x = {x}, t_x = {recency}, T = {age}");
            double likelihood = oracle.LogLikelihood(x, recency, age);
            Near.Absolute(likelihood, model.LogLikelihood(history), 1e-11 * Math.Max(1, Math.Abs(likelihood)), $"log-likelihood, {who}");
            double alive = oracle.ProbabilityAlive(x, recency, age);
            Near.Relative(alive, model.ProbabilityAlive(history), Bound, $"P(alive), {who}");
            double[] expected = oracle.IfAlive(x, age, stories);
            AssertNear(expected, alive, Answers(model, history), who);
            if (age == 0)
            {
                AssertNear(expected, 1, AnswersOfNewCustomer(model), "a new customer");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Oracle_FinerStep_StandsStill(double r, double alpha, double s, double beta)
    {
        var coarse = new ParetoStories(r, alpha, s, beta);
        var fine = new ParetoStories(r, alpha, s, beta, 0.1);
        var stories = Stories();
        foreach (var (x, recency, age) in new[] { _histories[0], _histories[2], _histories[5] })
        {
            Near.Absolute(fine.LogLikelihood(x, recency, age), coarse.LogLikelihood(x, recency, age), 2e-12, "log-likelihood");
            double[] finer = fine.IfAlive(x, age, stories);
            Assert.All(coarse.IfAlive(x, age, stories).Index(), entry => Near.Absolute(
                finer[entry.Index], entry.Item, (1e-12 * finer[entry.Index]) + (IsProbability(entry.Index) ? NoProbability : 0), $"story {entry.Index}"));
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void ProbabilityOfPurchases_AllCounts_SumToOneWithTheExpectedMean(double r, double alpha, double s, double beta)
    {
        var model = new ParetoNbd(r, alpha, s, beta, TimeUnit.Week);
        foreach (var (x, recency, age) in _histories)
        {
            var history = PurchaseHistory.Of(x, recency, age, TimeUnit.Week);

            // A horizon in which some ten purchases may come, so that the sum ends.
            Horizon h = Horizon.Weeks(Math.Min(39, (alpha + age) * Math.Min(30, 10 / (r + x))));
            double sum = 0;
            double mean = 0;
            for (int n = 0; n < 4000 && (n < 60 || 1 - sum > 1e-13); n++)
            {
                double probability = model.ProbabilityOfPurchases(history, n, h);
                Assert.InRange(probability, 0, 1);
                sum += probability;
                mean += n * probability;
            }

            Near.Absolute(1, sum, 1e-11);
            double expected = model.ExpectedPurchases(history, h);
            Near.Absolute(expected, mean, (1e-9 * expected) + 1e-10);
        }
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-9)]
    [InlineData(1e-13)]
    public void Answers_AroundSOfOne_AreContinuous(double apart)
    {
        PurchaseHistory history = PurchaseHistory.Of(2, 30.43, 38.86, TimeUnit.Week);
        double[] At(double s) => Answers(new ParetoNbd(1.2, 8, s, 30, TimeUnit.Week), history);

        double[] at = At(1);
        double[] below = At(1 - apart);
        double[] above = At(1 + apart);

        // An answer moves by what its slope says, some units of it at most; their middle moves by the square.
        for (int i = 0; i < at.Length; i++)
        {
            Near.Relative(at[i], below[i], (20 * apart) + 1e-12, $"answer {i} below");
            Near.Relative(at[i], above[i], (20 * apart) + 1e-12, $"answer {i} above");
            Near.Relative(at[i], 0.5 * (below[i] + above[i]), (200 * apart * apart) + 1e-12, $"answer {i}");
        }
    }

    private static bool IsProbability(int story) => story < _horizons.Length || story >= (2 * _horizons.Length) + (2 * _discounts.Length);

    private static ParetoStories.Story[] Stories() =>
    [
        .. _horizons.Select(ParetoStories.Survives),
        .. _horizons.Select(ParetoStories.Buys),
        .. _discounts.Select(d => ParetoStories.BuysDiscounted(d.Delta, d.Horizon)),
        .. _discounts.Select(d => ParetoStories.LivesDiscounted(d.Delta, d.Horizon)),
        .. _counts.Select(n => ParetoStories.BuysExactly(n, 39)),
    ];

    private static void AssertNear(double[] ifAlive, double alive, double[] actual, string who)
    {
        for (int i = 0; i < ifAlive.Length; i++)
        {
            // P(no purchase) holds the complement of P(alive), so its error is that of a number near 1.
            bool isNone = i == ifAlive.Length - _counts.Length;
            double scaled = (alive * ifAlive[i]) + (isNone ? 1 - alive : 0);
            double rest = isNone ? 1e-14 : IsProbability(i) ? NoProbability : 0;
            Near.Absolute(scaled, actual[i], (Bound * scaled) + rest, $"story {i}, {who}");
        }
    }

    private static DiscountRate Rate(double delta) => DiscountRate.Continuous(delta, TimeUnit.Week);

    private static Horizon Until(double h) => double.IsPositiveInfinity(h) ? Horizon.Unlimited : Horizon.Weeks(h);

    // In the order of the stories.
    private static double[] Answers(ParetoNbd model, PurchaseHistory history) =>
    [
        .. _horizons.Select(t => model.ProbabilityAlive(history, Horizon.Weeks(t))),
        .. _horizons.Select(t => model.ExpectedPurchases(history, Horizon.Weeks(t))),
        .. _discounts.Select(d => model.DiscountedPurchases(history, Rate(d.Delta), Until(d.Horizon))),
        .. _discounts.Select(d => model.DiscountedLifetime(history, Rate(d.Delta), Until(d.Horizon))),
        .. _counts.Select(n => model.ProbabilityOfPurchases(history, n, Horizon.Weeks(39))),
    ];

    // A new customer has no door for survival: that of a history of nothing.
    private static double[] AnswersOfNewCustomer(ParetoNbd model) =>
    [
        .. _horizons.Select(t => model.ProbabilityAlive(PurchaseHistory.Of(0, 0, 0, TimeUnit.Week), Horizon.Weeks(t))),
        .. _horizons.Select(t => model.ExpectedPurchases(Horizon.Weeks(t))),
        .. _discounts.Select(d => model.DiscountedPurchases(Rate(d.Delta), Until(d.Horizon))),
        .. _discounts.Select(d => model.DiscountedLifetime(Rate(d.Delta), Until(d.Horizon))),
        .. _counts.Select(n => model.ProbabilityOfPurchases(n, Horizon.Weeks(39))),
    ];
}
