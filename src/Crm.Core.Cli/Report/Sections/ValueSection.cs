using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>How lifetime value is spread over the customers, and who is worth most.</summary>
internal static class ValueSection
{
    internal static void AddTo(ReportPage page, ReportContent content)
    {
        page.OpenSection("value", "Who is worth how much");
        page.OpenPair();
        AddDistribution(page, content);
        AddDoubt(page, content);
        page.ClosePair();
        AddTop(page, content);
        page.CloseSection();
    }

    private static void AddDistribution(ReportPage page, ReportContent content)
    {
        IReadOnlyList<ValueBand> bands = content.Analysis.Estimated.ValueBands;
        if (bands.Count == 0)
        {
            return;
        }

        ReportNumbers numbers = content.Numbers;
        double customers = bands.Sum(band => band.Customers);
        double value = bands.Sum(band => band.Value);
        string ranked = content.Analysis.Estimated.RankedBy;
        string unit = content.Analysis.Estimated.TotalClv is null ? "" : numbers.Unit.Trim();
        string says = $"Each pair of bars is a band of {ranked}: what part of the customers lies in it, and what part of the whole they hold.";
        page.Figure(
            char.ToUpperInvariant(ranked[0]) + ranked[1..] + ", customer by customer",
            says,
            frame => PairedBars.Draw(
                frame, "values", $"Distribution of {ranked}", says, ("of customers", "of value"), $"{ranked} up to{(unit.Length == 0 ? "" : $", in {unit}")}",
                [.. bands.Select(band => new PairedBar(numbers.Short(band.Through!.Value), band.Customers / customers, value > 0 ? Math.Max(0, band.Value / value) : 0))],
                share => numbers.Percent(share, 0)),
            new($"Distribution of {ranked}", ["Above", "through", "Customers", "of all", "Value", "of all"], bands.Select(band => (IReadOnlyList<string>)
            [
                band.Above is { } above ? numbers.Short(above) : "lowest", numbers.Short(band.Through!.Value), numbers.Count(band.Customers), numbers.Percent(band.Customers / customers),
                numbers.Plain(band.Value), numbers.Percent(value > 0 ? band.Value / value : null),
            ])));
    }

    private static void AddDoubt(ReportPage page, ReportContent content)
    {
        IReadOnlyList<AliveBand> bands = content.Analysis.Estimated.AliveBands;
        ReportNumbers numbers = content.Numbers;
        double customers = bands.Sum(band => band.Customers);
        double value = bands.Sum(band => band.Value);
        double inDoubt = value > 0 ? bands.Where(band => band.From is >= 0.2 and < 0.8).Sum(band => band.Value) / value : 0;
        string says = $"{numbers.Percent(inDoubt)} of all value is with customers of whom it is open whether they are still customers: their "
            + "P(alive) is from 20 % to 80 %.";
        page.Figure(
            "Where value is in doubt",
            says,
            frame => PairedBars.Draw(
                frame, "doubt", "Customers and value by P(alive)", says, ("of customers", "of value"), "P(alive) up to",
                [.. bands.Select(band => new PairedBar(numbers.Percent(band.To, 0), band.Customers / customers, value > 0 ? Math.Max(0, band.Value / value) : 0))],
                share => numbers.Percent(share, 0)),
            new("Customers and value by P(alive)", ["P(alive) from", "to", "Customers", "of all", "Value", "of all"], bands.Select(band => (IReadOnlyList<string>)
            [
                numbers.Percent(band.From, 0), numbers.Percent(band.To, 0), numbers.Count(band.Customers), numbers.Percent(band.Customers / customers),
                numbers.Plain(band.Value), numbers.Percent(value > 0 ? band.Value / value : null),
            ])));
    }

    // The whole id stands in customers.csv.
    private static string Short(string id) => id.Length <= 32 ? id : $"{id[..18]}\u2026{id[^12..]}";

    private static void AddTop(ReportPage page, ReportContent content)
    {
        ReportNumbers numbers = content.Numbers;
        bool inMoney = content.Analysis.Estimated.TotalClv is not null;
        bool named = content.Identity.Names.Count > 0;
        string[] headers =
        [
            "Customer", .. named ? ["Name"] : Array.Empty<string>(), "Tier", "Repeat purchases", "P(alive)", "Purchases in 12 months",
            .. inMoney ? ["Spend per purchase", "Lifetime value"] : (string[])["Discounted purchases"],
        ];
        page.Add("<div class=\"plain\">");
        page.Subheading(content.TopCustomers.Count == 1 ? "The most valuable" : $"The {numbers.Count(content.TopCustomers.Count)} most valuable");
        page.Table(new("The most valuable customers", headers, content.TopCustomers.Select(customer => (IReadOnlyList<string>)
        [
            Short(content.Identity.Of(customer.Id)), .. named ? [content.Identity.Names.GetValueOrDefault(customer.Id, "")] : Array.Empty<string>(),
            customer.Tier, numbers.Count(customer.RepeatPurchases), numbers.Percent(customer.Alive), numbers.Number(customer.ExpectedPurchases12Months, 1),
            .. inMoney ? [numbers.Number(customer.ExpectedSpend, 2), numbers.Number(customer.Value, 2)] : (string[])[numbers.Number(customer.Value, 1)],
        ])));
        page.Paragraph(
            content.Identity.IsHashed
                ? "Codes stand in the place of ids; the column report_id of customers.csv says which customer each is."
                : "All customers stand in customers.csv.", "small");
        page.Add("</div>");
    }
}
