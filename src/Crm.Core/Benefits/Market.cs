namespace Crm.Core.Benefits;

/// <summary>Offers that compete for the customers of some segments: who chooses what, what it earns, and what if an offer or a segment were different.</summary>
/// <remarks>
/// <para>
/// Two rules of choice, both by the benefit of an offer to the customer's segment. <em>First choice</em>: every customer takes the offer of
/// the greatest benefit; of equally good ones, the one that stands first in the market; buying nothing stands behind all offers, so that who
/// is indifferent buys. <em>Logit</em>: customers differ in what the weights do not know, so that a share e^(benefit / scale) over the sum of
/// it over all alternatives takes an offer (multinomial logit: McFadden 1974, "Conditional logit analysis of qualitative choice behavior");
/// the scale is <see cref="MarketOptions.LogitScale"/>. First choice takes a segment for one mind and jumps; logit moves smoothly.
/// </para>
/// <para>
/// Under logit an offer takes from all others in proportion to their shares, also from one that is nearly the same as it is: two variants
/// of one product together get more than one of them would, which customers need not bear out. How many there are of an offer
/// (<see cref="Crm.Core.Offers.Offer.Available"/>) limits no share: customers are asked what they want.
/// </para>
/// <para>
/// A change gives another market, and <see cref="MarketShares.Against"/> the shift between the two. Money is summed exactly: the customers a rule of
/// choice expects are computed as <see cref="double"/>, become a <see cref="decimal"/> of 15 digits once, and are multiplied by the margin
/// and summed as decimals; under logit each product is rounded to 12 decimals, so that sums of ordinary amounts are exact. Shares are the same for any order of the segments; on another machine those under logit may differ by a few units
/// in the last place, as its exponential function does.
/// </para>
/// <para>Immutable and thread-safe. Time and memory grow with segments times offers.</para>
/// </remarks>
public sealed class Market
{
    private readonly OfferFactors[] _offers;
    private readonly KeyValuePair<SegmentId, int>[] _segments;
    private readonly double[][] _benefits;

    private Market(WeightBook book, OfferFactors[] offers, KeyValuePair<SegmentId, int>[] segments, MarketOptions options, string name)
    {
        _offers = offers;
        _segments = segments;
        _benefits = MarketRules.BenefitsOf(book, offers, segments, options, name);
        Currency = MarketRules.CurrencyOf(book.Scales.Cost, offers);
        Book = book;
        Offers = Array.AsReadOnly(offers);
        Options = options;
        Shares = MarketShares.Of(this);
    }

    /// <summary>Gets what each segment weighs.</summary>
    public WeightBook Book { get; }

    /// <summary>Gets the offers, in the order in which they win ties.</summary>
    public IReadOnlyList<OfferFactors> Offers { get; }

    /// <summary>Gets how customers choose.</summary>
    public MarketOptions Options { get; }

    /// <summary>Gets who chooses what, and what it earns.</summary>
    public MarketShares Shares { get; }

    /// <summary>Gets the currency of all amounts; null where there are none.</summary>
    internal Currency? Currency { get; }

    internal ReadOnlySpan<KeyValuePair<SegmentId, int>> Segments => _segments;

    /// <summary>Makes a market.</summary>
    /// <param name="book">What each segment weighs, and the scales of the factors.</param>
    /// <param name="offers">The offers; of offers that are equally good to a customer, the one given first wins.</param>
    /// <param name="customers">
    /// How many customers there are in each segment, 0 or more, in any order: a dictionary, or what <c>CountBy</c> gives. A segment the book
    /// does not know, and <see cref="SegmentId.None"/>, weigh as its default does.
    /// </param>
    /// <param name="options">How customers choose; the defaults unless given.</param>
    /// <returns>The market.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="book"/>, <paramref name="offers"/> or <paramref name="customers"/> is null, or an offer is.</exception>
    /// <exception cref="ArgumentException">There are no offers, or no customers.</exception>
    /// <exception cref="RowFaultsException">
    /// An offer has no id or that of another, a factor that is missing with nothing to stand in for it or not finite, a benefit or a margin
    /// beyond the range of numbers; or a segment comes twice or with fewer than 0 customers. All faults of one argument are named together.
    /// </exception>
    /// <exception cref="CurrencyMismatchException">
    /// Prices, unit costs and the scale of cost are not in one currency; a scale without one (<see cref="Currency.None"/>) goes with any.
    /// </exception>
    public static Market Of(
        WeightBook book, IEnumerable<OfferFactors> offers, IEnumerable<KeyValuePair<SegmentId, int>> customers, MarketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(offers);
        ArgumentNullException.ThrowIfNull(customers);
        OfferFactors[] given = [.. offers];
        foreach (OfferFactors offer in given)
        {
            ArgumentNullException.ThrowIfNull(offer, nameof(offers));
        }

        return new(book, given, MarketRules.CustomersOf(book, [.. customers], nameof(customers)), options ?? new(), nameof(offers));
    }

    /// <summary>What if a factor of an offer were different: its delivery time, its brand?</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="factor">The factor. For the price there is <see cref="WithPrice"/>, which moves the margin too; a cost changed here does not.</param>
    /// <param name="value">Its new value in its own unit, finite; NaN for missing, if the scale says what stands in.</param>
    /// <param name="moment">When it is felt; the other moments stay as they are, and benefit is made of the sum over all three.</param>
    /// <returns>
    /// The market with that factor. It changes among the factors this market looks at: those of its channel where the offer has such, else those
    /// that hold anywhere.
    /// </returns>
    /// <exception cref="ArgumentException">The market does not have the offer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> or <paramref name="moment"/> is none of those there are.</exception>
    /// <exception cref="RowFaultsException"><paramref name="value"/> is missing with nothing to stand in for it, not finite, or beyond what gives a finite benefit.</exception>
    public Market WithFactor(OfferId offer, BenefitFactor factor, double value, BuyingMoment moment = BuyingMoment.At)
    {
        OfferFactors old = _offers[PlaceOf(offer, nameof(offer))];
        MomentFactors moments = old.Through(Options.Channel);
        MomentFactors changed = moments.With(moment, moments[moment].With(factor, value));
        return WithOffer(old.With(old.Channels.Contains(Options.Channel) ? Options.Channel : Channel.None, changed), nameof(value));
    }

    /// <summary>What if an offer had another price?</summary>
    /// <remarks>
    /// The cost to the customer at the purchase moves by new less old price, since it may hold more than the price, and the margin by the same;
    /// through every channel. Cost is then in whole units of money, so that the price is part of it.
    /// </remarks>
    /// <param name="offer">An offer whose price is known.</param>
    /// <param name="price">The new price, in the same currency.</param>
    /// <returns>The market with that price.</returns>
    /// <exception cref="ArgumentException">
    /// The market does not have the offer, or its price or its cost is not known, so that there is nothing to move; or the price would take its
    /// cost below 0, where it was not: then cost is not in whole units of money.
    /// </exception>
    /// <exception cref="CurrencyMismatchException"><paramref name="price"/> is in another currency.</exception>
    /// <exception cref="RowFaultsException">The price is beyond what gives a finite benefit, or a margin in the range of amounts.</exception>
    public Market WithPrice(OfferId offer, Money price) => Repriced(offer, price, nameof(price));

    /// <summary>What if an offer were replaced, or one more came to the market?</summary>
    /// <param name="offer">The offer; it takes the place of the one with its id, or else the last.</param>
    /// <returns>The market with the offer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="offer"/> is null.</exception>
    /// <exception cref="RowFaultsException">The offer is at fault, see <see cref="Of"/>; the row is its place in the market.</exception>
    /// <exception cref="CurrencyMismatchException">Its amounts are in another currency than those of the market.</exception>
    public Market WithOffer(OfferFactors offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return WithOffer(offer, nameof(offer));
    }

    /// <summary>What if an offer left the market?</summary>
    /// <param name="offer">The offer.</param>
    /// <returns>The market without it.</returns>
    /// <exception cref="ArgumentException">The market does not have the offer, or no other one.</exception>
    public Market Without(OfferId offer)
    {
        int place = PlaceOf(offer, nameof(offer));
        return new(Book, [.. _offers[..place], .. _offers[(place + 1)..]], _segments, Options, nameof(offer));
    }

    /// <summary>What if a segment weighed differently?</summary>
    /// <param name="segment">A segment of the book, or <see cref="SegmentId.None"/> for the default; segments that take over weights from it follow.</param>
    /// <param name="weights">Its weights.</param>
    /// <returns>The market with these weights.</returns>
    /// <exception cref="ArgumentException">The book does not know the segment.</exception>
    /// <exception cref="RowFaultsException">With these weights the benefit of an offer is beyond the range of numbers; rows are offers.</exception>
    public Market WithWeights(SegmentId segment, BenefitWeights weights) =>
        new(Book.With(segment, weights), _offers, _segments, Options, nameof(weights));

    /// <summary>What if an offer had any of some prices, and which of them is best?</summary>
    /// <remarks>Time grows with prices times segments times offers; every price is a <see cref="WithPrice"/>.</remarks>
    /// <param name="offer">An offer whose price is known.</param>
    /// <param name="prices">The prices, in the currency of the offer's price, in any order; one that comes again counts once.</param>
    /// <param name="cancellationToken">Looked at before every price.</param>
    /// <returns>The curve over the prices, and the best price between the lowest and the highest of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="prices"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The market does not have the offer, its price or its cost is not known, or there are no prices; or a price would take its cost below 0,
    /// where it was not.
    /// </exception>
    /// <exception cref="CurrencyMismatchException">A price is in another currency.</exception>
    /// <exception cref="RowFaultsException">A price is beyond what gives a finite benefit, or a margin in the range of amounts.</exception>
    /// <exception cref="OperationCanceledException">The sweep was cancelled.</exception>
    public PriceCurve SweepPrice(OfferId offer, IEnumerable<Money> prices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prices);
        Money[] given = [.. prices];
        int place = PlaceOf(offer, nameof(offer));
        if (given.Length == 0)
        {
            throw new ArgumentException("A sweep needs prices; there are none. Give at least two, between which to look.", nameof(prices));
        }

        foreach (Money price in given)
        {
            _ = Priced(place, price, nameof(offer), nameof(prices));
        }

        decimal[] amounts = [.. given.Select(price => price.Amount).Distinct().Order()];
        return PriceSweep.Curve(this, offer, given[0].Currency, amounts, nameof(prices), cancellationToken);
    }

    /// <summary>The market with another price, whose faults bear the name given.</summary>
    internal Market Repriced(OfferId offer, Money price, string name) => WithOffer(Priced(PlaceOf(offer, nameof(offer)), price, nameof(offer), name), name);

    /// <summary>Whether the customers of the segment at a place choose an offer first at a price.</summary>
    internal bool Chooses(int segment, OfferId offer, Money price)
    {
        int place = PlaceOf(offer, nameof(offer));
        double[] benefits = [.. _benefits[segment]];
        BenefitFactors factors = Priced(place, price, nameof(offer), nameof(price)).Through(Options.Channel).Total;
        benefits[place] = BenefitContributions.Of(Book[_segments[segment].Key], Book.Scales.Scale(factors)).Total;
        return ChoiceRules.FirstChoice(benefits) == place;
    }

    /// <summary>The benefit of each offer to the segment at a place, in order; last, where customers may buy nothing, the benefit of that.</summary>
    internal ReadOnlySpan<double> BenefitsTo(int segment) => _benefits[segment];

    /// <summary>The offer at a place; none for buying nothing, behind the last.</summary>
    internal OfferId IdOf(int alternative) => alternative < _offers.Length ? _offers[alternative].Offer.Id : OfferId.None;

    /// <summary>The margin of one; 0 for buying nothing. Null where it is not known, or no amount is.</summary>
    internal Money? MarginOf(int alternative) => alternative < _offers.Length ? _offers[alternative].Offer.Margin
        : Currency is { } currency ? Money.Of(0, currency)
        : null;

    private Market WithOffer(OfferFactors offer, string name)
    {
        int place = Array.FindIndex(_offers, other => other.Offer.Id == offer.Offer.Id);
        OfferFactors[] offers = place < 0 ? [.. _offers, offer] : [.. _offers];
        offers[place < 0 ? ^1 : place] = offer;
        return new(Book, offers, _segments, Options, name);
    }

    private OfferFactors Priced(int place, Money price, string offerName, string priceName)
    {
        OfferFactors old = _offers[place];
        if (old.Offer.Price is not { } before)
        {
            throw new ArgumentException($"Offer '{old.Offer.Id}' has no price, so that none can move. Give it one with the offer.", offerName);
        }

        if (price.Currency != before.Currency)
        {
            throw new CurrencyMismatchException(before.Currency, price.Currency);
        }

        if (double.IsNaN(old.Through(Options.Channel).Total.Cost))
        {
            throw new ArgumentException(
                $"The cost of offer '{old.Offer.Id}' is missing (NaN), so that the price cannot move it. Give it with the factors of the offer.", offerName);
        }

        OfferFactors priced = old.WithPrice(price);
        MarketRules.CheckCost(old, priced, Options.Channel, priceName);
        return priced;
    }

    private int PlaceOf(OfferId offer, string name)
    {
        int place = Array.FindIndex(_offers, other => other.Offer.Id == offer);
        return place >= 0 ? place : throw new ArgumentException(
            $"The market has no offer '{offer}'. It has {string.Join(", ", _offers.Take(20).Select(other => $"'{other.Offer.Id}'"))}{(_offers.Length > 20 ? ", …" : "")}.",
            name);
    }
}
