namespace Crm.Core.Segments;

/// <summary>What one thread needs to evaluate a block of rows.</summary>
/// <param name="Known">For each signal the bits of the rows of which it is known.</param>
/// <param name="Yes">For each node the bits of the rows of which the answer is yes.</param>
/// <param name="No">For each node the bits of the rows of which it is no.</param>
/// <param name="Second">Bits to compare with.</param>
/// <param name="Last">Room for the rows at the end of the base.</param>
internal readonly record struct ColumnWorker(ulong[] Known, ulong[] Yes, ulong[] No, ulong[] Second, double[] Last);
