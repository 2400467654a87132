namespace Crm.Core.Histories;

/// <summary>A purchase that has an id, as the builder remembers it: for the return that names it, or a second delivery.</summary>
internal readonly record struct NamedPurchase(int Customer, int Day, decimal Amount);
