namespace Crm.Core.Pyramids;

/// <summary>So many customers of a tier who move to another.</summary>
/// <param name="From">The tier they stand in.</param>
/// <param name="To">The tier they move to.</param>
/// <param name="Customers">How many, on average: 0 or more, at most as many as there are; need not be whole.</param>
public readonly record struct TierStep(Tier From, Tier To, double Customers);
