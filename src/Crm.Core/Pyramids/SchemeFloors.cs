using System.Globalization;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>The values that the tiers of a scheme lie above, of one base: a tier holds who is worth more than its floor, and no more than that of the tier before.</summary>
internal static class SchemeFloors
{
    // A share that is met to the last digits of a sum of many values is met.
    private const double Rounding = 1e-12;

    /// <summary>Gives a floor for each tier, from the most valuable down; the last has none.</summary>
    /// <exception cref="ArgumentException">The scheme is of shares of value, and there are none since the values do not sum to more than 0.</exception>
    internal static double[] Of(PyramidScheme scheme, ReadOnlySpan<double> values, ReadOnlySpan<int> customers)
    {
        double[] floors = scheme.Cut switch
        {
            PyramidCut.Threshold => [.. scheme.Tiers.SkipLast(1).Select(tier => Math.BitDecrement(tier.Least!.Value))],
            PyramidCut.ShareOfValue => OfValue(scheme, RankedValues.Of(values, customers)),
            _ => OfCustomers(scheme, values, customers),
        };
        return [.. floors, double.NegativeInfinity];
    }

    // The shares of the tiers down to and including each but the last.
    private static IEnumerable<decimal> SharesThrough(PyramidScheme scheme)
    {
        decimal share = 0;
        return scheme.Tiers.SkipLast(1).Select(tier => share += tier.Share!.Value);
    }

    // Worth more than the customer just below the cut: that sends ties down.
    private static double[] OfCustomers(PyramidScheme scheme, ReadOnlySpan<double> values, ReadOnlySpan<int> customers)
    {
        long all = customers.Length == 0 ? values.Length : 0;
        foreach (int count in customers)
        {
            all += count;
        }

        long[] cuts = [.. SharesThrough(scheme).Select(share => PyramidScheme.CutOf(share, all))];
        long[] ranks = [.. cuts.Where(cut => cut < all)];
        double[] found = RankSelection.Of(values, customers, ranks);
        return [.. found, .. Enumerable.Repeat(double.NegativeInfinity, cuts.Length - ranks.Length)];
    }

    private static double[] OfValue(PyramidScheme scheme, RankedValues ranked)
    {
        if (ranked.Customers > 0 && !(ranked.Total > 0))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The values sum to {ranked.Total}, and of nothing or less there are no shares. Cut by share of customers, or by thresholds."), nameof(ranked));
        }

        return [.. SharesThrough(scheme).Select(share => OfValue(ranked, share))];
    }

    private static double OfValue(RankedValues ranked, decimal share)
    {
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
