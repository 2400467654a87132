using System.Globalization;

namespace Crm.Core.Pyramids;

/// <summary>The values that the tiers of a scheme lie above, of one base: a tier holds who is worth more than its floor, and no more than that of the tier before.</summary>
internal static class SchemeFloors
{
    // A share that is met to the last digits of a sum of many values is met.
    private const double Rounding = 1e-12;

    /// <summary>Gives a floor for each tier, from the most valuable down; the last has none.</summary>
    /// <exception cref="ArgumentException">The scheme is of shares of value, and there are none since the values do not sum to more than 0.</exception>
    internal static double[] Of(PyramidScheme scheme, RankedValues ranked)
    {
        var floors = new double[scheme.Tiers.Count];
        floors[^1] = double.NegativeInfinity;
        decimal share = 0;
        for (int tier = 0; tier < floors.Length - 1; tier++)
        {
            TierDefinition definition = scheme.Tiers[tier];
            share += definition.Share ?? 0;
            floors[tier] = scheme.Cut switch
            {
                PyramidCut.Threshold => Math.BitDecrement(definition.Least!.Value),
                PyramidCut.ShareOfValue => OfValue(ranked, share),
                _ => OfRank(ranked, PyramidScheme.CutOf(share, ranked.Customers)),
            };
        }

        return floors;
    }

    // Worth more than the customer just below the cut: that sends ties down.
    private static double OfRank(RankedValues ranked, long cut) => cut >= ranked.Customers ? double.NegativeInfinity : ranked.ValueAtRank(cut);

    private static double OfValue(RankedValues ranked, decimal share)
    {
        if (ranked.Customers == 0)
        {
            return double.NegativeInfinity;
        }

        if (!(ranked.Total > 0))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The values sum to {ranked.Total}, and of nothing or less there are no shares. Cut by share of customers, or by thresholds."), nameof(ranked));
        }

        double most = (double)share * ranked.Total * (1 + Rounding);
        double sum = 0;
        for (int entry = 0; entry < ranked.Count; entry++)
        {
            sum += ranked[entry] * ranked.CustomersAt(entry);
            if (sum > most)
            {
                return ranked[entry];
            }
        }

        return double.NegativeInfinity;
    }
}
