namespace Crm.Core.Pyramids;

/// <summary>The thresholds that cut a base as its scheme did.</summary>
internal static class KeptFloors
{
    /// <summary>A threshold for each tier but the last, always less.</summary>
    /// <exception cref="InvalidOperationException">Nobody is ranked, or values are so near to each other, or so great, that no number lies where an empty tier would have to begin.</exception>
    internal static TierFloor[] Of(IReadOnlyList<TierSummary> tiers)
    {
        int last = tiers.Count - 1;
        if (tiers.All(tier => tier.Customers == 0))
        {
            throw new InvalidOperationException("Nobody is ranked in the pyramid, so that it has no thresholds to keep.");
        }

        var floors = new double?[tiers.Count];
        double? below = tiers[last].Greatest;
        for (int tier = last - 1; tier >= 0; tier--)
        {
            // Nobody stands in it: who does one day is worth more than all below.
            floors[tier] = tiers[tier].Least ?? (below is { } greatest ? Math.BitIncrement(greatest) : null);
            below = tiers[tier].Greatest ?? floors[tier];
        }

        // Nobody stands in it nor below it.
        double? above = null;
        for (int tier = 0; tier < last; tier++)
        {
            floors[tier] ??= Math.BitDecrement(above!.Value);
            if (!double.IsFinite(floors[tier]!.Value) || floors[tier] >= above)
            {
                throw new InvalidOperationException(
                    $"No number lies where the tier {tiers[tier].Tier}, in which nobody stands, would have to begin: values are too near to each other, or too great. Cut by thresholds of your own.");
            }

            above = floors[tier];
        }

        return [.. floors.Select((floor, tier) => new TierFloor(tiers[tier].Tier, floor))];
    }
}
