namespace Crm.Core.Benefits;

/// <summary>One sweep over prices of one offer: its points, and the search for the best price.</summary>
internal sealed class PriceSweep
{
    private const decimal GoldenPart = 0.3819660112501051518m; // (3 − √5) / 2
    private const int MaxSteps = 300; // two of them shrink a bracket to 0.62 of it or less: 1e-31 in all, beyond the digits of a decimal

    private readonly Market _market;
    private readonly OfferId _offer;
    private readonly Currency _currency;
    private readonly int _digits;
    private readonly decimal _unit;
    private readonly string _name;
    private readonly CancellationToken _cancellation;
    private readonly PricePoint[] _grid;

    private PriceSweep(Market market, OfferId offer, Currency currency, decimal[] prices, string name, CancellationToken cancellation)
    {
        _name = name;
        _cancellation = cancellation;
        _market = market;
        _offer = offer;
        _currency = currency;
        _digits = Math.Max(currency.MinorDigits, prices.Max(price => price.Scale));
        _unit = new(1, 0, 0, false, (byte)_digits);
        _grid = Array.ConvertAll(prices, PointAt);
    }

    internal static PriceCurve Curve(
        Market market, OfferId offer, Currency currency, decimal[] prices, string name, CancellationToken cancellation)
    {
        var sweep = new PriceSweep(market, offer, currency, prices, name, cancellation);
        PricePoint[] steps = sweep.BesideSteps();
        return new(offer, sweep._grid, sweep._unit)
        {
            Optimum = sweep.Refined(point => point.Logit.Margin),
            RangeOptimum = sweep.Refined(point => point.LogitRangeMargin),
            FirstChoiceOptimum = sweep.Best([.. sweep._grid, .. steps], point => point.FirstChoice.Margin),
            FirstChoiceRangeOptimum = sweep.Best([.. sweep._grid, .. steps], point => point.FirstChoiceRangeMargin),
        };
    }

    private PricePoint PointAt(decimal price)
    {
        _cancellation.ThrowIfCancellationRequested();
        SegmentShares total = _market.Repriced(_offer, Money.Of(price, _currency), _name).Shares.Total;
        OfferShares own = total[_offer];
        return new()
        {
            Price = Money.Of(price, _currency),
            FirstChoice = own.FirstChoice,
            Logit = own.Logit,
            FirstChoiceRangeMargin = total.FirstChoiceMargin,
            LogitRangeMargin = total.LogitMargin,
        };
    }

    private PriceOptimum? Best(IEnumerable<PricePoint> points, Func<PricePoint, Money?> marginOf) =>
        points.Where(point => marginOf(point) is not null).OrderByDescending(point => marginOf(point)!.Value.Amount).ThenBy(point => point.Price.Amount)
            .Select(point => new PriceOptimum(point, marginOf(point)!.Value, point.Price == _grid[0].Price, point.Price == _grid[^1].Price))
            .FirstOrDefault();

    private PriceOptimum? Refined(Func<PricePoint, Money?> marginOf) => Best(_grid, marginOf) is { } best
        ? Best([.. _grid, PeakAround(Array.IndexOf(_grid, best.Point), point => marginOf(point)!.Value.Amount)], marginOf)
        : null;

    // Golden section that never leaves its best price for a worse one, nor for a higher one as good: the larger gap beside it is probed until
    // both are a price unit.
    private PricePoint PeakAround(int place, Func<PricePoint, decimal> marginOf)
    {
        PricePoint best = _grid[place];
        decimal low = _grid[Math.Max(place - 1, 0)].Price.Amount;
        decimal high = _grid[Math.Min(place + 1, _grid.Length - 1)].Price.Amount;
        for (int step = 0; step < MaxSteps; step++)
        {
            decimal at = best.Price.Amount;
            decimal gap = high - at > at - low ? high - at : low - at;
            if (Math.Abs(gap) <= _unit)
            {
                break;
            }

            PricePoint probe = PointAt(at + Probed(gap));
            bool isBetter = marginOf(probe) > marginOf(best) || (marginOf(probe) == marginOf(best) && gap < 0);
            decimal outer = isBetter ? at : probe.Price.Amount;
            (low, high) = gap > 0 == isBetter ? (outer, high) : (low, outer);
            best = isBetter ? probe : best;
        }

        return best;
    }

    private decimal Probed(decimal gap) => Math.Sign(gap) * Math.Max(OnUnit(GoldenPart * Math.Abs(gap)), _unit);

    // The highest price at which a segment still chooses the offer, and the next one, for each segment that does at the lowest price and does
    // not at the highest. Between steps a margin grows with the price where someone chooses the offer, and stays where nobody does: it is
    // greatest at the last price before a step, or as great from the first price after one.
    private PricePoint[] BesideSteps()
    {
        var prices = new SortedSet<decimal>();
        for (int segment = 0; segment < _market.Segments.Length; segment++)
        {
            decimal low = _grid[0].Price.Amount;
            decimal high = _grid[^1].Price.Amount;
            if (!Chooses(segment, low) || Chooses(segment, high))
            {
                continue;
            }

            // A price halfway lies strictly between, unless amounts this large have no decimals left for the unit.
            for (decimal middle = OnUnit(low + ((high - low) / 2)); high - low > _unit && middle > low && middle < high; middle = OnUnit(low + ((high - low) / 2)))
            {
                (low, high) = Chooses(segment, middle) ? (middle, high) : (low, middle);
            }

            prices.Add(low);
            prices.Add(high);
        }

        return [.. prices.Select(PointAt)];
    }

    private bool Chooses(int segment, decimal price)
    {
        _cancellation.ThrowIfCancellationRequested();
        return _market.Chooses(segment, _offer, Money.Of(price, _currency));
    }

    private decimal OnUnit(decimal price) => Math.Round(price, _digits);
}
