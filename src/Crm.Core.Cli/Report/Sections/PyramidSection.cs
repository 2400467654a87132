using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>The customer pyramid, and how concentrated value is.</summary>
internal static class PyramidSection
{
    internal static void AddTo(ReportPage page, ReportContent content)
    {
        EstimatedBase estimated = content.Analysis.Estimated;
        page.OpenSection("pyramid", $"The pyramid, by {estimated.RankedBy}");
        page.OpenPair();
        AddPyramid(page, estimated, content.Numbers);
        AddConcentration(page, estimated, content.Numbers);
        page.ClosePair();
        page.CloseSection();
    }

    private static void AddPyramid(ReportPage page, EstimatedBase estimated, ReportNumbers numbers)
    {
        TierLine top = estimated.Tiers[0];
        string says = $"The tier at the top, {numbers.Counted(top.Customers, "customer")} ({numbers.Percent(top.ShareOfCustomers)}), "
            + $"holds {numbers.Percent(top.ShareOfValue)} of the value.";
        page.Figure(
            "Who stands where",
            says,
            frame => PyramidChart.Draw(frame, "tiers", "The customer pyramid", "The tiers from the top down, with the part of the customers and of the value in each. " + says, estimated.Tiers, numbers),
            new("The tiers", ["Tier", "Customers", "of all", "Value", "of all", "from", "to"], estimated.Tiers.Select(tier => (IReadOnlyList<string>)
            [
                tier.Tier, numbers.Count(tier.Customers), numbers.Percent(tier.ShareOfCustomers), numbers.Plain(tier.Value), numbers.Percent(tier.ShareOfValue),
                numbers.Number(tier.Least, 2), numbers.Number(tier.Greatest, 2),
            ])));
    }

    private static void AddConcentration(ReportPage page, EstimatedBase estimated, ReportNumbers numbers)
    {
        if (estimated.Concentration.Count == 0)
        {
            return;
        }

        long customers = estimated.Tiers.Sum(tier => tier.Customers);
        string Top(decimal share) => numbers.Count(ConcentrationPoint.CustomersIn(share, customers));
        string says = $"The top 1 %, 5 % and 20 % ({Top(0.01m)}, {Top(0.05m)} and {numbers.Counted(ConcentrationPoint.CustomersIn(0.20m, customers), "customer")}) hold {numbers.Percent(estimated.ShareOfTop1Percent)}, "
            + $"{numbers.Percent(estimated.ShareOfTop5Percent)} and {numbers.Percent(estimated.ShareOfTop20Percent)} of the value (Gini {numbers.Number(estimated.Gini, 2)}). "
            + "The dashed line is equal customers.";
        page.Figure(
            "How concentrated value is",
            says,
            frame => ConcentrationChart.Draw(frame, "concentration", "Share of value held by the most valuable customers", says, estimated.Concentration, numbers),
            new("Concentration", ["Top", "hold of the value"], estimated.Concentration
                .Where((point, i) => point.ShareOfCustomers > 0 && (i <= 5 || i % 5 == 0 || point.ShareOfCustomers == 1))
                .Select(point => (IReadOnlyList<string>)[numbers.Percent(point.ShareOfCustomers), numbers.Percent(point.ShareOfValue)])));
    }
}
