using System.Globalization;
using Crm.Core.Offers;

namespace Crm.Core.Benefits;

/// <summary>What the offers and customers of a market must be; all faults of one input are found together.</summary>
internal static class MarketRules
{
    // Sums and differences of margins below this stay well within the range of a decimal.
    private const decimal GreatestMargin = 1e28m;

    /// <summary>The segments in an order that does not depend on the one given: as in the book, then unknown ones by id, then none.</summary>
    /// <exception cref="RowFaultsException">A segment comes twice, or its number of customers is negative.</exception>
    /// <exception cref="ArgumentException">There are no customers.</exception>
    internal static KeyValuePair<SegmentId, int>[] CustomersOf(WeightBook book, KeyValuePair<SegmentId, int>[] customers, string name)
    {
        var faults = new RowFaultList();
        var rows = new Dictionary<SegmentId, int>();
        for (int row = 0; row < customers.Length; row++)
        {
            var (segment, count) = customers[row];
            if (!rows.TryAdd(segment, row))
            {
                faults.Add(row, "segment", $"'{segment}' again, as in row {rows[segment]}", "each segment once");
            }

            if (count < 0)
            {
                faults.Add(row, "customers", $"{count}", "a whole number, 0 or more");
            }
        }

        faults.ThrowIfAny(name);
        return customers.Any(segment => segment.Value > 0)
            ? [.. customers.OrderBy(segment => segment.Key == SegmentId.None)
                .ThenBy(segment => book.IndexOf(segment.Key))
                .ThenBy(segment => segment.Key.ToString(), StringComparer.Ordinal)]
            : throw new ArgumentException("A market needs customers; there are none. Say how many there are in at least one segment.", name);
    }

    /// <summary>The benefit of each offer, and of buying nothing behind them, to each segment.</summary>
    /// <exception cref="RowFaultsException">Offers are at fault; rows are offers.</exception>
    /// <exception cref="ArgumentException">There are no offers.</exception>
    internal static double[][] BenefitsOf(
        WeightBook book, OfferFactors[] offers, KeyValuePair<SegmentId, int>[] segments, MarketOptions options, string name)
    {
        if (offers.Length == 0)
        {
            throw new ArgumentException("A market needs offers; there are none. Give at least one.", name);
        }

        var faults = new RowFaultList();
        var rows = new Dictionary<OfferId, int>();
        int alternatives = offers.Length + (options.OutsideBenefit is null ? 0 : 1);
        var weights = Array.ConvertAll(segments, segment => book[segment.Key]);
        var benefits = Array.ConvertAll(segments, _ => new double[alternatives]);
        decimal greatestMargin = GreatestMargin / segments.Sum(segment => (long)segment.Value);
        for (int row = 0; row < offers.Length; row++)
        {
            CheckId(offers[row].Offer.Id, row, rows, faults);
            CheckMargin(offers[row].Offer, row, greatestMargin, faults);
            BenefitFactors scaled = ScaledFactors(book.Scales, offers[row].Through(options.Channel).Total, row, faults);
            for (int segment = 0; segment < segments.Length; segment++)
            {
                double benefit = BenefitContributions.Of(weights[segment], scaled).Total;
                benefits[segment][row] = benefit;
                if (!double.IsFinite(benefit))
                {
                    faults.Add(row, "benefit", $"{benefit} to segment '{segments[segment].Key}'", "factors and weights of ordinary size");
                }
            }
        }

        faults.ThrowIfAny(name);
        foreach (double[] row in benefits.AsSpan(0, options.OutsideBenefit is null ? 0 : benefits.Length))
        {
            row[^1] = options.OutsideBenefit!.Value;
        }

        return benefits;
    }

    /// <summary>The one currency of prices, unit costs and, where it names one, the scale of cost; null where there is none.</summary>
    /// <exception cref="CurrencyMismatchException">There are two.</exception>
    internal static Currency? CurrencyOf(FactorScale costScale, OfferFactors[] offers)
    {
        Currency? first = costScale.Currency == Currency.None ? null : costScale.Currency;
        foreach (OfferFactors offer in offers)
        {
            foreach (Money? amount in (ReadOnlySpan<Money?>)[offer.Offer.Price, offer.Offer.UnitCost])
            {
                first ??= amount?.Currency;
                if (amount is { } money && money.Currency != first)
                {
                    throw new CurrencyMismatchException(first!.Value, money.Currency);
                }
            }
        }

        return first;
    }

    /// <summary>Checks that a price is part of the cost it moves: a cost that was not below 0 is not below it afterwards, unless the price is, and by no more.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal static void CheckCost(OfferFactors before, OfferFactors after, Channel channel, string name)
    {
        double old = before.Through(channel).Total.Cost;
        double moved = after.Through(channel).Total.Cost;
        double least = Math.Min((double)after.Offer.Price!.Value.Amount, 0);
        double rounding = 1e-12 * (Math.Abs(old) + Math.Abs((double)before.Offer.Price!.Value.Amount) - least);
        if (old >= 0 && moved < least - rounding)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Cost moves with the price, and the cost of offer '{before.Offer.Id}' would fall from {old} to {moved} at a price of {after.Offer.Price}. ")
                + "Give cost in the unit of prices, so that the price is part of it; the scale of cost may count it in larger amounts.",
                name);
        }
    }

    /// <summary>What is missing of an offer's margin, in words; null where nothing is.</summary>
    internal static string? MissingOfMargin(Offer offer) => (offer.Price, offer.UnitCost) switch
    {
        (null, null) => $"Offer '{offer.Id}' has no price and no unit cost.",
        (null, _) => $"Offer '{offer.Id}' has no price.",
        (_, null) => $"Offer '{offer.Id}' has no unit cost.",
        _ => null,
    };

    private static void CheckId(OfferId id, int row, Dictionary<OfferId, int> rows, RowFaultList faults)
    {
        if (id == OfferId.None)
        {
            faults.Add(row, "offer", $"none", "the id of an offer");
        }
        else if (!rows.TryAdd(id, row))
        {
            faults.Add(row, "offer", $"'{id}' again, as in row {rows[id]}", "each offer once");
        }
    }

    private static void CheckMargin(Offer offer, int row, decimal greatest, RowFaultList faults)
    {
        if (offer is { Price: { } price, UnitCost: { } cost } && Math.Abs((double)price.Amount - (double)cost.Amount) > (double)greatest)
        {
            string limit = ((double)greatest).ToString("G3", CultureInfo.InvariantCulture);
            faults.Add(row, "margin", $"{price} less {cost}", $"at most {limit}, so that the margin of all customers is an amount");
        }
    }

    // What is at fault here counts 0, so that it is not named once more for every segment.
    private static BenefitFactors ScaledFactors(FactorScales scales, BenefitFactors factors, int row, RowFaultList faults)
    {
        BenefitFactors scaled = scales.Scale(factors);
        foreach (BenefitFactor factor in FactorNames.All)
        {
            if (double.IsNaN(scaled[factor]) || double.IsInfinity(factors[factor]))
            {
                bool isMissing = double.IsNaN(factors[factor]);
                faults.Add(
                    row,
                    FactorNames.Of(factor),
                    isMissing ? (FormattableString)$"nothing (NaN)" : $"{factors[factor]}",
                    isMissing ? "a finite number, or a scale that says what stands in for a missing one" : "a finite number");
                scaled = scaled.With(factor, 0);
            }
        }

        return scaled;
    }
}
