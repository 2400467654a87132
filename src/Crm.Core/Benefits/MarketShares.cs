namespace Crm.Core.Benefits;

/// <summary>Who chooses what in a market, and what it earns: by segment, and in total.</summary>
/// <remarks>
/// In every segment the customers under first choice sum to all customers exactly, and the shares under logit to 1 within 1e-12. Margins in
/// total are the sums over the segments, in their order. Immutable and thread-safe.
/// </remarks>
public sealed class MarketShares
{
    private const int MostDecimals = 28;
    private const int LogitDecimals = 12;

    private MarketShares(Market market)
    {
        Market = market;
        var segments = new SegmentShares[market.Segments.Length];
        for (int place = 0; place < segments.Length; place++)
        {
            segments[place] = SharesIn(market, place);
        }

        Segments = Array.AsReadOnly(segments);
        Total = Summed(market, segments);
        OffersWithoutMargin = Array.AsReadOnly(
            market.Offers.Where(offer => MarketRules.MissingOfMargin(offer.Offer) is not null).Select(offer => offer.Offer.Id).ToArray());
    }

    /// <summary>Gets the shares in each segment: those of the weight book in its order, then others by id, last <see cref="SegmentId.None"/>.</summary>
    public IReadOnlyList<SegmentShares> Segments { get; }

    /// <summary>Gets the shares of all customers.</summary>
    public SegmentShares Total { get; }

    /// <summary>
    /// Gets the offers that lack a price or a unit cost, or both, so that there is no margin of theirs, nor of all offers together;
    /// <see cref="ToString"/> says what each lacks.
    /// </summary>
    public IReadOnlyList<OfferId> OffersWithoutMargin { get; }

    /// <summary>Gets the market.</summary>
    internal Market Market { get; }

    /// <summary>Gets the shares in a segment.</summary>
    /// <param name="segment">A segment the market was given customers of; <see cref="SegmentId.None"/> for those in none.</param>
    /// <exception cref="KeyNotFoundException">The market was given no number of customers for the segment.</exception>
    public SegmentShares this[SegmentId segment] => Find(segment)
        ?? throw new KeyNotFoundException($"Segment '{segment}' is not in this market: it was given no number of customers.");

    /// <summary>Gives the shift from the shares before a change to these.</summary>
    /// <param name="before">The shares before it, of a market with the same segments; offers, weights and numbers of customers may differ.</param>
    /// <returns>The shift.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="before"/> is null.</exception>
    /// <exception cref="ArgumentException">The two markets do not have the same segments.</exception>
    /// <exception cref="CurrencyMismatchException">Their amounts are in different currencies.</exception>
    public MarketShift Against(MarketShares before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return MarketShift.Of(before, this);
    }

    /// <summary>Gives the shares as tables, one for each segment and one for all, and what margins lack.</summary>
    /// <returns>The text, in English and the invariant culture.</returns>
    public override string ToString() => MarketWords.Of(this);

    internal static MarketShares Of(Market market) => new(market);

    internal SegmentShares? Find(SegmentId segment)
    {
        foreach (SegmentShares shares in Segments)
        {
            if (shares.Segment == segment)
            {
                return shares;
            }
        }

        return null;
    }

    private static SegmentShares SharesIn(Market market, int place)
    {
        var (segment, customers) = market.Segments[place];
        double[] logit = new double[market.BenefitsTo(place).Length];
        ChoiceRules.Logit(market.BenefitsTo(place), market.Options.LogitScale, logit);
        int chosen = ChoiceRules.FirstChoice(market.BenefitsTo(place));
        return Table(market, segment, customers, alternative => new()
        {
            Offer = market.IdOf(alternative),
            FirstChoice = DemandOf(alternative == chosen ? 1 : 0, customers, market.MarginOf(alternative), MostDecimals),
            Logit = DemandOf(logit[alternative], customers, market.MarginOf(alternative), LogitDecimals),
        });
    }

    private static SegmentShares Summed(Market market, SegmentShares[] segments)
    {
        long customers = segments.Sum(segment => segment.Customers);
        return Table(market, null, customers, alternative => new()
        {
            Offer = market.IdOf(alternative),
            FirstChoice = Sum(segments, customers, segment => segment.Alternative(alternative).FirstChoice),
            Logit = Sum(segments, customers, segment => segment.Alternative(alternative).Logit),
        });
    }

    private static SegmentShares Table(Market market, SegmentId? segment, long customers, Func<int, OfferShares> sharesOf)
    {
        var offers = new OfferShares[market.Offers.Count];
        for (int place = 0; place < offers.Length; place++)
        {
            offers[place] = sharesOf(place);
        }

        return new(segment, customers, offers, market.Options.OutsideBenefit is null ? null : sharesOf(offers.Length));
    }

    // The crossing from double to decimal: 15 digits, of which whole customers have fewer.
    private static Demand DemandOf(double share, int customers, Money? margin, int decimals) => new()
    {
        Share = share,
        Customers = customers * share,
        Margin = margin is { } one ? Money.Of(Math.Round(one.Amount * (decimal)(customers * share), decimals), one.Currency) : null,
    };

    private static Demand Sum(SegmentShares[] segments, long customers, Func<SegmentShares, Demand> demandIn)
    {
        Demand sum = demandIn(segments[0]);
        foreach (SegmentShares segment in segments.AsSpan(1))
        {
            Demand more = demandIn(segment);
            sum = new() { Customers = sum.Customers + more.Customers, Margin = sum.Margin is { } margin ? margin + more.Margin!.Value : null };
        }

        return sum with { Share = sum.Customers / customers };
    }
}
