using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report.Charts;

namespace Crm.Core.Cli.Report;

/// <summary>The part of a page that shows who moved: the pyramid with movement, the flow, the matrix, and what a model expected.</summary>
internal static class MovementPart
{
    private const string New = "(new)";
    private const string Gone = "(gone)";

    internal static void AddTo(ReportPage page, MovementSection movement, ReportNumbers numbers)
    {
        page.OpenSection("movement", $"Who moved, {movement.Before} to {movement.Now}");
        page.Paragraph(numbers.Locale.Words(MovementWords.Of(movement, numbers.Count)));
        page.OpenPair();
        AddPyramid(page, movement, numbers);
        AddFlow(page, movement, numbers);
        page.ClosePair();
        AddMatrix(page, movement, numbers);
        AddExpected(page, movement, numbers);
        page.CloseSection();
    }

    private static void AddPyramid(ReportPage page, MovementSection movement, ReportNumbers numbers)
    {
        const string says = "Between every two tiers how many crossed upwards and downwards, of those who were customers before. Who rose by two tiers crossed two lines.";
        page.Figure(
            "Up and down",
            says,
            frame => MovementPyramid.Draw(frame, "moved", "The pyramid with movement", says, movement, numbers),
            new("Up and down", ["Line above", "Crossed upwards", "Crossed downwards"], movement.Tiers.Skip(1).Select((tier, place) => (IReadOnlyList<string>)
                [tier, numbers.Count(MovementPyramid.Crossing(movement, place + 1, isUp: true)), numbers.Count(MovementPyramid.Crossing(movement, place + 1, isUp: false))])));
    }

    private static void AddFlow(ReportPage page, MovementSection movement, ReportNumbers numbers)
    {
        string[] names = [New, .. movement.Tiers, Gone];
        int PlaceOf(string? tier, int otherwise) => tier is null ? otherwise : 1 + movement.Tiers.Index().First(entry => entry.Item == tier).Index;
        FlowStream[] streams = [.. movement.Moves.Select(move => new FlowStream(PlaceOf(move.From, 0), PlaceOf(move.To, names.Length - 1), move.Customers))];
        const string says = "On the left where customers stood, on the right where they stand; bands are as wide as they hold customers.";
        page.Figure(
            "From where to where",
            says,
            frame => FlowChart.Draw(frame, "flow", "Customers by tier before and now", says, (movement.Before, movement.Now), names, streams, value => numbers.Count((long)value)),
            new("Moves", ["From", "To", "Customers", "of the tier", "Value before", "Value now"], movement.Moves.Select(move => (IReadOnlyList<string>)
            [
                move.From ?? New, move.To ?? Gone, numbers.Count(move.Customers), numbers.Percent(move.From is null ? null : move.Probability), numbers.Plain(move.ValueBefore), numbers.Plain(move.ValueNow),
            ])));
    }

    private static void AddMatrix(ReportPage page, MovementSection movement, ReportNumbers numbers)
    {
        var cells = movement.Moves.ToDictionary(move => (move.From, move.To));
        string?[] from = [.. movement.Tiers, .. movement.Came > 0 ? (string?[])[null] : []];
        string?[] to = [.. movement.Tiers, .. movement.Left > 0 ? (string?[])[null] : []];
        page.Subheading("The moves, and what they are worth");
        page.Add("<div class=\"plain\">");
        page.Table(new("Customers, and what the move added or took", ["From", .. to.Select(tier => "to " + (tier ?? Gone))], from.Select(row => (IReadOnlyList<string>)
        [
            row ?? New, .. to.Select(column => cells.TryGetValue((row, column), out MigrationLine? cell) ? $"{numbers.Count(cell.Customers)} ({Signed(cell.ValueNow - cell.ValueBefore, numbers)})" : "·"),
        ])));
        page.Add("</div>");
        string thresholds = string.Join(", ", movement.Thresholds.Where(tier => tier.Least is not null).Select(tier => $"{tier.Tier} from {numbers.Money(tier.Least)}"));
        string longRun = string.Join(", ", movement.LongRun.Where(part => part.Share >= 0.0005).Select(part => $"{part.Tier} {numbers.Percent(part.Share)}"));
        page.Paragraph($"Both dates by what it took at the first: {thresholds}. If all went on moving so, newcomers left aside: {longRun}. That is a way to read the table, not a forecast.", "small");
    }

    private static string Signed(double amount, ReportNumbers numbers) => (amount > 0 ? "+" : "") + numbers.Number(amount, Math.Abs(amount) >= 100 ? 0 : 2);

    private static void AddExpected(ReportPage page, MovementSection movement, ReportNumbers numbers)
    {
        if (movement.Expected is not { } expected)
        {
            return;
        }

        page.Subheading("Expected against actual");
        page.Paragraph(
            $"{expected.Model} and gamma-gamma, fitted to the purchases through {movement.Before} alone, said for each move between which two numbers it would lie with {numbers.Level(expected.Level)} probability. "
            + $"{numbers.Count(expected.Within)} of {numbers.Count(expected.Cells)} do; the others are marked.");
        string[] tiers = [.. expected.Moves.Select(move => move.From).Distinct()];
        var byEnds = expected.Moves.ToDictionary(move => (move.From, move.To), move => move.Customers);
        page.Add("<div class=\"plain\">");
        page.Table(new("What happened, and in brackets what was expected", ["From", .. tiers.Select(tier => "to " + tier)], tiers.Select(from => (IReadOnlyList<string>)
            [from, .. tiers.Select(to => Cell(byEnds[(from, to)], numbers))])));
        page.Add("</div>");
    }

    private static string Cell(ExpectedLine line, ReportNumbers numbers) =>
        $"{numbers.Count(line.Actual)} ({numbers.Count((long)line.Low)}–{numbers.Count((long)line.High)}){(line.Within ? "" : " ✗")}";
}
