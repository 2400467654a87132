namespace Crm.Core.Pyramids;

/// <summary>How unevenly value is spread over the active customers of a pyramid.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class Concentration
{
    private readonly RankedValues _ranked;

    internal Concentration(RankedValues ranked)
    {
        _ranked = ranked;
        Gini = GiniOf(ranked);
    }

    /// <summary>
    /// Gets Gini's coefficient: 0 where all are worth the same, near 1 where one has it all. Null where a value is negative or the
    /// total is 0, since it does not exist there.
    /// </summary>
    public double? Gini { get; }

    /// <summary>Share of all value that the most valuable customers hold.</summary>
    /// <param name="share">
    /// The share of active customers, from 0 to 1; it stands for round(share × n) of them, halves up, as in a pyramid.
    /// </param>
    /// <returns>The share of value; above 1 where the others are worth less than nothing; null where the total is not above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public double? ShareOfTop(decimal share)
    {
        Guard.InRange(share, 0, 1, "Give the share as a fraction: 0.01 for 1 %.");
        return _ranked.Total > 0 ? _ranked.SumOfFirst(PyramidScheme.CutOf(share, _ranked.Customers)) / _ranked.Total : null;
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
