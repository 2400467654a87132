using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Simulation and examples: small bases say so where their likelihood has no maximum, and a fit under a prior always has one and says that
/// it is one.
/// </summary>
public sealed class RidgeTests
{
    private const int Bases = 100;

    private static readonly MbgNbd _truth = new(0.55, 10, 0.9, 1.6, TimeUnit.Week);

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_HundredCustomers_OftenHasNoMaximumAndThenSaysWhatTheDataSay(string model)
    {
        int failed = 0;
        for (ulong seed = 0; seed < Bases; seed++)
        {
            PurchaseHistories histories = Simulated.Base(_truth, 100, Horizon.Weeks(39), seed);
            var fit = PurchaseModels.Fit(model, histories);
            if (fit.Converged)
            {
                continue;
            }

            failed++;
            FitDiagnostic why = Assert.Single(fit.Diagnostics, found => found.IsFailure);
            Assert.True(why.Diagnosis is FitDiagnosis.Ridge or FitDiagnosis.ParameterAtBound, why.ToString());
            Assert.Contains("Its limit says that", why.Message, StringComparison.Ordinal);
            Assert.Contains("under a prior", why.Advice, StringComparison.Ordinal);
            var penalised = PurchaseModels.FitPenalised(model, histories, ParameterPrior.Weak);
            Assert.True(penalised.Converged);
            Assert.Contains(penalised.Diagnostics, found => found.Diagnosis == FitDiagnosis.Penalised);
            Assert.NotNull(penalised.Statistics.Covariance);
        }

        Assert.InRange(failed, Bases / 10, Bases * 6 / 10);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void FitPenalised_WideAndNarrowPriors_GoFromTheDataToTheTypicalBase(string model)
    {
        PurchaseHistories histories = Simulated.Base(_truth, 3_000, Horizon.Weeks(52), 3);
        FitStatistics likelihood = PurchaseModels.Fit(model, histories).Statistics!;
        FitStatistics wide = PurchaseModels.FitPenalised(model, histories, ParameterPrior.Of(10)).Statistics!;
        FitStatistics narrow = PurchaseModels.FitPenalised(model, histories, ParameterPrior.Of(0.01)).Statistics!;

        Assert.True(likelihood.LogLikelihood >= wide.LogLikelihood && wide.LogLikelihood > narrow.LogLikelihood);
        Assert.InRange(likelihood.LogLikelihood - wide.LogLikelihood, 0, 1e-2);
        Near.Relative(0.5, narrow.Parameters[0].Value, 0.05, "r, held at what is typical");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void FitPenalised_InDaysInsteadOfWeeks_IsTheSame(string model)
    {
        PurchaseHistories weeks = Simulated.Base(_truth, 100, Horizon.Weeks(39), 1);
        PurchaseHistories days = PurchaseHistories.FromColumns(
            new()
            {
                Frequency = weeks.Frequency.ToArray(),
                Recency = [.. weeks.Recency.ToArray().Select(t => 7 * t)],
                Age = [.. weeks.Age.ToArray().Select(t => 7 * t)],
            },
            new() { Unit = TimeUnit.Day });

        var inWeeks = PurchaseModels.FitPenalised(model, weeks, ParameterPrior.Weak).Statistics!.Parameters;
        var inDays = PurchaseModels.FitPenalised(model, days, ParameterPrior.Weak).Statistics!.Parameters;

        Assert.All(inWeeks.Zip(inDays), pair => Near.Relative(
            pair.First.Value * (pair.First.Name is "alpha" or "beta" ? 7 : 1), pair.Second.Value, 1e-7, pair.First.Name));
    }

    [Fact]
    public void GammaGamma_SpendThatGoesWithFrequency_IsFlaggedAndOtherIsNot()
    {
        PurchaseHistories independent = Simulated.Base(new MbgNbd(2, 8, 0.3, 3, TimeUnit.Week), 2_000, Horizon.Weeks(52), 5, new GammaGamma(6, 4, 18));
        double[] growing = [.. Enumerable.Range(0, independent.Count).Select(row => independent.MeanSpend[row] * (1 + (0.15 * independent.Frequency[row])))];
        PurchaseHistories together = PurchaseHistories.FromColumns(
            new()
            {
                Frequency = independent.Frequency.ToArray(),
                Recency = independent.Recency.ToArray(),
                Age = independent.Age.ToArray(),
                MeanSpend = growing,
            },
            independent.Frame);

        Assert.DoesNotContain(GammaGamma.Fit(independent).Diagnostics, found => found.Diagnosis == FitDiagnosis.SpendAndFrequencyCorrelated);
        FitDiagnostic flagged = Assert.Single(GammaGamma.Fit(together).Diagnostics, found => found.Diagnosis == FitDiagnosis.SpendAndFrequencyCorrelated);
        Assert.False(flagged.IsFailure);
        Assert.Contains("spend more on an occasion", flagged.Message, StringComparison.Ordinal);
    }
}
