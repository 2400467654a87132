namespace Crm.Core.Pyramids;

/// <summary>The thresholds that cut a base as its scheme did.</summary>
internal static class KeptFloors
{
    /// <summary>A threshold for each tier but the last, always less.</summary>
    internal static TierFloor[] Of(IReadOnlyList<TierSummary> tiers)
    {
        int last = tiers.Count - 1;
        var floors = new double?[tiers.Count];
        double? below = tiers[last].Greatest;
        for (int tier = last - 1; tier >= 0; tier--)
        {
            // Nobody stands in it: who does one day is worth more than all below.
            floors[tier] = tiers[tier].Least ?? (below is { } greatest ? Math.BitIncrement(greatest) : null);
            below = tiers[tier].Greatest ?? floors[tier];
        }

        // Nobody stands in it nor below it.
        double above = 0;
        for (int tier = 0; tier < last; tier++)
        {
            floors[tier] ??= Math.BitDecrement(above);
            above = floors[tier]!.Value;
        }

        return [.. floors.Select((floor, tier) => new TierFloor(tiers[tier].Tier, floor))];
    }
}
