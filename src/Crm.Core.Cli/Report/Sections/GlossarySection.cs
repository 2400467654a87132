namespace Crm.Core.Cli.Report.Sections;

/// <summary>The words of the report, each in a sentence.</summary>
internal static class GlossarySection
{
    private static readonly (string Word, string Meaning)[] _words =
    [
        ("Lifetime value", "The present value of the profit expected from a customer from now on, at the terms above. What they spent before is not in it."),
        ("P(alive)", "The probability that a customer has not dropped out. Nobody sees it happen; the model infers it from how often and how lately they bought."),
        ("Estimate interval", "How sure an expectation is. It is as wide as the data leave the parameters open, and narrows as the base grows."),
        ("Outcome interval", "In what range what happens will lie, so often as its level says and if customers are as the model says: uncertain parameters and chance together. Always the wider one."),
        ("Repeat purchase", "A day with a purchase after the customer's first one."),
        ("Held out", "The last part of the data, kept from the models and used to test them."),
        ("Gini", "0 when all customers are worth the same, near 1 when one holds all."),
        ("Discount", "What a sum a year later is worth less today."),
    ];

    internal static void AddTo(ReportPage page, ReportContent content)
    {
        page.OpenSection("glossary", "The words used here");
        page.Add("<dl class=\"glossary\">");
        foreach (var (word, meaning) in _words.Where(entry => IsUsed(entry.Word, content)))
        {
            page.Add($"<div><dt>{ReportPage.Text(word)}</dt><dd>{ReportPage.Text(meaning)}</dd></div>");
        }

        page.Add("</dl>");
        page.CloseSection();
    }

    private static bool IsUsed(string word, ReportContent content) => word switch
    {
        "Held out" => content.Analysis.Validation.HeldOutUntil is not null,
        "Lifetime value" => content.Analysis.Estimated.TotalClv is not null,
        _ => true,
    };
}
