using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Arbitrary-precision oracle, in this repository: fits, standard errors, predictions and their errors against answers worked out to 45
/// digits and more, so that a checkout without any other data still proves the numbers.
/// </summary>
public sealed class GoldenTests
{
    private static readonly Horizon _ahead = Horizon.Weeks(39);
    private static readonly DiscountRate _discount = DiscountRate.Continuous(0.002, TimeUnit.Week);

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Fact]
    public void ParetoNbd_OverTheGrid_HasTheLikelihoodOddsAndPurchasesOfTheOracle()
    {
        int rows = 0;
        foreach (Func<string, string> row in Golden.Rows("pareto-nbd-grid.csv"))
        {
            double Of(string name) => Golden.Number(row(name));
            var model = new ParetoNbd(Of("r"), Of("alpha"), Of("s"), Of("beta"), TimeUnit.Week);
            var history = PurchaseHistory.Of((int)Of("x"), Of("t_x"), Of("T"), TimeUnit.Week);
            string what = string.Join(",", new[] { "r", "alpha", "s", "beta", "x", "t_x", "T" }.Select(row));

            double expected = Of("log_likelihood");
            Near.Absolute(expected, model.LogLikelihood(history), 1e-10 * Math.Max(1, Math.Abs(expected)), $"log-likelihood at {what}");
            double alive = row("log_odds_dead").Length == 0 ? 1 : 1 / (1 + Math.Exp(Of("log_odds_dead")));
            Near.Absolute(alive, model.ProbabilityAlive(history), 1e-10, $"P(alive) at {what}");
            double purchases = model.ExpectedPurchases(history, Horizon.Weeks(Of("expected_purchases_t")));
            Near.Absolute(Of("expected_purchases"), purchases, 1e-9 * Math.Max(1e-300, Of("expected_purchases")), $"purchases at {what}");
            rows++;
        }

        Assert.InRange(rows, 500, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Models))]
    [InlineData("gamma-gamma")]
    public void Fit_SmallBase_EndsAtTheMaximumWithItsErrors(string model)
    {
        ReferenceFile golden = Golden.Fits.Part(model);
        FitStatistics found = model == "gamma-gamma" ? GammaGamma.Fit(Golden.Base).Statistics! : PurchaseModels.Fit(model, Golden.Base).Statistics!;

        Near.Absolute(golden.Number("log_likelihood"), found.LogLikelihood, 1e-9, "log-likelihood");
        Assert.Equal((long)golden.Number("customers"), found.Customers);
        double[][] covariance = [.. golden.Entries("log_covariance").Select(row => row.Numbers())];
        double[][] sandwich = [.. golden.Entries("sandwich_log_covariance").Select(row => row.Numbers())];
        for (int i = 0; i < found.Parameters.Count; i++)
        {
            FittedParameter parameter = found.Parameters[i];
            Near.Relative(golden.Number($"parameters.{parameter.Name}"), parameter.Value, 1e-10, parameter.Name);
            Near.Relative(golden.Number($"standard_errors.{parameter.Name}"), parameter.StandardError, 1e-8, $"standard error of {parameter.Name}");
            Near.Relative(
                golden.Number($"sandwich_standard_errors.{parameter.Name}"), parameter.SandwichError, 1e-8, $"sandwich error of {parameter.Name}");
            for (int j = 0; j < found.Parameters.Count; j++)
            {
                Near.Relative(covariance[i][j], found.Covariance![i, j], 1e-8, $"covariance {i}, {j}");
                Near.Relative(sandwich[i][j], found.SandwichCovariance![i, j], 1e-8, $"sandwich {i}, {j}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_SmallBase_AreThoseOfTheOracle(string model)
    {
        var buying = PurchaseModels.Fit(model, Golden.Base).OrThrow();
        Assert.All(Golden.Fits.Part(model).Entries("rows"), golden =>
        {
            PurchaseHistory history = HistoryOf(golden);
            string who = $"row {golden.Whole("row")}";
            Near.Relative(golden.Number("log_likelihood"), buying.LogLikelihood(history), 1e-9, $"log-likelihood of {who}");
            Near.Relative(golden.Number("p_alive"), buying.ProbabilityAlive(history), 1e-9, $"P(alive) of {who}");
            Near.Relative(golden.Number("survival_39"), buying.ProbabilityAlive(history, _ahead), 1e-9, $"survival of {who}");
            Near.Relative(golden.Number("expected_purchases_39"), buying.ExpectedPurchases(history, _ahead), 1e-9, $"purchases of {who}");
            Near.Relative(golden.Number("dert"), buying.DiscountedPurchases(history, _discount, Horizon.Unlimited), 1e-9, $"DERT of {who}");
            Near.Relative(golden.Number("discounted_52"), buying.DiscountedPurchases(history, _discount, Horizon.Weeks(52)), 1e-9, $"a year of {who}");
            Assert.All(golden.Numbers("pmf_39").Index(), entry => Near.Relative(
                entry.Item, buying.ProbabilityOfPurchases(history, entry.Index, _ahead), 1e-8, $"P({entry.Index} purchases) of {who}"));
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Estimates_SmallBase_HaveTheErrorsOfTheOracle(string model)
    {
        var estimates = PurchaseEstimates.Of(PurchaseModels.Fit(model, Golden.Base));
        Assert.All(Golden.Fits.Part(model).Entries("rows"), golden =>
        {
            PurchaseHistory history = HistoryOf(golden);
            string who = $"row {golden.Whole("row")}";
            Estimate? alive = estimates.ProbabilityAlive(history);
            Assert.Equal(golden.Has("logit_p_alive_se"), alive is not null);
            if (alive is { } known)
            {
                Near.Relative(golden.Number("logit_p_alive_se"), known.StandardError, 1e-8, $"error of P(alive) of {who}");
            }

            AssertError(golden, "log_expected_purchases_39_se", estimates.ExpectedPurchases(history, _ahead), who);
            AssertError(golden, "log_dert_se", estimates.DiscountedPurchases(history, _discount, Horizon.Unlimited), who);
            AssertError(golden, "log_discounted_52_se", estimates.DiscountedPurchases(history, _discount, Horizon.Weeks(52)), who);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Total_SmallBase_HasTheErrorAndVarianceOfTheOracle(string model)
    {
        ReferenceFile golden = Golden.Fits.Part(model).Part("totals");
        var estimates = PurchaseEstimates.Of(PurchaseModels.Fit(model, Golden.Base));

        TotalForecast total = estimates.TotalPurchases(Golden.Base, _ahead);

        Near.Relative(golden.Number("expected_purchases_39"), total.Value, 1e-9, "total");
        Near.Relative(golden.Number("log_se"), total.Estimate.StandardError, 1e-6, "error of the total");
        Near.Relative(golden.Number("variance"), total.Variance!.Value, 1e-8, "variance of the total");
    }

    private static PurchaseHistory HistoryOf(ReferenceFile golden)
    {
        PurchaseHistory history = Golden.Base[golden.Whole("row") - 1];
        Assert.Equal(golden.Whole("x"), history.Frequency);
        Assert.Equal(golden.Number("T"), history.Age);
        return history;
    }

    // Slopes carry six digits.
    private static void AssertError(ReferenceFile golden, string name, Estimate estimate, string who) =>
        Near.Relative(golden.Number(name), estimate.StandardError, 2e-6, $"{name} of {who}");
}
