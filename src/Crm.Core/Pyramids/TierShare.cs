namespace Crm.Core.Pyramids;

/// <summary>A tier of a scheme and the share of active customers it holds.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Share">A fraction above 0: 0.01 for 1 %.</param>
public readonly record struct TierShare(Tier Tier, decimal Share);
