using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>What was read, what was left out of it and why, and what was assumed.</summary>
internal static class DataSection
{
    internal static void AddTo(ReportPage page, ReportContent content)
    {
        SummaryDocument measured = content.Analysis.Measured;
        ReportNumbers numbers = content.Numbers;
        page.OpenSection("data", "What was read, and what was assumed");
        page.Add("<div class=\"plain\">");
        page.Table(new("What was read", ["Measured", ""],
        [
            ["File", Path.GetFileName(measured.File)],
            ["Rows", numbers.Count(measured.Rows)],
            ["Window", $"through {measured.Until}, days in {measured.Zone}"],
            ["Unit of time", measured.Unit],
            ["Currency", measured.Currency == Currency.None.Code ? "not named" : measured.Currency],
            ["Customers", numbers.Count(measured.Customers)],
            ["Customers who bought again", $"{numbers.Count(measured.RepeatBuyers)} ({numbers.Percent(measured.RepeatBuyers / (double)measured.Customers)})"],
            ["Repeat occasions", $"{numbers.Count(measured.RepeatOccasions)}; an occasion is a day with a purchase"],
        ], EndsInWords: true));
        string[] counted = [.. measured.CountedInWords()];
        if (counted.Length > 0)
        {
            page.Subheading("Counted, and how");
            page.List(counted);
        }

        page.Subheading("Left out, and why");
        string[] leftOut = [.. measured.LeftOutInWords()];
        page.List(leftOut.Length > 0 ? leftOut : [counted.Length > 0 ? "Nothing." : "Nothing: every row counted."]);
        AddSkipped(page, measured.Skipped, numbers);
        page.Subheading("Assumed");
        page.List(
        [
            .. content.Analysis.Estimated.TotalClv is null ? Array.Empty<string>() : [$"Margin {numbers.Share(content.Analysis.Assumed.Margin)}: what part of spend is profit."],
            $"Discount {content.Analysis.Assumed.Discount}: what is later counts less.",
            $"Horizon {content.Analysis.Assumed.Horizon}: how far ahead is counted.",
            "Customers go on as they did: no season, no campaign and no change of prices is known to the model.",
        ]);
        page.Add("</div>");
        page.Paragraph(
            $"Made by {content.Analysis.Library}, on the machine that read the file; nothing was sent anywhere. Numbers are written as in {numbers.Locale.Name}: "
            + $"{numbers.Number(1234.5, 1)}.", "small");
        page.CloseSection();
    }

    private static void AddSkipped(ReportPage page, SkippedRows skipped, ReportNumbers numbers)
    {
        if (skipped.Rows > 0)
        {
            page.Table(new("Rows left out because of faults", ["Column", "Rows", "first in line", "What was wrong"], skipped.Reasons.Select(
                reason => (IReadOnlyList<string>)[reason.Column ?? "the row", numbers.Count(reason.Rows), numbers.Count(reason.FirstLine), reason.Reason]),
                EndsInWords: true));
        }
    }
}
