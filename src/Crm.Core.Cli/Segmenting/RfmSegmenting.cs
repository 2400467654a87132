using Crm.Core.Segments;

namespace Crm.Core.Cli.Segmenting;

/// <summary>Segments by how lately, how often and for how much customers bought.</summary>
internal static class RfmSegmenting
{
    /// <summary>Makes them.</summary>
    /// <param name="now">The base.</param>
    /// <param name="before">The base on the earlier day; null for none.</param>
    /// <param name="scheme">How they are scored; what has no points is cut anew on each of the days.</param>
    /// <param name="file">The file of the scheme; null where there is none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InputException">The file has no amounts, or not in the currency of the scheme.</exception>
    internal static Segmented Of(BaseOnADay now, BaseOnADay? before, RfmScheme scheme, string? file, CancellationToken cancellationToken)
    {
        if (now.Spent.Length == 0)
        {
            throw new InputException("RFM scores money, and the file has no amounts. Name the column by --amount-column, or give --rules or --discover.");
        }

        Currency currency = now.Histories.Currency;
        if (scheme.Money.IsFixed && scheme.Money.Currency != currency)
        {
            throw new InputException(
                $"{file}: its points of money are in {Name(scheme.Money.Currency)}, and the amounts are in {Name(currency)}. {(currency == Currency.None ? "Say --currency, if they are the same." : "Give a scheme of that currency.")}");
        }

        RfmTable table = scheme.Score(Columns(now), cancellationToken);
        RfmSegments named = RfmSegments.Default; // its ranges are of fifths; scores of another number of bins are spread over them
        RfmSegmentation assigned = named.Assign(table);

        // Each day by points of its own: frequency and money are totals that hardly ever fall, so that by the points of one day everybody would rise.
        byte[]? then = before is null ? null : named.Assign(scheme.Score(Columns(before), cancellationToken)).PlaceOfRow.ToArray();
        byte[] places = assigned.PlaceOfRow.ToArray();
        return new()
        {
            By = "rfm",
            Segments = [.. named.Rules.Select(rule => rule.Segment)],
            Histories = now.Histories,
            Now = Array.ConvertAll(places, place => (IReadOnlyList<int>)[place]),
            Before = then is null ? null : EarlierSegments.Of(now.Histories.Ids, before!.Histories.Ids, row => [then[row]]),
            Rfm = table,
            Notes = [ScoresInWords(table.Scheme), .. Untold(scheme, file, table), .. before is null ? Array.Empty<string>() : MovesInWords(scheme, file)],
        };
    }

    private static string Name(Currency currency) => currency == Currency.None ? "no named currency" : currency.Code;

    private static string ScoresInWords(RfmScheme scheme)
    {
        var (recency, frequency, money) = (scheme.Recency.Bins, scheme.Frequency.Bins, scheme.Money.Bins);
        string bins = recency == frequency && frequency == money
            ? FormattableString.Invariant($"to {recency} for each of recency, frequency and money")
            : FormattableString.Invariant($"to {recency} for recency, {frequency} for frequency and {money} for money");
        return $"Scores from 1 {bins}; equal values have equal scores, and 1 is the least.";
    }

    // Words such as "more often than most" hold of nobody where all are alike.
    private static IEnumerable<string> Untold(RfmScheme scheme, string? file, RfmTable table)
    {
        (string Name, string Alike, RfmCut Cut, bool IsOne)[] all =
        [
            ("Recency", "last bought on the same day", scheme.Recency, IsOne(table.Recency)),
            ("Frequency", "bought on the same number of days", scheme.Frequency, IsOne(table.Frequency)),
            ("Money", "spent the same", scheme.Money, IsOne(table.Money)),
        ];
        return all.Where(one => one.IsOne).Select(one =>
            $"{one.Name} tells nobody apart: {(one.Cut.IsFixed ? $"by the points of {file} all score the same" : $"all {one.Alike}")}. What names and words of segments say of it holds of nobody.");

        static bool IsOne(ReadOnlySpan<byte> scores) => !scores.ContainsAnyExcept(scores[0]);
    }

    private static string[] MovesInWords(RfmScheme scheme, string? file)
    {
        const string own = "so that a move says that a customer has overtaken others, or was overtaken";
        (string Name, RfmCut Cut)[] cuts = [("recency", scheme.Recency), ("frequency", scheme.Frequency), ("money", scheme.Money)];
        string[] kept = [.. cuts.Where(one => one.Cut.IsFixed).Select(one => one.Name)];
        string rising = scheme.Frequency.IsFixed || scheme.Money.IsFixed ? " Frequency and money are totals that hardly ever fall: at the same points for both days customers mostly rise." : "";
        return kept.Length switch
        {
            0 => [$"Each day is cut at points of its own, {own}."],
            3 => [$"Both days are cut at the points of {file}.{rising}"],
            _ => [$"By {file} both days have the same points of {string.Join(" and ", kept)}; the rest is cut for each day at points of its own, {own}.{rising}"],
        };
    }

    private static RfmColumns Columns(BaseOnADay day) => new()
    {
        Ids = day.Histories.Ids,
        Recency = day.DaysSinceLast,
        Frequency = day.PurchaseDays,
        Money = day.Spent,
        Currency = day.Histories.Currency,
    };
}
