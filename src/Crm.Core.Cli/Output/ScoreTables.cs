using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm score</c> as tables for people: one for each segment, with the reason for its winner.</summary>
internal static class ScoreTables
{
    // More than that nobody reads on a screen; the file has them all.
    private const int MostRows = 10;

    internal static IRenderable Of(ScoreDocument scores) => new Rows(
        scores.Segments.Where(segment => segment.Customers is not 0).SelectMany(segment => Of(segment, scores.Top ?? MostRows, scores.Currency)));

    private static IEnumerable<IRenderable> Of(SegmentSection segment, int most, string currency)
    {
        string customers = segment.Customers is { } count ? string.Create(CultureInfo.InvariantCulture, $" ({count:N0} {Plural.Of(count, "customer")})") : "";
        var table = new Table { Title = new(Markup.Escape(segment.Segment) + customers), Border = TableBorder.Simple };
        table.AddColumns(
            Right("rank"), new TableColumn("offer"), Right("benefit"), Right("utility"), Right("brand"), Right("relationship"), Right("cost"), Right("time"));
        foreach (ScoredOffer offer in segment.Offers.Take(most))
        {
            ContributionsLine parts = offer.Contributions;
            table.AddRow(
                offer.Rank.ToString(CultureInfo.InvariantCulture), Markup.Escape(offer.Name == offer.OfferId ? offer.OfferId : $"{offer.OfferId} ({offer.Name})"),
                Number(offer.Benefit), Number(parts.Utility), Number(parts.Brand), Number(parts.Relationship), Number(parts.Cost), Number(parts.Time));
        }

        if (segment.Offers.Count == 0)
        {
            table.Caption = new("no offer reaches the minimum");
        }

        if (segment.Offers.Count > most)
        {
            table.Caption = new(string.Create(CultureInfo.InvariantCulture, $"and {segment.Offers.Count - most:N0} more, which -o FILE writes"));
        }

        yield return table;
        if (segment.Explanation is { } explanation)
        {
            string against = explanation.RunnerUp is { } runnerUp ? $" before {runnerUp}" : "";
            yield return new Text($"• {explanation.OfferId}{against}. {explanation.Words}");
        }

        WorthLine worth = segment.WillingnessToPay;
        if (segment.ValueOfTime is { } time && worth is { Utility: { } utility, Brand: { } brand, Relationship: { } relationship })
        {
            string money = currency == Currency.None.Code ? "" : $" {currency}";
            yield return new Text(
                $"• What one unit more may cost at the same benefit: utility {Number(utility)}{money}, brand {Number(brand)}{money}, relationship {Number(relationship)}{money}; one unit of time saved {Number(time)}{money}.");
        }

        yield return new Text("");
    }

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned();

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
