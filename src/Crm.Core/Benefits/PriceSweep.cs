namespace Crm.Core.Benefits;

/// <summary>One sweep over prices of one offer: its points, and the search for the best price.</summary>
internal sealed class PriceSweep
{
    private const double GoldenPart = 0.6180339887498949; // (√5 − 1) / 2
    private const int MaxSteps = 100; // shrinks any bracket by 1e-20

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
        PricePoint[] steps = sweep.LastBeforeSteps();
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

    // Golden section, and then the prices next to where it ended; the best of all prices looked at, those of the grid included.
    private PriceOptimum? Refined(Func<PricePoint, Money?> marginOf)
    {
        if (Best(_grid, marginOf) is not { } best)
        {
            return null;
        }

        var seen = new Dictionary<decimal, PricePoint>();
        decimal MarginAt(decimal price)
        {
            PricePoint point = seen.TryGetValue(price, out PricePoint? known) ? known : seen[price] = PointAt(price);
            return marginOf(point)!.Value.Amount;
        }

        int at = Array.IndexOf(_grid, best.Point);
        decimal low = _grid[Math.Max(at - 1, 0)].Price.Amount;
        decimal high = _grid[Math.Min(at + 1, _grid.Length - 1)].Price.Amount;
        decimal middle = GoldenSection(low, high, MarginAt);
        foreach (decimal price in (ReadOnlySpan<decimal>)[middle - _unit, middle, middle + _unit])
        {
            _ = price >= low && price <= high ? MarginAt(price) : 0;
        }

        return Best([.. _grid, .. seen.Values], marginOf);
    }

    private decimal GoldenSection(decimal low, decimal high, Func<decimal, decimal> marginAt)
    {
        decimal InPart(double part) => OnUnit(low + ((high - low) * (decimal)part));
        double from = 0;
        double to = 1;
        double unit = high > low ? (double)(_unit / (high - low)) : 1;
        double left = 1 - GoldenPart;
        double right = GoldenPart;
        decimal atLeft = marginAt(InPart(left));
        decimal atRight = marginAt(InPart(right));
        for (int step = 0; step < MaxSteps && to - from > unit; step++)
        {
            if (atLeft >= atRight)
            {
                to = right;
                (right, atRight) = (left, atLeft);
                left = to - (GoldenPart * (to - from));
                atLeft = marginAt(InPart(left));
            }
            else
            {
                from = left;
                (left, atLeft) = (right, atRight);
                right = from + (GoldenPart * (to - from));
                atRight = marginAt(InPart(right));
            }
        }

        return InPart((from + to) / 2);
    }

    // The highest price at which a segment still chooses the offer, for each that does at the lowest price and does not at the highest.
    private PricePoint[] LastBeforeSteps()
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
        }

        return [.. prices.Select(PointAt)];
    }

    private bool Chooses(int segment, decimal price) => _market.Chooses(segment, _offer, Money.Of(price, _currency));

    private decimal OnUnit(decimal price) => Math.Round(price, _digits);
}
