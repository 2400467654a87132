using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>A tier of the pyramid in a document.</summary>
internal sealed record TierLine(
    string Tier, long Customers, double ShareOfCustomers, double Value, double? ShareOfValue, double? Least, double? Greatest)
{
    internal static TierLine Of(TierSummary tier) =>
        new(tier.Tier.Name, tier.Customers, tier.ShareOfCustomers, tier.Value, tier.ShareOfValue, tier.Least, tier.Greatest);
}
