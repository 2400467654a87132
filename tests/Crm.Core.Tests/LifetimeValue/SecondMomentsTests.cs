using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Simulation and independent slow oracle: second moments of what lies ahead against simulated futures, within 4.5 standard errors, and,
/// without a discount, those of purchases against the sum over their probabilities.
/// </summary>
public sealed class SecondMomentsTests
{
    private const int Draws = 60_000;

    // Purpose of no random stream of the library.
    private const uint Purpose = 99;

    public static TheoryData<bool, double, double, double, double> Processes => new()
    {
        { false, 0.525, 6.183, 0.891, 2.614 },
        { false, 3.5, 45, 1.4, 5 },
        { false, 40, 50, 1, 2 },
        { true, 0.553, 10.58, 0.606, 11.67 },
        { true, 3.5, 45, 1, 50 },
        { true, 4, 10, 3.5, 90 },
    };

    [Theory]
    [MemberData(nameof(Processes))]
    public void SecondMoments_SimulatedFutures_Agree(bool isPareto, double first, double second, double third, double fourth)
    {
        AliveProcess process = ProcessOf(isPareto, first, second, third, fourth);
        foreach (var (delta, horizon) in new[] { (0, 40.0), (0.01, 40), (0.5, 3), (0.1, double.PositiveInfinity), (0.02, 600) })
        {
            var (pairs, together, lifetimes) = (new double[Draws], new double[Draws], new double[Draws]);
            double end = Math.Min(horizon, 40 / delta);
            var times = new List<double>();
            for (int draw = 0; draw < Draws; draw++)
            {
                times.Clear();
                var random = new RandomStream(11, Purpose, (ulong)draw);
                double alive = process.Simulate(end, ref random, times);
                double sum = times.Sum(time => Math.Exp(-delta * time));
                double lifetime = delta == 0 ? alive : (1 - Math.Exp(-delta * alive)) / delta;
                pairs[draw] = (sum * sum) - times.Sum(time => Math.Exp(-2 * delta * time));
                together[draw] = sum * lifetime;
                lifetimes[draw] = 0.5 * lifetime * lifetime;
            }

            string over = FormattableString.Invariant($"delta {delta} to {horizon}");
            AssertMean(pairs, process.DiscountedPairs(delta, horizon), $"pairs, {over}");
            AssertMean(together, process.DiscountedPurchasesTimesLifetime(delta, horizon), $"purchases times lifetime, {over}");
            AssertMean(lifetimes, process.HalfSquaredLifetime(delta, horizon), $"half squared lifetime, {over}");
        }
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void DiscountedPairs_NoDiscount_AreTheSumOverTheCounts(bool isPareto, double first, double second, double third, double fourth)
    {
        AliveProcess process = ProcessOf(isPareto, first, second, third, fourth);
        foreach (double t in new[] { 0.1, 2, 30 })
        {
            double sum = 0;
            double left = 1;
            for (int n = 0; n < 3000 && (n < 50 || left * n * n > 1e-11); n++)
            {
                double probability = process.ProbabilityOfPurchases(n, t);
                sum += n * (n - 1.0) * probability;
                left -= probability;
            }

            Near.Absolute(sum, process.DiscountedPairs(0, t), (1e-8 * sum) + 1e-10, $"pairs in {t}");
        }
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void SecondMoments_NoTime_AreZero(bool isPareto, double first, double second, double third, double fourth)
    {
        AliveProcess process = ProcessOf(isPareto, first, second, third, fourth);
        foreach (double delta in new[] { 0, 0.01 })
        {
            Assert.Equal(0, process.DiscountedPairs(delta, 0));
            Assert.Equal(0, process.DiscountedPurchasesTimesLifetime(delta, 0));
            Assert.Equal(0, process.HalfSquaredLifetime(delta, 0));
        }
    }

    // The near and the far way, and quadrature over time, of one and the same number: a horizon that is as good as none.
    [Theory]
    [MemberData(nameof(Processes))]
    public void HalfSquaredLifetime_FarHorizon_IsTheUnlimitedOne(bool isPareto, double first, double second, double third, double fourth)
    {
        AliveProcess process = ProcessOf(isPareto, first, second, third, fourth);
        foreach (double delta in new[] { 1e-3, 0.1, 5 })
        {
            Near.Relative(process.HalfSquaredLifetime(delta, double.PositiveInfinity), process.HalfSquaredLifetime(delta, 45 / delta), 1e-8, $"delta {delta}");
        }
    }

    private static AliveProcess ProcessOf(bool isPareto, double first, double second, double third, double fourth) =>
        isPareto ? new ParetoProcess(first, second, third, fourth) : new BetaGeometricProcess(first, second, third, fourth);

    private static void AssertMean(double[] draws, double expected, string what)
    {
        double mean = draws.Average();
        double variance = draws.Sum(draw => (draw - mean) * (draw - mean)) / draws.Length;
        Near.Absolute(expected, mean, 4.5 * Math.Sqrt(variance / draws.Length), what);
    }
}
