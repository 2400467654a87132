namespace Crm.Core.Histories;

/// <summary>A return as the builder keeps it.</summary>
internal readonly record struct ReturnRow(int Customer, int Day, decimal Amount, PurchaseId Purchase);
