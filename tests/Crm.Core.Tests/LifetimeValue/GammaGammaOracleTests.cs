using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using MathNet.Numerics.Integration;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent slow oracle: Gamma/Gamma from the story of one customer with known rate ν, whose occasions are Gamma(p, ν), averaged over
/// ν by the trapezoidal rule over ln ν. Shares nothing with the library but the definition.
/// </summary>
public sealed class GammaGammaOracleTests
{
    private const double Step = 0.05;

    public static TheoryData<double, double, double> Parameters => new()
    {
        { 6.25, 3.744, 15.44 },
        { 0.3, 1.2, 100 },
        { 1, 2.5, 0.5 },
        { 40, 0.7, 3 },
        { 3.1, 5.65, 56.5 },
        { 0.05, 20, 1000 },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void LogLikelihood_ManyHistories_IsTheIntegralOverTheRate(double p, double q, double gamma)
    {
        var spend = new GammaGamma(p, q, gamma);
        foreach (var (x, mean) in new[] { (1, 0.01), (1, 35.0), (3, 22.35), (7, 73.74), (40, 5.0), (300, 1e4) })
        {
            // The mean of x values of Gamma(p, ν) is Gamma(px, νx).
            double shape = p * x;
            double density = LogAverage(
                q, gamma, q + shape, gamma + (x * mean), logRate => (shape * (logRate + Math.Log(x))) - (x * mean * Math.Exp(logRate)));
            double expected = density + ((shape - 1) * Math.Log(mean)) - LogGamma(shape);
            double actual = spend.LogLikelihood(PurchaseHistory.Of(x, 10, 20, TimeUnit.Week, mean));
            Near.Absolute(expected, actual, 2e-12 * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"x = {x}, m_x = {mean}"));
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Distribution_ManyHistories_HasTheMomentsAndDensityOfTheIntegral(double p, double q, double gamma)
    {
        var spend = new GammaGamma(p, q, gamma);
        foreach (var (x, mean) in new[] { (0, 0.0), (1, 35.0), (7, 73.74), (40, 5.0) })
        {
            // Given the history the rate is Gamma(px + q, γ + x m_x).
            double shape = (p * x) + q;
            double scale = gamma + (x * mean);
            SpendDistribution distribution = spend.Distribution(PurchaseHistory.Of(x, x > 0 ? 10 : 0, 20, TimeUnit.Week, mean));
            string who = FormattableString.Invariant($"x = {x}, m_x = {mean}");
            if (shape > 1.1)
            {
                double expected = p * Math.Exp(LogAverage(shape, scale, shape - 1, scale, logRate => -logRate));
                Near.Relative(expected, distribution.Mean, 1e-11, $"mean, {who}");
                if (shape > 2.1)
                {
                    double second = p * (p + 1) * Math.Exp(LogAverage(shape, scale, shape - 2, scale, logRate => -2 * logRate));
                    Near.Relative(second - (expected * expected), distribution.Variance, 1e-10, $"variance, {who}");
                }
            }

            foreach (double value in new[] { 0.01, 1, 35, 500 })
            {
                double density = Math.Exp(LogAverage(
                    shape, scale, shape + p, scale + value, logRate => (p * logRate) - (value * Math.Exp(logRate)))
                    + ((p - 1) * Math.Log(value)) - LogGamma(p));
                Near.Relative(density, distribution.Density(value), 1e-11, FormattableString.Invariant($"density at {value}, {who}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void CumulativeProbability_AnyValue_IsTheIntegralOfTheDensity(double p, double q, double gamma)
    {
        SpendDistribution distribution = new GammaGamma(p, q, gamma).Distribution(PurchaseHistory.Of(0, 0, 20, TimeUnit.Week));
        foreach (double upTo in new[] { 0.05, 3, 35, 400 })
        {
            // Over the logarithm of the value, panel by panel from the top down; the density is a power of the value far below.
            double sum = 0;
            for (int depth = 0; depth < Math.Min(700, (45 / p) + Math.Log(1 + (upTo / gamma))); depth++)
            {
                sum += GaussLegendreRule.Integrate(
                    below => distribution.Density(upTo * Math.Exp(-below)) * upTo * Math.Exp(-below), depth, depth + 1, 32);
            }

            Near.Relative(sum, distribution.CumulativeProbability(upTo), 1e-12, FormattableString.Invariant($"P(value ≤ {upTo})"));
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Quantile_AnyProbability_UndoesTheCumulativeProbability(double p, double q, double gamma)
    {
        SpendDistribution distribution = new GammaGamma(p, q, gamma).Distribution(PurchaseHistory.Of(0, 0, 20, TimeUnit.Week));
        foreach (double probability in new[] { 1e-6, 0.05, 0.5, 0.95, 0.999 })
        {
            Near.Relative(probability, distribution.CumulativeProbability(distribution.Quantile(probability)), 1e-11, $"P = {probability}");
        }
    }

    [Fact]
    public void Density_AtZero_IsItsLimit()
    {
        SpendDistribution Of(double p) => new GammaGamma(p, 2, 5).Distribution(PurchaseHistory.Of(0, 0, 20, TimeUnit.Week));
        Assert.Equal(0, Of(1.5).Density(0));
        Near.Relative(Of(1).Density(1e-12), Of(1).Density(0), 1e-11);
        Assert.Equal(double.PositiveInfinity, Of(0.5).Density(0));
        Assert.Equal(0, Of(0.5).CumulativeProbability(0));
    }

    // ln E[e^story] over ν ~ Gamma(shape, rate); the nodes lie around the peak of a Gamma(peakShape, peakRate).
    private static double LogAverage(double shape, double rate, double peakShape, double peakRate, Func<double, double> logStory)
    {
        double Log(double logRate) => (shape * logRate) - (rate * Math.Exp(logRate));
        return LogSum(logRate => Log(logRate) + logStory(logRate), peakShape, peakRate) - LogSum(Log, shape, rate);
    }

    private static double LogGamma(double shape) => LogSum(logRate => (shape * logRate) - Math.Exp(logRate), shape, 1);

    private static double LogSum(Func<double, double> log, double peakShape, double peakRate)
    {
        double centre = Math.Log(peakShape / peakRate);
        double peak = log(centre);
        double step = Step * Math.Min(1, 4 / Math.Sqrt(peakShape));
        double sum = 1;
        foreach (int direction in new[] { 1, -1 })
        {
            double relative = 0;
            for (int k = 1; relative > -45; k++)
            {
                relative = log(centre + (direction * k * step)) - peak;
                sum += Math.Exp(relative);
            }
        }

        return peak + Math.Log(sum * step);
    }
}
