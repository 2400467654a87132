using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>How unevenly value is spread over the active customers.</summary>
internal sealed record ConcentrationSection
{
    public required double? Gini { get; init; }

    public required double? ShareOfTop1Percent { get; init; }

    public required double? ShareOfTop5Percent { get; init; }

    public required double? ShareOfTop20Percent { get; init; }

    /// <summary>Gets the Lorenz curve, from the least valuable customers up; empty where their values do not sum to more than 0.</summary>
    public required IReadOnlyList<LorenzPoint> Lorenz { get; init; }

    internal static ConcentrationSection Of(Pyramid pyramid)
    {
        Concentration concentration = pyramid.Concentration;
        long ranked = pyramid.Tiers.Take(pyramid.Scheme.Tiers.Count).Sum(tier => tier.Customers);

        // Of so few customers that the share is nobody nothing is told.
        double? Top(decimal share) => ConcentrationPoint.CustomersIn(share, ranked) > 0 ? concentration.ShareOfTop(share) : null;
        return new()
        {
            Gini = concentration.Gini,
            ShareOfTop1Percent = Top(0.01m),
            ShareOfTop5Percent = Top(0.05m),
            ShareOfTop20Percent = Top(0.20m),
            Lorenz = concentration.Lorenz(),
        };
    }
}
