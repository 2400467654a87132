using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>The head of the report: what the base is worth, each figure with its standing and its intervals.</summary>
internal static class WorthSection
{
    internal static void AddTo(ReportPage page, string title, ReportContent content)
    {
        AnalysisDocument analysis = content.Analysis;
        ReportNumbers numbers = content.Numbers;
        page.Heading(title);
        page.Paragraph($"{numbers.Counted(analysis.Measured.Customers, "customer")} and their purchases through {analysis.Measured.Until}.", "lead");
        page.Add($"<p>{Badges(analysis.Validation)}</p>");
        page.Add("<dl class=\"cards\">");
        foreach (string card in Cards(content))
        {
            page.Add(card);
        }

        page.Add("</dl>");
        page.Paragraph(
            "Measured figures stand in the data. Estimated ones come from a model: the thick bar is the estimate interval, which says how sure the "
            + "expectation is; the thin one is the outcome interval, in which what happens lies so often as it says, if customers are as the model says. "
            + "Assumed ones were given with the command.", "small");
    }

    private static string Badges(ValidationSection validation) =>
        Badge("purchases", validation.Grade) + (validation.SpendGrade is { } spend ? " " + Badge("spend", spend) : "");

    private static string Badge(string what, ValidationGrade grade) => grade switch
    {
        ValidationGrade.Good => Badge("good", $"Forecast of {what} tested: good"),
        ValidationGrade.Fair => Badge("fair", $"Forecast of {what} tested: fair"),
        ValidationGrade.Poor => Badge("poor", $"Forecast of {what} tested: poor"),
        _ => Badge("none", "Forecast not tested"),
    };

    private static string Badge(string kind, string words) => $"<span class=\"grade {kind}\">{words}</span>";

    private static IEnumerable<string> Cards(ReportContent content)
    {
        SummaryDocument measured = content.Analysis.Measured;
        EstimatedBase estimated = content.Analysis.Estimated;
        ReportNumbers numbers = content.Numbers;
        if (estimated.TotalClv is { } total)
        {
            yield return Card("Lifetime value of today's customers", numbers.Money(total), "estimated", WithIntervals(estimated.TotalClvForecast, true, numbers), "first");
        }

        yield return Card(
            "Their purchases in the next 12 months",
            numbers.Number(estimated.ExpectedPurchases12Months),
            "estimated",
            WithIntervals(estimated.ExpectedPurchases12MonthsForecast, false, numbers),
            estimated.TotalClv is null ? "first" : "second");
        yield return Card(
            "Customers who have not dropped out",
            numbers.Number(estimated.Alive),
            "estimated",
            Words($"{numbers.Percent(estimated.Alive / measured.Customers)} of {numbers.Count(measured.Customers)}"));
        if (estimated.NewCustomerClv is { } ofNew)
        {
            yield return Card("A new customer is worth", numbers.Money(ofNew), "estimated", Words("at the first purchase, what follows it"));
        }

        if (measured.TotalSpend is { } spend)
        {
            yield return Card("Net spend so far", numbers.Money((double)spend), "measured", Words($"{numbers.Counted(measured.Purchases, "purchase")}, {numbers.Counted(measured.Returns, "return")}"));
        }

        yield return Card(
            "Terms",
            estimated.TotalClv is null ? "no amounts" : $"{numbers.Share(content.Analysis.Assumed.Margin)} margin",
            estimated.TotalClv is null ? "measured" : "assumed",
            Words(numbers.Locale.Words($"discount {content.Analysis.Assumed.Discount}, horizon {content.Analysis.Assumed.Horizon}")));
    }

    private static string WithIntervals(ForecastLine? forecast, bool inMoney, ReportNumbers numbers)
    {
        if (forecast is null)
        {
            return Words("no intervals: see the cautions below");
        }

        string outcome = forecast.OutcomeLow is { } low && forecast.OutcomeHigh is { } high
            ? $"What may happen: {numbers.Range(low, high, inMoney)}."
            : numbers.Locale.Words(forecast.WhyNoOutcome ?? "");
        return IntervalMark.Draw(forecast)
            + Words($"The expectation: {numbers.Range(forecast.EstimateLow, forecast.EstimateHigh, inMoney)}.")
            + Words($"{outcome} ({numbers.Level(forecast.Level)} intervals)");
    }

    private static string Card(string name, string value, string standing, string below, string kind = "") =>
        $"<div class=\"{kind}\"><dt>{ReportPage.Text(name)}</dt><dd><strong>{ReportPage.Text(value)}</strong>{below}<span class=\"standing\">{standing}</span></dd></div>";

    private static string Words(string text) => $"<p>{ReportPage.Text(text)}</p>";
}
