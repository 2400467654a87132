using System.Globalization;
using System.Net;
using System.Text;
using Crm.Core.Cli.Output;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Report;

/// <summary>The report of an analysis: one page that needs no network and no script.</summary>
internal sealed class HtmlReport
{
    private const int TopCustomers = 20;

    private readonly StringBuilder _page = new();
    private readonly AnalysisDocument _analysis;
    private readonly CustomerBase _customers;

    private HtmlReport(AnalysisDocument analysis, CustomerBase customers)
    {
        _analysis = analysis;
        _customers = customers;
    }

    /// <summary>Makes the page.</summary>
    internal static string Of(AnalysisDocument analysis, CustomerBase customers)
    {
        var report = new HtmlReport(analysis, customers);
        report.AddHead();
        report.AddWorth();
        report.AddTrust();
        report.AddPyramid();
        report.AddTopCustomers();
        report.AddModels();
        report.AddData();
        report.AddCautions();
        report._page.AppendLine("</main></body></html>");
        return report._page.ToString();
    }

    private void AddHead()
    {
        string title = $"What the customers of {Text(Path.GetFileName(_analysis.Measured.File))} are worth";
        _page.AppendLine(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{ReportStyle.Css}</style></head>
            <body><main>
            <h1>{title}</h1>
            <p class="lead">Purchases through {_analysis.Measured.Until}, {Count(_analysis.Measured.Customers)} customers.
            Figures are marked <em>measured</em> (they stand in the data), <em>estimated</em> (a model says so) or <em>assumed</em>.</p>
            """);
    }

    private void AddWorth()
    {
        EstimatedBase estimated = _analysis.Estimated;
        _page.AppendLine("<section><h2>What the base is worth</h2><dl class=\"figures\">");
        if (estimated.TotalClv is { } total)
        {
            AddFigure("Lifetime value of the base", Amount(total), Standing(estimated.TotalClvForecast));
            AddFigure("A new customer is worth", Amount(estimated.NewCustomerClv!.Value), "estimated");
        }

        AddFigure("Customers not dropped out", $"{Number(estimated.Alive, 0)} of {Count(_analysis.Measured.Customers)}", "estimated");
        AddFigure("Their purchases in the next 12 months", Number(estimated.ExpectedPurchases12Months, 0), Standing(estimated.ExpectedPurchases12MonthsForecast));
        if (_analysis.Measured.TotalSpend is { } spend)
        {
            AddFigure("Net spend so far", Amount((double)spend), "measured");
        }

        AddFigure("Terms", $"margin {Percent(_analysis.Assumed.Margin)}, discount {Text(_analysis.Assumed.Discount)}, horizon {Text(_analysis.Assumed.Horizon)}", "assumed", "words");
        _page.AppendLine("</dl></section>");
    }

    private static string Standing(ForecastLine? forecast)
    {
        if (forecast is null)
        {
            return "estimated";
        }

        string level = forecast.Level.ToString("0.#%", CultureInfo.InvariantCulture);
        string outcome = forecast.OutcomeLow is null ? "" : $"; what will happen lies in {Number(forecast.OutcomeLow, 0)} to {Number(forecast.OutcomeHigh, 0)}";
        return $"estimated: the expectation lies in {Number(forecast.EstimateLow, 0)} to {Number(forecast.EstimateHigh, 0)}{outcome} ({level})";
    }

    private void AddTrust()
    {
        ValidationSection validation = _analysis.Validation;
        _page.AppendLine("<section><h2>How far to trust it</h2><ul>");
        foreach (string words in validation.Words)
        {
            _page.AppendLine(CultureInfo.InvariantCulture, $"<li>{Text(words)}</li>");
        }

        _page.AppendLine("</ul></section>");
        if (validation.Models.FirstOrDefault(tested => tested.Chosen) is not { } chosen)
        {
            return;
        }

        OpenTable(
            $"The test: known through {validation.CalibrationUntil}, tested through {validation.HeldOutUntil}",
            "Forecast", "Log score", "below best", "MAE", "RMSE", "Total off by", "Gini", "Top 20 % found");
        foreach (ModelTested tested in validation.Models.Concat(validation.Baselines))
        {
            ErrorsLine? errors = tested.Purchases;
            AddRow(
                tested.Name + (tested.Chosen ? " (chosen)" : ""), Number(tested.LogScore, 4), Number(tested.BelowBest, 4), Number(errors?.MeanAbsoluteError, 3),
                Number(errors?.RootMeanSquareError, 3), Percent(errors?.Bias), Number(errors?.NormalisedGini, 3), Percent(errors?.ShareOfTop20PercentFound));
        }

        CloseTable("Of purchases by customer. The log score chooses the model; the other figures are for the reader.");
        OpenTable("Tenths of the customers by what was expected of them", "Tenth", "Customers", "Expected each", "Made each");
        foreach (CalibrationDecile decile in chosen.Deciles)
        {
            AddRow(Count(decile.Number), Number(decile.Customers, 0), Number(decile.Expected, 3), Number(decile.Actual, 3));
        }

        CloseTable($"In the test period, by {chosen.Name}.");
    }

    private void AddPyramid()
    {
        EstimatedBase estimated = _analysis.Estimated;
        OpenTable($"The pyramid, by {estimated.RankedBy}", "Tier", "Customers", "of all", "Value", "of all", "from", "to");
        foreach (TierLine tier in estimated.Tiers)
        {
            AddRow(tier.Tier, Count(tier.Customers), Percent(tier.ShareOfCustomers), Number(tier.Value, 2), Percent(tier.ShareOfValue), Number(tier.Least, 2), Number(tier.Greatest, 2));
        }

        CloseTable($"The top 1 %, 5 % and 20 % hold {Percent(estimated.ShareOfTop1Percent)}, {Percent(estimated.ShareOfTop5Percent)} and {Percent(estimated.ShareOfTop20Percent)} of the value; Gini {Number(estimated.Gini, 3)}.");
    }

    private void AddTopCustomers()
    {
        if (_customers.Values is not { } values)
        {
            return;
        }

        OpenTable($"The {Math.Min(TopCustomers, values.Count)} most valuable customers", "Customer", "Repeat purchases", "P(alive)", "Expected spend", "Lifetime value");
        foreach (int row in Enumerable.Range(0, values.Count).OrderByDescending(row => values.Clv[row]).ThenBy(row => values.Ids[row]).Take(TopCustomers))
        {
            CustomerValue value = values.AtRow(row);
            AddRow(value.Id.ToString(), Count(_customers.Histories.Frequency[row]), Percent(value.ProbabilityAlive), Number(value.ExpectedSpend, 2), Number(value.Clv, 2));
        }

        CloseTable("All customers stand in customers.csv.");
    }

    private void AddModels()
    {
        OpenWordedTable("The models", "Model", "", "Log-likelihood", "AIC", "Parameters (standard errors)");
        foreach (ModelTried tried in _analysis.Estimated.Models)
        {
            AddFit(tried.Fit, tried.Chosen ? "chosen" : "");
        }

        AddFit(_analysis.Estimated.Spend, "spend");
        CloseTable("Parameters by maximum likelihood, under the names of the papers.");
    }

    private void AddFit(FitDocument fit, string role)
    {
        string parameters = fit.Parameters is null
            ? string.Join(" ", fit.Diagnostics)
            : string.Join(", ", fit.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:G5} ({fit.StandardErrors![p.Key]:G2})")));
        AddRow(fit.Model, role, Number(fit.LogLikelihood, 2), Number(fit.Aic, 2), parameters);
    }

    private void AddData()
    {
        SummaryDocument measured = _analysis.Measured;
        OpenWordedTable("What was read (measured)", "", "");
        AddRow("File", measured.File);
        AddRow("Rows", Count(measured.Rows));
        AddRow("Window", $"through {measured.Until}, days in {measured.Zone}");
        AddRow("Unit of time", measured.Unit);
        AddRow("Customers", Count(measured.Customers));
        AddRow("Customers who bought again", Count(measured.RepeatBuyers));
        AddRow("Repeat occasions", Count(measured.RepeatOccasions));
        CloseTable("An occasion is a day with a purchase.");
    }

    private void AddCautions()
    {
        _page.AppendLine("<section><h2>Before you use these figures</h2><ul>");
        foreach (string caution in _analysis.Cautions)
        {
            _page.AppendLine(CultureInfo.InvariantCulture, $"<li>{Text(caution)}</li>");
        }

        _page.AppendLine(CultureInfo.InvariantCulture, $"</ul><p class=\"small\">Made by {Text(_analysis.Library)}.</p></section>");
    }

    private void AddFigure(string name, string value, string standing, string kind = "number") => _page.AppendLine(
        CultureInfo.InvariantCulture, $"<div><dt>{Text(name)}</dt><dd class=\"{kind}\">{value}<span class=\"standing\">{standing}</span></dd></div>");

    private void OpenTable(string title, params ReadOnlySpan<string> headers) => OpenTable("figures-only", title, headers);

    // A table whose last column is words: they start at the left and may wrap.
    private void OpenWordedTable(string title, params ReadOnlySpan<string> headers) => OpenTable("worded", title, headers);

    private void OpenTable(string kind, string title, ReadOnlySpan<string> headers)
    {
        _page.AppendLine(CultureInfo.InvariantCulture, $"<section><h2>{Text(title)}</h2><div class=\"wide\"><table class=\"{kind}\"><thead><tr>");
        foreach (string header in headers)
        {
            _page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Text(header)}</th>");
        }

        _page.AppendLine("</tr></thead><tbody>");
    }

    private void AddRow(params ReadOnlySpan<string> cells)
    {
        _page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(cells[0])}</th>");
        foreach (string cell in cells[1..])
        {
            _page.Append(CultureInfo.InvariantCulture, $"<td>{Text(cell)}</td>");
        }

        _page.AppendLine("</tr>");
    }

    private void CloseTable(string note) =>
        _page.AppendLine(CultureInfo.InvariantCulture, $"</tbody></table></div><p class=\"small\">{Text(note)}</p></section>");

    private string Amount(double amount) =>
        Number(amount, 2) + (_analysis.Measured.Currency == Currency.None.Code ? "" : " " + _analysis.Measured.Currency);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double? value, int digits) => value?.ToString("N" + digits, CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? share) => share?.ToString("P1", CultureInfo.InvariantCulture) ?? "-";
}
