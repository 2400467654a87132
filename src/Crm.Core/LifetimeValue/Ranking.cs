using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>How well an order by forecasts is the order by what happened. Equal values share their places.</summary>
internal sealed class Ranking
{
    private readonly double[] _actual;
    private readonly int[] _customers;
    private readonly double _total;
    private readonly double[] _placesByForecast;
    private readonly double[] _placesByActual;

    internal Ranking(double[] expected, double[] actual, ReadOnlySpan<int> customers)
    {
        _actual = actual;
        _customers = [.. customers];
        for (int row = 0; row < actual.Length; row++)
        {
            _total += Weight(row);
        }

        _placesByForecast = Places(expected);
        _placesByActual = Places(actual);
    }

    /// <summary>The Gini coefficient of what happened by the order of the forecast, over that by its own order; null where nothing differs.</summary>
    internal double? NormalisedGini()
    {
        double byForecast = Covariance(_placesByForecast);
        double byActual = Covariance(_placesByActual);
        return byActual > 0 ? byForecast / byActual : null;
    }

    /// <summary>The share of the truly best that are among those forecast as best; those equal at the edge count as likely as they are drawn.</summary>
    internal double ShareOfTopFound(double share)
    {
        double wanted = Math.Round(share * _total, MidpointRounding.AwayFromZero);
        double[] found = Drawn(_placesByForecast, wanted);
        double[] byActual = Drawn(_placesByActual, wanted);
        for (int row = 0; row < found.Length; row++)
        {
            found[row] *= byActual[row];
        }

        return wanted > 0 ? OrderFreeSum.Of(found, _customers) / wanted : 0;
    }

    // The covariance of place and value, times the number of customers: a Gini coefficient is this over the total, but for a factor.
    private double Covariance(double[] places)
    {
        var terms = new double[places.Length];
        for (int row = 0; row < places.Length; row++)
        {
            terms[row] = (places[row] - (0.5 * _total)) * _actual[row];
        }

        return FixedPointSum.Of(terms, _customers);
    }

    // The middle of the places of all with the same value, from the least up.
    private double[] Places(double[] values)
    {
        int[] order = Order(values);
        var places = new double[values.Length];
        double before = 0;
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            double alike = 0;
            for (; to < order.Length && values[order[to]] == values[order[from]]; to++)
            {
                alike += Weight(order[to]);
            }

            for (int i = from; i < to; i++)
            {
                places[order[i]] = before + (0.5 * alike);
            }

            before += alike;
            from = to;
        }

        return places;
    }

    // The probability of each to be among so many of the highest, drawn at random among those who share a place.
    private double[] Drawn(double[] places, double wanted)
    {
        int[] order = Order(places);
        var drawn = new double[places.Length];
        double left = wanted;
        for (int to = order.Length; to > 0 && left > 0;)
        {
            int from = to;
            double alike = 0;
            for (; from > 0 && places[order[from - 1]] == places[order[to - 1]]; from--)
            {
                alike += Weight(order[from - 1]);
            }

            for (int i = from; i < to; i++)
            {
                drawn[order[i]] = Math.Min(1, left / alike);
            }

            left -= alike;
            to = from;
        }

        return drawn;
    }

    private static int[] Order(double[] values)
    {
        var order = new int[values.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort((double[])values.Clone(), order);
        return order;
    }

    private double Weight(int row) => _customers.Length == 0 ? 1 : _customers[row];
}
