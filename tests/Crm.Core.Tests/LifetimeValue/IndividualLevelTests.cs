using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent slow oracle: every answer of BG/NBD and MBG/NBD against <see cref="IndividualLevel"/>, over parameters from 0.05 to 20
/// (a = 1, where the closed forms divide by 0, among them), histories from new to 300 purchases and horizons from 0.01 to 5,000.
/// </summary>
/// <remarks>
/// The oracle's own error is below 1e-12; the log-likelihood's is absolute where it is near 0. P(no purchase) holds the complement
/// of P(alive), so its error is that of a number near 1.
/// </remarks>
public sealed class IndividualLevelTests
{
    private const double Bound = 1e-12;
    private const double LongAgo = 1000;

    // A probability below this is none: neither side promises digits of it.
    private const double NoProbability = 1e-18;

    private static readonly (int X, double Recency, double Age)[] _histories =
    [
        (0, 0, 0), (0, 0, 38.86), (0, 0, LongAgo), (1, 1e-3, 38.86), (1, 38.86, 38.86), (2, 30.43, 38.86), (7, 3, 5),
        (7, 20, LongAgo), (40, 35, 39), (40, 900, LongAgo), (300, 250, 300),
    ];

    private static readonly double[] _horizons = [0.01, 1, 39, 520, 5000];

    private static readonly (double Delta, double Horizon)[] _discounts =
    [
        (0.0027, double.PositiveInfinity), (0.5, double.PositiveInfinity), (1e-5, double.PositiveInfinity), (0.0027, 52), (0.0027, 5000), (0.2, 300), (0, 200),
    ];

    // r, α, a, b.
    public static TheoryData<double, double, double, double> Parameters => new()
    {
        { 0.243, 4.414, 0.793, 2.426 },
        { 0.525, 6.183, 0.891, 1.614 },
        { 0.05, 0.1, 1, 0.05 },
        { 0.05, 500, 0.05, 0.05 },
        { 20, 500, 20, 0.05 },
        { 20, 0.1, 0.05, 20 },
        { 1, 10, 1, 20 },
        { 5, 60, 1, 1 },
        { 2.5, 4, 1.0000001, 3 },
        { 0.05, 500, 20, 20 },
        { 20, 20, 3, 20 },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void BgNbd_EveryAnswer_IsTheIndividualLevelIntegral(double r, double alpha, double a, double b) =>
        AssertAgrees(new BgNbd(r, alpha, a, b, TimeUnit.Week), r, alpha, a, b, firstChances: 0);

    [Theory]
    [MemberData(nameof(Parameters))]
    public void MbgNbd_EveryAnswer_IsTheIndividualLevelIntegral(double r, double alpha, double a, double b) =>
        AssertAgrees(new MbgNbd(r, alpha, a, b, TimeUnit.Week), r, alpha, a, b, firstChances: 1);

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Oracle_FinerStep_StandsStill(double r, double alpha, double a, double b)
    {
        var coarse = new IndividualLevel(r, alpha, a, b, 1);
        var fine = new IndividualLevel(r, alpha, a, b, 1, 0.13);
        var stories = Stories();

        foreach (var (x, recency, age) in new[] { _histories[0], _histories[5], _histories[7] })
        {
            Near.Absolute(fine.LogLikelihood(x, recency, age), coarse.LogLikelihood(x, recency, age), 2e-12, "log-likelihood");
            double[] finer = fine.IfAlive(x, age, stories);
            Assert.All(coarse.IfAlive(x, age, stories).Index(), entry => Near.Absolute(
                finer[entry.Index], entry.Item, (1e-12 * finer[entry.Index]) + (IsProbability(entry.Index) ? NoProbability : 0), $"story {entry.Index}"));
        }
    }

    private static bool IsProbability(int story) => story < _horizons.Length || story >= (2 * _horizons.Length) + (2 * _discounts.Length);

    private static IndividualLevel.Story[] Stories() =>
    [
        .. _horizons.Select(IndividualLevel.Survives),
        .. _horizons.Select(IndividualLevel.Buys),
        .. _discounts.Select(d => IndividualLevel.BuysDiscounted(d.Delta, d.Horizon)),
        .. _discounts.Select(d => IndividualLevel.LivesDiscounted(d.Delta, d.Horizon)),
        .. new[] { 0, 1, 4 }.Select(n => IndividualLevel.BuysExactly(n, 39)),
    ];

    private static void AssertAgrees(PurchaseModel model, double r, double alpha, double a, double b, int firstChances)
    {
        var oracle = new IndividualLevel(r, alpha, a, b, firstChances);
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
            double[] actual = Answers(model, history);
            for (int i = 0; i < expected.Length; i++)
            {
                bool isNone = i == expected.Length - 3;
                double scaled = (alive * expected[i]) + (isNone ? 1 - alive : 0);
                double rest = isNone ? 1e-14 : IsProbability(i) ? NoProbability : 0;
                Near.Absolute(scaled, actual[i], (Bound * scaled) + rest, $"story {i}, {who}");
            }
        }
    }

    // In the order of the stories.
    private static double[] Answers(PurchaseModel model, PurchaseHistory history)
    {
        DiscountRate Rate(double delta) => DiscountRate.Continuous(delta, TimeUnit.Week);
        Horizon Until(double h) => double.IsPositiveInfinity(h) ? Horizon.Unlimited : Horizon.Weeks(h);
        return
        [
            .. _horizons.Select(t => model.ProbabilityAlive(history, Horizon.Weeks(t))),
            .. _horizons.Select(t => model.ExpectedPurchases(history, Horizon.Weeks(t))),
            .. _discounts.Select(d => model.DiscountedPurchases(history, Rate(d.Delta), Until(d.Horizon))),
            .. _discounts.Select(d => model.DiscountedLifetime(history, Rate(d.Delta), Until(d.Horizon))),
            .. new[] { 0, 1, 4 }.Select(n => model.ProbabilityOfPurchases(history, n, Horizon.Weeks(39))),
        ];
    }
}
