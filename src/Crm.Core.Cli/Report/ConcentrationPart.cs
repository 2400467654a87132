using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report;

/// <summary>The figure of Lorenz curves: how unevenly value is spread, now and before.</summary>
internal static class ConcentrationPart
{
    internal static void AddTo(ReportPage page, (string Name, ConcentrationSection Section) now, (string Name, ConcentrationSection Section)? before, ReportNumbers numbers)
    {
        if (now.Section.Lorenz.Count == 0)
        {
            return;
        }

        string Before(double? share) => before is null ? "" : $" ({numbers.Percent(share)} {(before.Value.Name.Contains('.', StringComparison.Ordinal) ? "in" : "on")} {before.Value.Name})";
        string says = $"The top 20 % of the customers hold {numbers.Percent(now.Section.ShareOfTop20Percent)} of the value{Before(before?.Section.ShareOfTop20Percent)}; Gini {numbers.Number(now.Section.Gini, 2)}. "
            + "The dotted line is equal customers: the further below it, the more unevenly value is spread.";
        var then = before is { } known ? (known.Name, known.Section.Lorenz) : ("", (IReadOnlyList<Pyramids.LorenzPoint>)[]);
        page.Figure(
            "How unevenly value is spread",
            says,
            frame => LorenzChart.Draw(frame, "lorenz", "Lorenz curve", says, (now.Name, now.Section.Lorenz), then, numbers),
            new("Lorenz curve", ["The least valuable", "hold", .. before is null ? Array.Empty<string>() : ["before"]], now.Section.Lorenz.Where((_, place) => place % 10 == 0 || place == now.Section.Lorenz.Count - 1)
                .Select(point => (IReadOnlyList<string>)
                [
                    numbers.Percent(point.ShareOfCustomers), numbers.Percent(point.ShareOfValue),
                    .. before is null ? Array.Empty<string>() : [numbers.Percent(At(then.Item2, point.ShareOfCustomers))],
                ])));
    }

    // The nearest point: the curves have other numbers of customers.
    private static double? At(IReadOnlyList<Pyramids.LorenzPoint> curve, double share) =>
        curve.Count == 0 ? null : curve.MinBy(point => Math.Abs(point.ShareOfCustomers - share)).ShareOfValue;
}
