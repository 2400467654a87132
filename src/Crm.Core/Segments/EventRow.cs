namespace Crm.Core.Segments;

/// <summary>One thing that happened to a customer, in 32 bytes.</summary>
/// <param name="Key">Stands for the id all its states share.</param>
/// <param name="Paid">What was paid; below 0 for what was given back; 0 where it is no payment.</param>
/// <param name="Day">The day.</param>
/// <param name="Class">The place of its traits.</param>
internal readonly record struct EventRow(ulong Key, decimal Paid, int Day, int Class);
