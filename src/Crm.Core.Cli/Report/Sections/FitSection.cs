using System.Globalization;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>The models: which were tried, which was chosen and why, and how it fits.</summary>
internal static class FitSection
{
    internal static void AddTo(ReportPage page, ReportContent content)
    {
        page.OpenSection("models", "Model choice");
        ValidationSection validation = content.Analysis.Validation;
        ModelTested? chosen = validation.Models.FirstOrDefault(tested => tested.Chosen);
        if (chosen is not null)
        {
            AddTest(page, validation, content.Numbers);
        }

        page.OpenPair();
        AddFrequencies(page, content.Analysis.Estimated, content.Numbers);
        if (chosen is { Deciles.Count: > 0 })
        {
            AddDeciles(page, chosen, content.Numbers);
        }

        page.ClosePair();
        AddParameters(page, content.Analysis.Estimated, content.Numbers);
        page.CloseSection();
    }

    private static void AddTest(ReportPage page, ValidationSection validation, ReportNumbers numbers)
    {
        page.Add("<div class=\"plain\">");
        page.Subheading($"The test: known through {validation.CalibrationUntil}, tested through {validation.HeldOutUntil}");
        page.Table(new(
            "Models and simple forecasts on the test period",
            ["Forecast", "Log score", "below best", "MAE", "RMSE", "Total off by", "Gini", "Top 20 % found"],
            validation.Models.Concat(validation.Baselines).Select(tested => Row(tested, numbers))));
        page.Paragraph(
            "Of purchases by customer. The log score, the mean logarithm of the probability that a forecast gave to what each customer did, chooses the model; "
            + "the other figures are for the reader. Off by: the forecast against what happened, so that a minus is too low. The last two forecasts need no model; a model that does not beat them is of no use.", "small");
        page.Add("</div>");
    }

    private static IReadOnlyList<string> Row(ModelTested tested, ReportNumbers numbers)
    {
        ErrorsLine? errors = tested.Purchases;
        return
        [
            tested.Name + (tested.Chosen ? " (chosen)" : ""), numbers.Number(tested.LogScore, 4), numbers.Number(tested.BelowBest, 4),
            numbers.Number(errors?.MeanAbsoluteError, 3), numbers.Number(errors?.RootMeanSquareError, 3), numbers.Signed(errors?.Bias),
            numbers.Number(errors?.NormalisedGini, 3), numbers.Percent(errors?.ShareOfTop20PercentFound),
        ];
    }

    private static void AddFrequencies(ReportPage page, EstimatedBase estimated, ReportNumbers numbers)
    {
        FrequencyBin none = estimated.Frequencies[0];
        string says = $"{numbers.Counted(none.Actual, "customer")} never bought again; the model expects {numbers.Number(none.Expected)}. Bars of equal height say that it fits.";
        page.Figure(
            "Customers by number of repeat purchases",
            says,
            frame => PairedBars.Draw(
                frame, "frequencies", "Customers by number of repeat purchases, actual and expected", says, ("actual", "expected"), "repeat purchases",
                [.. estimated.Frequencies.Select(bin => new PairedBar(Name(bin, numbers), bin.Actual, bin.Expected))], numbers.Short),
            new("Customers by number of repeat purchases", ["Repeat purchases", "Actual", "Expected"], estimated.Frequencies.Select(bin => (IReadOnlyList<string>)
                [Name(bin, numbers), numbers.Count(bin.Actual), numbers.Number(bin.Expected, 1)])));
    }

    private static string Name(FrequencyBin bin, ReportNumbers numbers) => numbers.Count(bin.Purchases) + (bin.OrMore ? "+" : "");

    private static void AddDeciles(ReportPage page, ModelTested chosen, ReportNumbers numbers)
    {
        const string Says = "Customers in tenths by what was expected of them in the test period, least first: what each made, beside what was expected.";
        page.Figure(
            "Were the right customers expected to buy?",
            Says,
            frame => PairedBars.Draw(
                frame, "deciles", "Purchases in the test period by tenth of the customers", Says, ("made", "expected"), "tenth of the customers",
                [.. chosen.Deciles.Select(tenth => new PairedBar(numbers.Count(tenth.Number), tenth.Actual, tenth.Expected))], numbers.Short),
            new("Tenths of the customers", ["Tenth", "Customers", "Made each", "Expected each"], chosen.Deciles.Select(tenth => (IReadOnlyList<string>)
                [numbers.Count(tenth.Number), numbers.Number(tenth.Customers), numbers.Number(tenth.Actual, 3), numbers.Number(tenth.Expected, 3)])));
    }

    private static void AddParameters(ReportPage page, EstimatedBase estimated, ReportNumbers numbers)
    {
        page.Add("<div class=\"plain\">");
        page.Subheading("The models, fitted to all the data");
        page.Table(new(
            "The models",
            ["Model", "", "Log-likelihood", "AIC", "Parameters (standard errors)"],
            estimated.Models.Select(tried => FitRow(tried.Fit, tried.Chosen ? "chosen" : "", numbers)).Concat(estimated.TotalClv is null ? [] : [FitRow(estimated.Spend, "spend", numbers)]),
            EndsInWords: true));
        page.Paragraph("Parameters under the names of the papers.", "small");
        page.Add("</div>");
    }

    private static IReadOnlyList<string> FitRow(FitDocument fit, string role, ReportNumbers numbers) =>
        [fit.Model, role, numbers.Number(fit.LogLikelihood, 2), numbers.Number(fit.Aic, 2), numbers.Locale.Words(Parameters(fit))];

    private static string Parameters(FitDocument fit) => fit.Parameters is null
        ? string.Join(" ", fit.Diagnostics)
        : string.Join("; ", fit.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:G5}{Error(fit, p.Key)}")));

    private static string Error(FitDocument fit, string name) => fit.StandardErrors?.GetValueOrDefault(name) is { } error
        ? string.Create(CultureInfo.InvariantCulture, $" ({error:G2})")
        : "";
}
