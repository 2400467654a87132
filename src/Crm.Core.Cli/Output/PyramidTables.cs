using System.Globalization;
using Crm.Core.Pyramids;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Crm.Core.Cli.Output;

/// <summary>The answers of <c>crm pyramid</c> and <c>crm compare</c> as tables for people.</summary>
internal static class PyramidTables
{
    private const int MostCandidates = 10;

    internal static IRenderable Of(PyramidDocument document)
    {
        var parts = new List<IRenderable> { Tables.Of(document.Measured), Tiers(document) };
        if (document.Groups.Count > 0)
        {
            parts.Add(Figures("By group", document.Groups));
        }

        if (document.Movement is { } movement)
        {
            parts.Add(Migration(movement));
            parts.Add(MoveWords(movement));
        }

        if (document.Ahead is { } ahead)
        {
            parts.Add(Ahead(ahead));
        }

        if (document.WhatIf.Count > 0)
        {
            parts.Add(WhatIf(document));
        }

        parts.Add(SelfCheck(document));
        parts.AddRange(((string?[])[document.Caution]).OfType<string>().Select(caution => new Text("• " + caution + Environment.NewLine)));
        if (document.Candidates.Count > 0)
        {
            parts.Add(Candidates(document));
        }

        if (document.Satisfaction is { } satisfaction)
        {
            parts.Add(new Text(satisfaction.Words));
        }

        parts.AddRange(document.Notes.Select(note => new Text("• " + note)));
        return new Rows(parts);
    }

    internal static IRenderable Of(CompareDocument document)
    {
        var both = new Table { Title = new($"Two pyramids ({Markup.Escape(document.Scheme)}, by {Markup.Escape(document.RankedBy)})"), Border = TableBorder.Simple };
        both.AddColumns(
            new TableColumn("tier"), Right($"customers {Markup.Escape(document.Before.Name)}"), Right(Markup.Escape(document.Now.Name)), Right("value before"), Right("now"), Right("of all before"), Right("now"));
        var now = document.Now.Tiers.ToDictionary(tier => tier.Tier);
        var before = document.Before.Tiers.ToDictionary(tier => tier.Tier);
        foreach (string tier in document.Before.Tiers.Concat(document.Now.Tiers).Select(line => line.Tier).Distinct())
        {
            TierLine? then = before.GetValueOrDefault(tier);
            TierLine? today = now.GetValueOrDefault(tier);
            both.AddRow(Markup.Escape(tier), Count(then?.Customers), Count(today?.Customers), Amount(then?.Value), Amount(today?.Value), Percent(then?.ShareOfValue), Percent(today?.ShareOfValue));
        }

        both.Caption = new($"top 20 %: {Percent(document.Before.Concentration.ShareOfTop20Percent)}, now {Percent(document.Now.Concentration.ShareOfTop20Percent)} of value");
        return new Rows([both, Migration(document.Movement), MoveWords(document.Movement), .. document.Notes.Select(note => new Text("• " + note))]);
    }

    private static Table Tiers(PyramidDocument document)
    {
        bool hasProfit = document.Figures.Any(tier => tier.Contribution is not null);
        bool hasMarketing = document.Figures.Any(tier => tier.Marketing is not null);
        var table = new Table { Title = new($"The pyramid ({Markup.Escape(document.Scheme)}, by {Markup.Escape(document.RankedBy)})"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("tier"), Right("customers"), Right("of all"), Right("value"), Right("of all"), Right("from"), Right("to"));
        table.AddColumns([.. hasProfit ? (TableColumn[])[Right("profit"), Right("of all")] : [], .. hasMarketing ? (TableColumn[])[Right("marketing")] : []]);
        foreach (var (tier, figures) in document.Tiers.Zip(document.Figures))
        {
            table.AddRow(
            [
                Markup.Escape(tier.Tier), Count(tier.Customers), Percent(tier.ShareOfCustomers), Amount(tier.Value), Percent(tier.ShareOfValue), Amount(tier.Least), Amount(tier.Greatest),
                .. hasProfit ? (string[])[Amount(figures.Contribution), Percent(figures.ShareOfContribution)] : [],
                .. hasMarketing ? (string[])[Amount(figures.Marketing)] : [],
            ]);
        }

        ConcentrationSection concentration = document.Concentration;
        string gini = concentration.Gini?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
        string before = document.ConcentrationBefore is { } then ? $", before {Percent(then.ShareOfTop20Percent)}" : "";
        table.Caption = new($"top 20 %: {Percent(concentration.ShareOfTop20Percent)} of value{before}; Gini {gini}");
        return table;
    }

    private static Table Figures(string title, IReadOnlyList<GroupFigures> groups)
    {
        var table = new Table { Title = new(title), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("group"), Right("customers"), Right("revenue"), Right("of all"), Right("profit"), Right("marketing"), Right("satisfaction"));
        foreach (GroupFigures group in groups)
        {
            table.AddRow(Markup.Escape(group.Name), Count(group.Customers), Amount(group.Revenue), Percent(group.ShareOfRevenue), Amount(group.Contribution), Amount(group.Marketing), Amount(group.Satisfaction));
        }

        return table;
    }

    private static Table Migration(MovementSection movement)
    {
        var table = new Table { Title = new($"Who moved, {Markup.Escape(movement.Before)} to {Markup.Escape(movement.Now)}"), Border = TableBorder.Simple };
        var cells = movement.Moves.ToDictionary(move => (move.From ?? "", move.To ?? ""));
        string[] ends = [.. movement.Tiers, ""];
        table.AddColumn(new TableColumn("from \\ to"));
        table.AddColumns([.. ends.Where(end => end.Length > 0 || movement.Left > 0).Select(end => Right(end.Length == 0 ? "(gone)" : Markup.Escape(end)))]);
        foreach (string from in ends.Where(end => end.Length > 0 || movement.Came > 0))
        {
            table.AddRow(
            [
                from.Length == 0 ? "(new)" : Markup.Escape(from),
                .. ends.Where(end => end.Length > 0 || movement.Left > 0).Select(to => cells.TryGetValue((from, to), out MigrationLine? cell) ? Count(cell.Customers) : "·"),
            ]);
        }

        if (movement.Expected is { } expected)
        {
            table.Caption = new(string.Create(CultureInfo.InvariantCulture,
                $"expected by {Markup.Escape(expected.Model)}: up {expected.Up.Low:N0} to {expected.Up.High:N0}, down {expected.Down.Low:N0} to {expected.Down.High:N0} ({expected.Level:0.#%})"));
        }

        return table;
    }

    private static Text MoveWords(MovementSection movement) => new(MovementWords.Of(movement, count => Count(count)) + Environment.NewLine);

    private static Table Ahead(AheadSection ahead)
    {
        string days = string.Create(CultureInfo.InvariantCulture, $"{ahead.Days} {Plural.Of(ahead.Days, "day")}");
        var table = new Table { Title = new($"What {Markup.Escape(ahead.Model)} expects of the next {days}"), Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("from \\ to"));
        string[] tiers = [.. ahead.Moves.Select(move => move.From).Distinct()];
        table.AddColumns([.. tiers.Select(tier => Right(Markup.Escape(tier)))]);
        foreach (string from in tiers)
        {
            table.AddRow([Markup.Escape(from), .. ahead.Moves.Where(move => move.From == from).Select(move => Count((long)Math.Round(move.Expected)))]);
        }

        table.Caption = new(string.Create(CultureInfo.InvariantCulture, $"up {ahead.Up.Low:N0} to {ahead.Up.High:N0}, down {ahead.Down.Low:N0} to {ahead.Down.High:N0} ({ahead.Level:0.#%})"));
        return table;
    }

    private static Table WhatIf(PyramidDocument document)
    {
        var table = new Table { Title = new("What a move up would bring, by this base's own averages"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("move"), Right("customers"), Right("revenue"), Right("profit"), Right("lifetime value"));
        foreach (WhatIfLine line in document.WhatIf)
        {
            table.AddRow(Markup.Escape(line.Move), line.Customers.ToString(line.Customers < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture), Signed(line.Revenue), Signed(line.Profit), Signed(line.LifetimeValue));
        }

        return table;
    }

    private static Table SelfCheck(PyramidDocument document)
    {
        var table = new Table { Title = new("What is said of customer pyramids"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("claim"), Right("here"), Right(string.Create(CultureInfo.InvariantCulture, $"{document.Level:0.#%} interval")), new("verdict"));
        foreach (ClaimLine claim in document.SelfCheck)
        {
            table.AddRow(
                Markup.Escape(claim.Says + (claim.Note is null ? "" : " " + claim.Note)), Percent(claim.Value), claim.Low is null ? "-" : $"{Percent(claim.Low)} to {Percent(claim.High)}", claim.Verdict);
        }

        return table;
    }

    private static Table Candidates(PyramidDocument document)
    {
        var table = new Table { Title = new("Whose move up is worth most"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("customer"), new("from"), new("to"), Right("would bring more"), Right("probability"));
        foreach (CandidateLine candidate in document.Candidates.Take(MostCandidates))
        {
            table.AddRow(Markup.Escape(candidate.Customer), Markup.Escape(candidate.From), Markup.Escape(candidate.To), Amount(candidate.Gain), Percent(candidate.Probability));
        }

        return table;
    }

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "-";

    private static string Signed(double? share) => share?.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) ?? "-";

    private static string Amount(double? amount) => amount?.ToString("N2", CultureInfo.InvariantCulture) ?? "-";
}
