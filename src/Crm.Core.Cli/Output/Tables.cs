using System.Globalization;
using Crm.Core.LifetimeValue;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Crm.Core.Cli.Output;

/// <summary>The answers as tables for people.</summary>
internal static class Tables
{
    internal static IRenderable Of(SummaryDocument summary)
    {
        var table = Plain("What was read");
        table.AddRow("file", Markup.Escape(summary.File));
        table.AddRow("rows", Count(summary.Rows));
        table.AddRow("window", $"through {summary.Until} ({summary.Zone})" + (summary.HoldoutUntil is null ? "" : $", held out through {summary.HoldoutUntil}"));
        table.AddRow("unit of time", summary.Unit);
        table.AddRow("customers", Count(summary.Customers));
        table.AddRow("who bought again", $"{Count(summary.RepeatBuyers)} ({Percent((double)summary.RepeatBuyers / summary.Customers)})");
        table.AddRow("repeat occasions", Count(summary.RepeatOccasions));
        if (summary.TotalSpend is { } spend)
        {
            table.AddRow("net spend in the window", Amount((double)spend, summary.Currency));
        }

        return WithNotes(table, summary.CountedInWords().Concat(summary.LeftOutInWords()));
    }

    internal static IRenderable Of(FitDocument fit)
    {
        var table = new Table { Title = new($"{fit.Model}, {Count(fit.Customers)} {Plural.Of(fit.Customers, "customer")}"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("parameter"), Right("value"), Right("standard error"), Right("sandwich error"));
        foreach (var (name, value) in fit.Parameters!)
        {
            table.AddRow(name, Significant(value), Significant(fit.StandardErrors![name]), Significant(fit.SandwichErrors?[name]));
        }

        table.AddRow("log-likelihood", fit.LogLikelihood!.Value.ToString("F4", CultureInfo.InvariantCulture), "", "");
        table.AddRow("AIC, BIC", string.Create(CultureInfo.InvariantCulture, $"{fit.Aic:F2}, {fit.Bic:F2}"), "", "");
        return fit.Holdout is null ? table : new Rows(table, Of(fit.Holdout, fit.Unit));
    }

    private static Table Of(HoldoutFigures holdout, string unit)
    {
        var table = Plain(string.Create(CultureInfo.InvariantCulture, $"On the {holdout.Length:0.##} {Plural.Of(Math.Round(holdout.Length, 2), unit)} held out"));
        table.AddRow("mean log score", $"{Score(holdout.LogScore)} (standard error {Score(holdout.LogScoreError)})");
        table.AddRow("purchases expected", Decimal(holdout.ExpectedPurchases));
        table.AddRow("purchases made", Decimal(holdout.ActualPurchases));
        table.AddRow("mean absolute error", Error(holdout.MeanAbsoluteError));
        table.AddRow("root mean square error", Error(holdout.RootMeanSquareError));
        table.AddRow("normalised Gini", Error(holdout.NormalisedGini));
        table.AddRow("of the top 20 % found", Percent(holdout.ShareOfTop20PercentFound));
        return table;
    }

    internal static IRenderable Of(PredictionDocument prediction)
    {
        var table = Plain("Expected, all customers together");
        table.AddRow("customers", Count(prediction.Customers));
        table.AddRow("of them not dropped out", Decimal(prediction.Alive));
        table.AddRow($"purchases in {prediction.Horizon}", Decimal(prediction.ExpectedPurchases));
        AddIntervals(table, prediction.ExpectedPurchasesForecast);
        table.AddRow("discounted purchases, no end", prediction.DiscountedPurchases is { } purchases ? Decimal(purchases) : "-");
        table.AddRow("lifetime value", prediction.Clv is { } clv ? Amount(clv, prediction.Currency) : "-");
        AddIntervals(table, prediction.ClvForecast);
        if (prediction.Holdout is { } holdout)
        {
            table.AddRow("purchases expected in the days held out", Decimal(holdout.Expected));
            table.AddRow("  made", Decimal(holdout.Actual));
            table.AddRow("  mean absolute, root mean square error", $"{Error(holdout.MeanAbsoluteError)}, {Error(holdout.RootMeanSquareError)}");
        }

        return table;
    }

    internal static IRenderable Of(AnalysisDocument analysis)
    {
        EstimatedBase estimated = analysis.Estimated;
        string currency = analysis.Measured.Currency;
        var worth = Plain("What the base is worth (estimated)");
        worth.AddRow("purchase model", estimated.Models.First(m => m.Chosen).Name);
        worth.AddRow("customers not dropped out", $"{Decimal(estimated.Alive)} of {Count(analysis.Measured.Customers)}");
        worth.AddRow("their purchases in 12 months", Decimal(estimated.ExpectedPurchases12Months));
        AddIntervals(worth, estimated.ExpectedPurchases12MonthsForecast);
        if (estimated.TotalClv is { } clv)
        {
            worth.AddRow("lifetime value of the base", Amount(clv, currency));
            AddIntervals(worth, estimated.TotalClvForecast);
            worth.AddRow("value of a new customer", Amount(estimated.NewCustomerClv!.Value, currency));
        }

        worth.AddRow("on these terms", $"margin {Percent(analysis.Assumed.Margin)}, discount {analysis.Assumed.Discount}, horizon {analysis.Assumed.Horizon}");
        return new Rows(Of(analysis.Measured), worth, Validation(analysis.Validation), Pyramid(estimated), Notes(analysis.Cautions));
    }

    internal static IRenderable Of(DemoDocument demo)
    {
        var table = new Table { Title = new("True and recovered parameters"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("model"), new("parameter"), Right("true"), Right("recovered"), Right("standard error"), Right("off by (s.e.)"));
        foreach (RecoveredParameter parameter in demo.Parameters)
        {
            table.AddRow(
                parameter.Model, parameter.Name, Significant(parameter.True), Significant(parameter.Recovered), Significant(parameter.StandardError),
                parameter.StandardErrorsOff.ToString("F1", CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static void AddIntervals(Table table, ForecastLine? forecast)
    {
        if (forecast is null)
        {
            return;
        }

        string level = forecast.Level.ToString("0.#%", CultureInfo.InvariantCulture);
        table.AddRow($"  the expectation lies in ({level})", $"{Decimal(forecast.EstimateLow)} to {Decimal(forecast.EstimateHigh)}");
        table.AddRow($"  what will happen lies in ({level})", forecast.OutcomeLow is null ? "-" : $"{Decimal(forecast.OutcomeLow)} to {Decimal(forecast.OutcomeHigh)}");
    }

    private static Rows Validation(ValidationSection validation)
    {
        if (!validation.Models.Any(tested => tested.Chosen))
        {
            return new Rows(new Text("How far to trust it"), Notes(validation.Words));
        }

        var table = new Table
        {
            Title = new($"How far to trust it (known through {validation.CalibrationUntil}, tested through {validation.HeldOutUntil})"),
            Border = TableBorder.Simple,
        };
        table.AddColumns(
            new TableColumn("forecast"), Right("log score"), Right("below best"), Right("MAE"), Right("RMSE"), Right("total off by"), Right("Gini"), Right("top 20 % found"));
        foreach (ModelTested tested in validation.Models.Concat(validation.Baselines))
        {
            ErrorsLine? errors = tested.Purchases;
            table.AddRow(
                tested.Name + (tested.Chosen ? " *" : ""), Score(tested.LogScore), Score(tested.BelowBest), Error(errors?.MeanAbsoluteError), Error(errors?.RootMeanSquareError),
                Signed(errors?.Bias), Error(errors?.NormalisedGini), Percent(errors?.ShareOfTop20PercentFound));
        }

        var deciles = new Table { Title = new("Tenths by what was expected"), Border = TableBorder.Simple };
        deciles.AddColumns(new TableColumn("tenth"), Right("customers"), Right("made each"), Right("expected each"));
        foreach (CalibrationDecile decile in validation.Models.First(tested => tested.Chosen).Deciles)
        {
            deciles.AddRow(Count(decile.Number), Count((long)Math.Round(decile.Customers)), Error(decile.Actual), Error(decile.Expected));
        }

        table.Caption = new("total off by: the forecast against what happened, so that a minus is too low");
        return new Rows(table, Notes(validation.Words), deciles);
    }

    private static string Score(double? score) => score?.ToString("F4", CultureInfo.InvariantCulture) ?? "";

    private static string Error(double? error) => error?.ToString("F3", CultureInfo.InvariantCulture) ?? "-";

    private static Table Pyramid(EstimatedBase estimated)
    {
        var table = new Table { Title = new($"The pyramid ({estimated.Scheme}, by {estimated.RankedBy})"), Border = TableBorder.Simple };
        table.AddColumns(
            new TableColumn("tier"), Right("customers"), Right("of all"), Right("value"), Right("of all"), Right("from"), Right("to"));
        foreach (TierLine tier in estimated.Tiers)
        {
            table.AddRow(
                tier.Tier, Count(tier.Customers), Percent(tier.ShareOfCustomers), Decimal(tier.Value), Percent(tier.ShareOfValue),
                Decimal(tier.Least), Decimal(tier.Greatest));
        }

        table.Caption = new($"top 20 %: {Percent(estimated.ShareOfTop20Percent)} of value; Gini {Significant(estimated.Gini)}");
        return table;
    }

    private static Rows WithNotes(IRenderable table, IEnumerable<string> notes) => new Rows(table, Notes(notes));

    private static Rows Notes(IEnumerable<string> notes) => new(notes.Select(note => new Text("• " + note)));

    private static Table Plain(string title)
    {
        var table = new Table { Title = new(title), Border = TableBorder.Simple, ShowHeaders = false };
        table.AddColumns(new TableColumn(""), Right(""));
        return table;
    }

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned();

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Decimal(double? value) => value is { } number ? number.ToString("N2", CultureInfo.InvariantCulture) : "-";

    private static string Percent(double? share) => share is { } number ? number.ToString("P1", CultureInfo.InvariantCulture) : "-";

    private static string Signed(double? share) => share is { } miss ? miss.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "-";

    private static string Significant(double? value) => value is { } number ? number.ToString("G6", CultureInfo.InvariantCulture) : "-";

    private static string Amount(double amount, string currency) =>
        Decimal(amount) + (currency == Currency.None.Code ? "" : " " + currency);
}
