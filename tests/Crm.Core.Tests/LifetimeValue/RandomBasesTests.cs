using System.Globalization;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Independent oracle on bad data: small random bases, most of which no model made. Each fit either is a maximum, by finite
/// differences of the model's own log-likelihood and by the searches of Nelder and Mead, or says why there is none.
/// </summary>
public sealed class RandomBasesTests
{
    private const int Bases = 200;

    [Theory]
    [InlineData("bg-nbd", Bases, "r", "alpha", "a", "b")]
    [InlineData("mbg-nbd", Bases, "r", "alpha", "a", "b")]
    [InlineData("pareto-nbd", Bases / 5, "r", "alpha", "s", "beta")]
    public void PurchaseFit_RandomBase_IsAMaximumOrSaysWhyNot(string model, int bases, params string[] names)
    {
        int converged = 0;
        for (int number = 0; number < bases; number++)
        {
            PurchaseHistories histories = RandomBase(number);
            var fit = PurchaseModels.Fit(model, histories);
            double Value(double[] logs) => PurchaseModels.Create(model, Named(names, logs), TimeUnit.Week).LogLikelihood(histories);
            converged += Check(fit.Statistics, fit.Diagnostics, Value, $"base {number}");
        }

        Assert.InRange(converged, bases / 4, bases);
    }

    [Fact]
    public void SpendFit_RandomBase_IsAMaximumOrSaysWhyNot()
    {
        int converged = 0;
        for (int number = 0; number < Bases; number++)
        {
            PurchaseHistories histories = RandomBase(number);
            var fit = GammaGamma.Fit(histories);
            double Value(double[] logs)
            {
                var spend = new GammaGamma(Math.Exp(logs[0]), Math.Exp(logs[1]), Math.Exp(logs[2]));
                return histories.Where(history => history.Frequency > 0 && history.MeanSpend > 0).Sum(history => spend.LogLikelihood(history));
            }

            converged += Check(fit.Statistics, fit.Diagnostics, Value, $"base {number}");
        }

        Assert.InRange(converged, Bases / 4, Bases);
    }

    private static Dictionary<string, double> Named(string[] names, double[] logs) =>
        names.Zip(logs).ToDictionary(pair => pair.First, pair => Math.Exp(Math.Clamp(pair.Second, -18, 18)));

    private static int Check(FitStatistics? statistics, IReadOnlyList<FitDiagnostic> diagnostics, Func<double[], double> value, string who)
    {
        Assert.Equal(statistics is null, diagnostics.Any(found => found.IsFailure));
        if (statistics is null)
        {
            Assert.DoesNotContain(diagnostics, found => found.Diagnosis == FitDiagnosis.NotConverged);
            return 0;
        }

        Assert.All(statistics.Parameters, parameter => Assert.True(
            parameter.Value > 0 && double.IsFinite(parameter.Value) && double.IsFinite(parameter.StandardError), $"{who}: {parameter}"));
        double[] top = [.. statistics.Parameters.Select(parameter => Math.Log(parameter.Value))];
        Near.Absolute(statistics.LogLikelihood, value(top), 1e-10 * Math.Abs(statistics.LogLikelihood), $"{who}: log-likelihood");
        double left = StillToGain(value, top);
        Assert.True(left is >= 0 and <= 1e-6, FormattableString.Invariant($"{who}: {left:e2} of log-likelihood still to be gained"));
        double elsewhere = Search(value, top.Length);
        Assert.True(
            elsewhere <= statistics.LogLikelihood + 1e-6,
            FormattableString.Invariant($"{who}: {elsewhere:R} is higher than the {statistics.LogLikelihood:R} that was found"));
        return 1;
    }

    // ½ gᵀ(−H)⁻¹g by central differences; negative where −H is not positive definite.
    private static double StillToGain(Func<double[], double> value, double[] at)
    {
        int n = at.Length;
        const double step = 3e-4;
        double Moved(int i, double first, int j, double second)
        {
            double[] point = [.. at];
            point[i] += first;
            point[j] += second;
            return value(point);
        }

        Vector<double> gradient = Vector<double>.Build.Dense(n, i => (Moved(i, step, i, 0) - Moved(i, -step, i, 0)) / (2 * step));
        const double wide = 2e-2;
        Matrix<double> bend = Matrix<double>.Build.Dense(n, n, (i, j) =>
            -(Moved(i, wide, j, wide) - Moved(i, wide, j, -wide) - Moved(i, -wide, j, wide) + Moved(i, -wide, j, -wide)) / (4 * wide * wide));
        return 0.5 * gradient.DotProduct(bend.Solve(gradient));
    }

    private static double Search(Func<double[], double> value, int n)
    {
        double best = double.NegativeInfinity;
        foreach (double start in new[] { -1.0, 1.5 })
        {
            var objective = ObjectiveFunction.Value(point => Math.Min(1e10, -value(point.ToArray())));
            var simplex = new NelderMeadSimplex(1e-9, 2000);
            try
            {
                best = Math.Max(best, -simplex.FindMinimum(objective, Vector<double>.Build.Dense(n, i => i == 1 ? start + 2 : start)).FunctionInfoAtMinimum.Value);
            }
            catch (MaximumIterationsException)
            {
                // A search that loses its way along a ridge proves nothing.
            }
        }

        return best;
    }

    // Every second base comes from the model, the others from no model at all.
    private static PurchaseHistories RandomBase(int number)
    {
        var random = new RandomStream(77, 9, (ulong)number);
        int customers = 5 + (int)(195 * random.NextDouble() * random.NextDouble());
        if (number % 2 == 0)
        {
            return Simulated.Base(
                new MbgNbd(0.3 + random.NextDouble(), 5, 0.5 + random.NextDouble(), 2, TimeUnit.Week),
                customers,
                Horizon.Weeks(52),
                (ulong)number,
                new GammaGamma(5, 3, 20));
        }

        double busy = Math.Exp(3 * random.NextDouble());
        double loyal = random.NextDouble();
        var frequency = new int[customers];
        var recency = new double[customers];
        var age = new double[customers];
        var spend = new double[customers];
        for (int row = 0; row < customers; row++)
        {
            age[row] = 1 + (50 * random.NextDouble());
            frequency[row] = (int)(busy * random.NextExponential());
            bool stays = random.NextDouble() < loyal;
            recency[row] = frequency[row] == 0 ? 0 : stays ? age[row] : Math.Max(1e-3, age[row] * random.NextDouble());
            spend[row] = frequency[row] == 0 ? 0 : random.NextDouble() < 0.03 ? -1 : 10 * Math.Exp(random.NextNormal());
        }

        return PurchaseHistories.FromColumns(
            new()
            {
                Ids = [.. frequency.Select((_, row) => CustomerId.Of(row.ToString(CultureInfo.InvariantCulture)))],
                Frequency = frequency,
                Recency = recency,
                Age = age,
                MeanSpend = spend,
            },
            new() { Unit = TimeUnit.Week });
    }
}
