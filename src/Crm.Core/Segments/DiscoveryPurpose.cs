namespace Crm.Core.Segments;

/// <summary>What a random stream is for: one number each, so that no two uses of a seed share their numbers, here or in other folders.</summary>
internal static class DiscoveryPurpose
{
    internal const uint Seeds = 101;
    internal const uint Sample = 102;
    internal const uint Silhouette = 103;
    internal const uint Halves = 104;
    internal const uint ObliqueSeeds = 105;
    internal const uint OnePeak = 106;
    internal const uint Compared = 107;
}
