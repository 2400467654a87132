namespace Crm.Core.Histories;

/// <summary>A purchase in 16 bytes.</summary>
/// <param name="Customer">The number of the customer in the shard.</param>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Amount">In ten-thousandths; an amount that has no such form is kept aside, see <see cref="PurchaseShard"/>.</param>
internal readonly record struct PurchaseRow(int Customer, int Day, long Amount);
