using System.Globalization;
using System.Text;

namespace Crm.Core.Benefits;

/// <summary>Markets, shifts and price curves in words that an analyst can pass on.</summary>
internal static class MarketWords
{
    internal static string Of(MarketShares shares)
    {
        var text = new StringBuilder();
        foreach (SegmentShares segment in (IEnumerable<SegmentShares>)[shares.Total, .. shares.Segments])
        {
            AppendTable(text, segment);
        }

        foreach (OfferFactors offer in shares.Market.Offers)
        {
            if (MarketRules.MissingOfMargin(offer.Offer) is { } missing)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{missing} So its margin is not known, nor that of all offers.");
            }
        }

        return text.ToString();
    }

    internal static string Of(MarketShift shift)
    {
        var text = new StringBuilder();
        foreach (SegmentShift segment in (IEnumerable<SegmentShift>)[shift.Total, .. shift.Segments])
        {
            AppendMoves(text, segment);
        }

        return text.Length > 0 ? text.ToString() : "Nothing changes.";
    }

    internal static string Of(PriceCurve curve)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Offer '{curve.Offer}'");
        text.AppendLine("             price  first choice    logit            margin by logit   of the whole range");
        foreach (PricePoint point in curve.Points)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{point.Price,18} {point.FirstChoice.Share,13:P1} {point.Logit.Share,8:P1} {Amount(point.Logit.Margin),26} {Amount(point.LogitRangeMargin),20}");
        }

        AppendOptimum(text, "margin of the offer by logit", curve.Optimum);
        AppendOptimum(text, "margin of the whole range by logit", curve.RangeOptimum);
        AppendOptimum(text, "margin of the offer by first choice", curve.FirstChoiceOptimum);
        AppendOptimum(text, "margin of the whole range by first choice", curve.FirstChoiceRangeOptimum);
        return text.ToString();
    }

    internal static string Of(PriceOptimum optimum)
    {
        string end = optimum switch
        {
            { IsAtEnd: false } => "",
            { IsAtLowEnd: true } => ", the lowest price given: the best price may lie below it",
            _ => ", the highest price given: the best price may lie beyond it",
        };
        return $"{optimum.Point.Price} gives {Amount(optimum.Margin)}{end}.";
    }

    private static void AppendTable(StringBuilder text, SegmentShares segment)
    {
        text.AppendLine(Title(segment));
        text.AppendLine("  offer          first choice    logit     margin by first choice            margin by logit");
        foreach (OfferShares offer in (IEnumerable<OfferShares>)[.. segment.Offers, .. Given(segment.BuyingNothing)])
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  {NameOf(offer),-14} {offer.FirstChoice.Share,12:P1} {offer.Logit.Share,8:P1} {Amount(offer.FirstChoice.Margin),26} {Amount(offer.Logit.Margin),26}");
        }

        text.AppendLine(CultureInfo.InvariantCulture,
            $"  {"all offers",-36} {Amount(segment.FirstChoiceMargin),26} {Amount(segment.LogitMargin),26}");
    }

    private static void AppendMoves(StringBuilder text, SegmentShift segment)
    {
        var moves = new StringBuilder();
        foreach (OfferShift offer in (IEnumerable<OfferShift>)[.. segment.Offers, .. Given(segment.BuyingNothing)])
        {
            string name = offer.Offer == OfferId.None ? "buying nothing" : $"offer '{offer.Offer}'";
            Append(moves, $"first choice of {name}", Points(offer.Before.FirstChoice, offer.After.FirstChoice));
            Append(moves, $"logit share of {name}", Points(offer.Before.Logit, offer.After.Logit));
            Append(moves, $"margin of {name} by first choice", Amounts(offer.Before.FirstChoice.Margin, offer.After.FirstChoice.Margin));
            Append(moves, $"margin of {name} by logit", Amounts(offer.Before.Logit.Margin, offer.After.Logit.Margin));
        }

        Append(moves, "margin of all offers by first choice", Amounts(segment.Before.FirstChoiceMargin, segment.After.FirstChoiceMargin));
        Append(moves, "margin of all offers by logit", Amounts(segment.Before.LogitMargin, segment.After.LogitMargin));
        if (moves.Length > 0)
        {
            text.AppendLine(Title(segment.After)).Append(moves);
        }
    }

    private static void AppendOptimum(StringBuilder text, string what, PriceOptimum? optimum) => text.AppendLine(
        CultureInfo.InvariantCulture, $"Best {what}: {(optimum is null ? "not known, since a price or a unit cost is not." : Of(optimum))}");

    private static void Append(StringBuilder text, string what, string? move)
    {
        if (move is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {what}: {move}");
        }
    }

    private static string? Points(Demand before, Demand after) => before.Share == after.Share ? null : string.Create(
        CultureInfo.InvariantCulture, $"{before.Share:P1} → {after.Share:P1} ({100 * (after.Share - before.Share):+0.0;-0.0;±0.0} points)");

    private static string? Amounts(Money? before, Money? after) => before == after ? null : before is { } old && after is { } current
        ? $"{Amount(old)} → {Amount(current)} ({(current > old ? "+" : "")}{Amount(current - old)})"
        : $"{Amount(before)} → {Amount(after)}";

    private static string Title(SegmentShares segment)
    {
        string customers = string.Create(CultureInfo.InvariantCulture, $"{segment.Customers:N0} {Plural.Of(segment.Customers, "customer")}");
        return segment.Segment is not { } id ? $"All {customers}"
            : id == SegmentId.None ? $"{customers} in no segment"
            : $"{customers} in segment '{id}'";
    }

    private static string NameOf(OfferShares shares) => shares.Offer == OfferId.None ? "buying nothing" : shares.Offer.ToString();

    private static IEnumerable<T> Given<T>(T? value)
        where T : class => value is null ? [] : [value];

    private static string Amount(Money? amount) => amount is { } money
        ? $"{money.Amount.ToString("N" + (char)('0' + money.Currency.MinorDigits), CultureInfo.InvariantCulture)} {money.Currency}"
        : "not known";
}
