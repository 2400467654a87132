using Crm.Core.Segments;

namespace Crm.Core.Cli.Segmenting;

/// <summary>Segments by how lately, how often and for how much customers bought.</summary>
internal static class RfmSegmenting
{
    /// <summary>Makes them.</summary>
    /// <param name="now">The base.</param>
    /// <param name="before">The base on the earlier day; null for none.</param>
    /// <param name="bins">How many scores there are of each.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InputException">The file has no amounts.</exception>
    internal static Segmented Of(BaseOnADay now, BaseOnADay? before, int bins, CancellationToken cancellationToken)
    {
        if (now.Spent.Length == 0)
        {
            throw new InputException("RFM scores money, and the file has no amounts. Name the column by --amount-column, or give --rules or --discover.");
        }

        RfmCut cut = RfmCut.Quantiles(bins);
        RfmScheme scheme = RfmScheme.Of(cut, cut, cut);
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
            Notes =
            [
                FormattableString.Invariant($"Scores from 1 to {bins} for each of recency, frequency and money; equal values have equal scores, and 1 is the least."),
                .. before is null ? Array.Empty<string>() : ["Each day is cut at points of its own, so that a move says that a customer has overtaken others, or was overtaken."],
            ],
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
