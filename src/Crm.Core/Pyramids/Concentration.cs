using System.Collections.ObjectModel;

namespace Crm.Core.Pyramids;

/// <summary>How unevenly value is spread over the active customers of a pyramid.</summary>
/// <remarks>The customers are sorted when it is first asked for something. Immutable and thread-safe.</remarks>
public sealed class Concentration
{
    private const int MostSteps = 10_000;

    private readonly Lazy<RankedValues> _ranked;
    private readonly Lazy<double?> _gini;

    internal Concentration(Func<RankedValues> ranked)
    {
        _ranked = new(ranked);
        _gini = new(() => GiniOf(_ranked.Value));
    }

    /// <summary>
    /// Gets Gini's coefficient: 0 where all are worth the same, near 1 where one has it all. Null where a value is negative or the
    /// total is 0, since it does not exist there.
    /// </summary>
    public double? Gini => _gini.Value;

    /// <summary>Share of all value that the most valuable customers hold.</summary>
    /// <param name="share">
    /// The share of active customers, from 0 to 1; it stands for round(share × n) of them, halves up, as in a pyramid.
    /// </param>
    /// <returns>The share of value; above 1 where the others are worth less than nothing; null where the total is not above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public double? ShareOfTop(decimal share)
    {
        Guard.InRange(share, 0, 1, "Give the share as a fraction: 0.01 for 1 %.");
        RankedValues ranked = _ranked.Value;
        return ranked.Total > 0 ? ranked.SumOfFirst(PyramidScheme.CutOf(share, ranked.Customers)) / ranked.Total : null;
    }

    /// <summary>The Lorenz curve (Lorenz 1905): what the least valuable customers hold together, from nobody to all.</summary>
    /// <param name="steps">Into how many even shares of the customers they are divided, from 1 to 10,000; fewer where there are fewer customers.</param>
    /// <returns>
    /// The points from (0, 0) to (1, 1), each of a whole number of customers and exact; below the diagonal, and the further the more unevenly value is spread. Where some are worth less than
    /// nothing it begins below 0. Empty where the total is not above 0.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not from 1 to 10,000.</exception>
    public IReadOnlyList<LorenzPoint> Lorenz(int steps = 100)
    {
        Guard.InRange((double)steps, 1, MostSteps, name: nameof(steps));
        RankedValues ranked = _ranked.Value;
        if (!(ranked.Total > 0))
        {
            return ReadOnlyCollection<LorenzPoint>.Empty;
        }

        long all = ranked.Customers;
        int taken = (int)Math.Min(steps, all);
        var points = new LorenzPoint[taken + 1];
        for (int step = 0; step <= taken; step++)
        {
            long least = (long)((Int128)all * step / taken);
            points[step] = new((double)least / all, step == taken ? 1 : step == 0 ? 0 : (ranked.Total - ranked.SumOfFirst(all - least)) / ranked.Total);
        }

        return Array.AsReadOnly(points);
    }

    // Σ over pairs |v_i − v_j| / (2 n² mean), by ranks from the greatest down.
    private static double? GiniOf(RankedValues ranked)
    {
        if (!(ranked.Total > 0) || ranked[ranked.Count - 1] < 0)
        {
            return null;
        }

        double n = ranked.Customers;
        double ranksTimesShare = 0;
        double before = 0;
        for (int i = 0; i < ranked.Count; i++)
        {
            double customers = ranked.CustomersAt(i);
            ranksTimesShare += ranked[i] / ranked.Total * customers * (before + ((customers + 1) / 2));
            before += customers;
        }

        return Math.Max(0, ((n + 1) / n) - (2 * ranksTimesShare / n));
    }
}
