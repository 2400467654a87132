namespace Crm.Core.Segments;

/// <summary>What RFM asks of one customer.</summary>
/// <param name="Id">The customer.</param>
/// <param name="DaysSinceLastPurchase">Recency: finite, 0 or more.</param>
/// <param name="PurchaseDays">Frequency: on how many days the customer bought; 0 or more.</param>
/// <param name="Spent">Money: what the customer spent, of any sign.</param>
public readonly record struct RfmCustomer(CustomerId Id, double DaysSinceLastPurchase, int PurchaseDays, Money Spent);
