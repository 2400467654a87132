namespace Crm.Core.Histories;

/// <summary>Takes one customer after another, in an order that leaves no trace.</summary>
/// <param name="shard">The shard of the customer.</param>
/// <param name="customer">The customer.</param>
/// <param name="rows">The purchases, by day.</param>
/// <param name="returns">All returns.</param>
/// <param name="number">The number of the customer.</param>
internal delegate void CustomerVisitor(PurchaseShard shard, CustomerId customer, ReadOnlySpan<PurchaseRow> rows, ReturnBook returns, int number);
