namespace Crm.Core.Segments;

/// <summary>What some customers of an RFM table come to together.</summary>
/// <remarks>
/// Sums are taken as whole multiples of 2^−62 of the largest amount of the table, so that no order of the customers changes a bit. The
/// default value stands for nobody. Immutable and thread-safe.
/// </remarks>
/// <param name="Customers">How many there are.</param>
/// <param name="ShareOfCustomers">Their share of all customers of the table, from 0 to 1.</param>
/// <param name="Money">What they spent together.</param>
/// <param name="ShareOfMoney">Their share of all the money, or null where that is not above 0.</param>
/// <param name="MeanRecency">The mean of the days since their last purchases, or null where there is nobody.</param>
public readonly record struct RfmTotals(long Customers, double ShareOfCustomers, double Money, double? ShareOfMoney, double? MeanRecency);
