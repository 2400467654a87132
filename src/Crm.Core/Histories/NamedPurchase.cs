namespace Crm.Core.Histories;

/// <summary>A purchase that has an id, as the builder remembers it: for the return that names it, or a second delivery.</summary>
/// <param name="Customer">The builder's number of the customer.</param>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Amount">What was paid.</param>
/// <param name="Content">A hash of all else the purchase says, so that two lines of one order are not taken for one purchase.</param>
internal readonly record struct NamedPurchase(int Customer, int Day, decimal Amount, int Content);
