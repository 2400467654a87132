namespace Crm.Core.Segments;

/// <summary>What one thread needs to evaluate a block of rows.</summary>
/// <param name="Known">The bits of the rows of which the signal that is asked about is known.</param>
/// <param name="Yes">For each node the bits of the rows of which the answer is yes, where that is needed.</param>
/// <param name="No">For each node the bits of the rows of which it is no, where that is needed.</param>
/// <param name="Second">Bits to compare with.</param>
/// <param name="Last">Room for the rows at the end of the base.</param>
/// <param name="Counts">For each segment how many rows of the block are in it.</param>
internal readonly record struct ColumnWorker(ulong[] Known, ulong[] Yes, ulong[] No, ulong[] Second, double[] Last, long[] Counts);
