namespace Crm.Core.Pyramids;

/// <summary>A tier of a scheme and what a customer of it is worth at least.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Least">The least value, in the unit of the values; null for the last tier, which holds all others.</param>
public readonly record struct TierFloor(Tier Tier, double? Least);
