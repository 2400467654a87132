using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm segment</c> as tables for people.</summary>
internal static class SegmentTables
{
    private const int MostStreams = 12;

    internal static IRenderable Of(SegmentDocument document)
    {
        var parts = new List<IRenderable> { Tables.Of(document.Measured) };
        if (document.Segments.Count > 0)
        {
            parts.Add(Segments(document));
        }

        if (document.Flow.Count > 0)
        {
            parts.Add(Flow(document));
        }

        parts.AddRange(document.Notes.Select(note => new Text(note)));
        return new Rows(parts);
    }

    private static Table Segments(SegmentDocument document)
    {
        bool hasSpent = document.Segments.Any(line => line.Spent is not null);
        var table = new Table { Title = new($"Segments ({document.By})"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("segment"), Right("customers"), Right("of all"));
        if (hasSpent)
        {
            table.AddColumns(Right("spent"), Right("of all"), Right("a customer"));
        }

        if (document.Since is { } since)
        {
            table.AddColumns(Right($"came since {since}"), Right("went"));
        }

        foreach (SegmentLine line in document.Segments)
        {
            table.AddRow(
            [
                Markup.Escape(line.Id), Count(line.Customers), Percent(line.ShareOfCustomers),
                .. hasSpent ? (string[])[Amount(line.Spent), Percent(line.ShareOfSpent), Amount(line.MeanSpent)] : [],
                .. document.Since is null ? Array.Empty<string>() : [Count(line.Entered ?? 0), Count(line.Left ?? 0)],
            ]);
        }

        if (document.InNone > 0)
        {
            table.AddRow("(in none)", Count(document.InNone), Percent((double)document.InNone / document.Measured.Customers));
        }

        return table;
    }

    private static Table Flow(SegmentDocument document)
    {
        SegmentStream[] moved = [.. document.Flow.Where(stream => !stream.Stayed).OrderByDescending(stream => stream.Customers)];
        var table = new Table { Title = new($"Who moved since {document.Since}"), Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("from"), new("to"), Right("customers"));
        foreach (SegmentStream stream in moved.Take(MostStreams))
        {
            table.AddRow(
                stream.AreNew ? "(new)" : Markup.Escape(stream.From ?? "(in none)"), stream.AreGone ? "(gone)" : Markup.Escape(stream.To ?? "(in none)"), Count(stream.Customers));
        }

        if (moved.Length > MostStreams)
        {
            table.AddRow(string.Create(CultureInfo.InvariantCulture, $"and {moved.Length - MostStreams} more streams"), "", Count(moved.Skip(MostStreams).Sum(stream => stream.Customers)));
        }

        table.AddRow("stayed where they were", "", Count(document.Movement!.Stayed));
        if (document.MayOverlap)
        {
            table.AddRow("came into or left any segment, of those who stayed or moved", "", Count(document.Movement.Changed));
        }

        return table;
    }

    private static TableColumn Right(string name) => new TableColumn(name).RightAligned();

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "-";

    private static string Amount(double? amount) => amount?.ToString("N2", CultureInfo.InvariantCulture) ?? "-";
}
