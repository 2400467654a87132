namespace Crm.Core.LifetimeValue;

/// <summary>What a random stream is for: one number each, so that no two uses of a seed share their numbers.</summary>
internal static class RandomPurpose
{
    internal const uint Purchases = 1;
    internal const uint Spend = 2;
    internal const uint Arrival = 3;
    internal const uint Outcome = 4;
    internal const uint Permutation = 5;
}
