using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report.Sections;

/// <summary>What the model makes of how often and how lately customers bought.</summary>
internal static class OutlookSection
{
    internal static void AddTo(ReportPage page, ReportContent content)
    {
        if (content.Analysis.Estimated.Outlook is not { } grid)
        {
            return;
        }

        ReportNumbers numbers = content.Numbers;
        string observed = $"of customers who first bought {numbers.Short(grid.Age)} {Plural.Of(grid.Age, grid.Unit)} ago";
        page.OpenSection("outlook", "Who is still a customer, and who will buy");
        page.OpenPair();
        Add(
            page, grid, numbers, ("alive", "P(alive)"),
            $"Probability in % that they have not dropped out, {observed}. The oftener someone bought, the more a silence tells.",
            grid.Alive, 1, share => numbers.Number(100 * share), share => numbers.Percent(share, 0));
        Add(
            page, grid, numbers, ("ahead", "Expected purchases in the next 12 months"),
            $"What is expected {observed}: how often they bought and how lately, together.",
            grid.ExpectedPurchases12Months, grid.ExpectedPurchases12Months.SelectMany(row => row).Max() ?? 0, Purchases, Purchases);
        page.ClosePair();
        page.CloseSection();

        string Purchases(double value) => numbers.Number(value, value < 10 ? 1 : 0);
    }

    private static void Add(
        ReportPage page, OutlookGrid grid, ReportNumbers numbers, (string Id, string Title) figure, string says,
        IReadOnlyList<IReadOnlyList<double?>> cells, double most, Func<double, string> inCell, Func<double, string> inTable)
    {
        string[] columns = [.. grid.SinceLast.Select(ago => numbers.Short(ago))];
        string[] rows = [.. grid.Frequencies.Select(x => numbers.Count(x))];
        page.Figure(
            figure.Title,
            says,
            frame => HeatMap.Draw(frame, figure.Id, figure.Title, says, ("repeat purchases", $"{grid.Unit}s since the last purchase"), rows, columns, (row, column) => cells[row][column], most, inCell),
            new(
                figure.Title,
                ["Repeat purchases", .. columns.Zip(grid.SinceLast, (shown, ago) => $"{shown} {Plural.Of(ago, grid.Unit)} ago")],
                cells.Select((row, i) => (IReadOnlyList<string>)[rows[i], .. row.Select(cell => cell is { } value ? inTable(value) : "")])));
    }
}
