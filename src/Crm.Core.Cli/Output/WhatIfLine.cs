using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>What it would bring if some customers stood one tier higher: revenue, profit and lifetime value, each as a share of what it is now.</summary>
internal sealed record WhatIfLine(string Move, double Customers, double? Revenue, double? Profit, double? LifetimeValue)
{
    private const double Moved = 0.02;

    /// <summary>2 % of every tier, then 2 % of all from one tier after another that has as many.</summary>
    internal static IReadOnlyList<WhatIfLine> Of(PyramidWhatIf what, Pyramid pyramid)
    {
        TierSummary[] ranked = [.. pyramid.Tiers.Take(pyramid.Scheme.Tiers.Count).Where(tier => tier.Customers > 0)];
        double customers = Moved * ranked.Sum(tier => tier.Customers);
        var lines = new List<WhatIfLine>();
        if (ranked.Length > 1)
        {
            lines.Add(Of("2 % of every tier, one tier up", what.MoveEveryTier(Moved)));
        }

        for (int tier = 1; tier < ranked.Length; tier++)
        {
            if (ranked[tier].Customers >= customers)
            {
                lines.Add(Of($"2 % of all, from {ranked[tier].Tier} to {ranked[tier - 1].Tier}", what.Move(new TierStep(ranked[tier].Tier, ranked[tier - 1].Tier, customers))));
            }
        }

        return lines;
    }

    private static WhatIfLine Of(string move, WhatIfResult result) =>
        new(move, result.Customers, result.Revenue.RelativeChange, result.Profit?.RelativeChange, result.LifetimeValue?.RelativeChange);
}
