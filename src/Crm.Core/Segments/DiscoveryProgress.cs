namespace Crm.Core.Segments;

/// <summary>How far a search for segments is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Done">How many starts, candidates or halves of this stage are done.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct DiscoveryProgress(DiscoveryStage Stage, int Done, int Total);
