namespace Crm.Core.Histories;

/// <summary>What a customer did on a day after the last one that counts: it waits for a later window.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Purchases">How many purchases.</param>
/// <param name="Returns">How many returns.</param>
/// <param name="Amount">The amount of the purchases.</param>
internal readonly record struct PendingDay(CustomerId Customer, int Day, int Purchases, int Returns, ExactAmount Amount);
