using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent slow oracle: the analytic gradients and Hessians of the likelihoods against central differences, five points each, of the
/// models' own values; and the value of the fit's likelihood against the model's sum.
/// </summary>
public sealed class LikelihoodDerivativesTests
{
    private const double Step = 2e-3;

    public static TheoryData<double, double, double, double> FourParameters => new()
    {
        { 0.243, 4.414, 0.793, 2.426 },
        { 0.05, 300, 0.05, 0.07 },
        { 6, 0.5, 1, 9 },
        { 2, 30, 15, 0.3 },
    };

    public static TheoryData<double, double, double> ThreeParameters => new() { { 6.25, 3.74, 15.44 }, { 0.2, 0.6, 300 }, { 60, 12, 2 } };

    [Theory]
    [MemberData(nameof(FourParameters))]
    public void BgNbd_GradientAndHessian_AreTheDifferences(double r, double alpha, double a, double b) => AssertDerivatives(
        new BetaGeometricLikelihood(Base().Distinct, 0, default),
        p => new BgNbd(p[0], p[1], p[2], p[3], TimeUnit.Week).LogLikelihood(Base()),
        r, alpha, a, b);

    [Theory]
    [MemberData(nameof(FourParameters))]
    public void ParetoNbd_GradientAndHessian_AreTheDifferences(double r, double alpha, double s, double beta) => AssertDerivatives(
        new ParetoLikelihood(Base().Distinct, default),
        p => new ParetoNbd(p[0], p[1], p[2], p[3], TimeUnit.Week).LogLikelihood(Base()),
        r, alpha, s, beta);

    [Theory]
    [MemberData(nameof(FourParameters))]
    public void MbgNbd_GradientAndHessian_AreTheDifferences(double r, double alpha, double a, double b) => AssertDerivatives(
        new BetaGeometricLikelihood(Base().Distinct, 1, default),
        p => new MbgNbd(p[0], p[1], p[2], p[3], TimeUnit.Week).LogLikelihood(Base()),
        r, alpha, a, b);

    [Theory]
    [MemberData(nameof(ThreeParameters))]
    public void GammaGamma_GradientAndHessian_AreTheDifferences(double p, double q, double gamma) => AssertDerivatives(
        new GammaGammaLikelihood(DistinctSpends.Of(Base()), default),
        at => Base().Where(history => history.Frequency > 0).Sum(history => new GammaGamma(at[0], at[1], at[2]).LogLikelihood(history)),
        p, q, gamma);

    private static PurchaseHistories Base() => PurchaseHistories.FromColumns(
        new()
        {
            Frequency = [0, 0, 0, 1, 1, 2, 2, 7, 40, 300],
            Recency = [0, 0, 0, 0.1, 38.9, 30.43, 1, 20, 35, 250],
            Age = [0, 5, 38.9, 38.9, 38.9, 38.86, 39, 600, 39, 300],
            MeanSpend = [0, 0, 0, 11.77, 300, 22.35, 0.5, 73.74, 35, 20],
        },
        new() { Unit = TimeUnit.Week });

    private static void AssertDerivatives(ILogLikelihood likelihood, Func<double[], double> value, params double[] at)
    {
        double[] logs = Array.ConvertAll(at, Math.Log);
        var found = new Derivatives(at.Length);
        likelihood.Evaluate(logs, found);
        double Value(double[] point) => value(Array.ConvertAll(point, Math.Exp));
        Near.Relative(Value(logs), found.Value, 1e-13, "value");
        double size = Math.Abs(found.Value);
        for (int i = 0; i < at.Length; i++)
        {
            Near.Absolute(Difference(Value, logs, i), found.Gradient[i], 1e-9 * size, $"gradient {i}");
            for (int j = 0; j < at.Length; j++)
            {
                double second = Difference(point => Difference(Value, point, j), logs, i);
                Near.Absolute(second, found.Hessian[i, j], 1e-7 * size, $"Hessian {i}, {j}");
            }
        }
    }

    private static double Difference(Func<double[], double> value, double[] at, int i)
    {
        double Moved(double by)
        {
            double[] point = [.. at];
            point[i] += by;
            return value(point);
        }

        return ((8 * (Moved(Step) - Moved(-Step))) - (Moved(2 * Step) - Moved(-2 * Step))) / (12 * Step);
    }
}
