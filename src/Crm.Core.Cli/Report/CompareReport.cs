using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report;

/// <summary>The page of <c>crm compare</c>: two pyramids side by side, and who moved between them.</summary>
internal static class CompareReport
{
    internal static string Of(CompareDocument document, ReportNumbers numbers)
    {
        string title = $"The customer pyramid, {document.Before.Name} and {document.Now.Name}";
        var page = new ReportPage(title, ReportStyle.Css, numbers);
        page.Heading(title);
        page.Paragraph(Lead(document, numbers), "lead");
        page.OpenSection("both", $"Who stands where, by {document.RankedBy}");
        page.OpenPair();
        AddSide(page, "before", document.Before, numbers);
        AddSide(page, "now", document.Now, numbers);
        page.ClosePair();
        ConcentrationPart.AddTo(page, (document.Now.Name, document.Now.Concentration), (document.Before.Name, document.Before.Concentration), numbers);
        page.CloseSection();
        MovementPart.AddTo(page, document.Movement, numbers);
        page.OpenSection("data", "How it was made");
        page.Add("<div class=\"plain\">");
        page.List(document.Notes);
        page.Add("</div>");
        page.Paragraph(
            $"Currency {(document.Currency == Currency.None.Code ? "not named" : document.Currency)}. Made by {document.Library} on the machine that read the files; nothing was sent anywhere. "
            + $"Numbers are written as in {numbers.Locale.Name}: {numbers.Number(1234.5, 1)}.", "small");
        page.CloseSection();
        return page.Close();
    }

    private static string Lead(CompareDocument document, ReportNumbers numbers)
    {
        double? change = document.Before.Value > 0 ? (document.Now.Value - document.Before.Value) / document.Before.Value : null;
        return $"By {document.RankedBy}: {numbers.Counted(document.Before.Customers, "customer")} with {numbers.Money(document.Before.Value)} before, {numbers.Count(document.Now.Customers)} with "
            + $"{numbers.Money(document.Now.Value)} now ({numbers.Signed(change)}). {numbers.Count(document.Movement.Up)} moved up, {numbers.Count(document.Movement.Down)} down.";
    }

    private static void AddSide(ReportPage page, string id, ComparedSide side, ReportNumbers numbers)
    {
        string says = $"{numbers.Counted(side.Customers, "customer")}, {numbers.Money(side.Value)}.";
        page.Figure(
            side.Name,
            says,
            frame => PyramidChart.Draw(frame, id, $"The customer pyramid, {side.Name}", says, side.Tiers, numbers),
            new($"The tiers, {side.Name}", ["Tier", "Customers", "of all", "Value", "of all", "from", "to"], side.Tiers.Select(tier => (IReadOnlyList<string>)
            [
                tier.Tier, numbers.Count(tier.Customers), numbers.Percent(tier.ShareOfCustomers), numbers.Plain(tier.Value), numbers.Percent(tier.ShareOfValue), numbers.Number(tier.Least, 2), numbers.Number(tier.Greatest, 2),
            ])));
    }
}
