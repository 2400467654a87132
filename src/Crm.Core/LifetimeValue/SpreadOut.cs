using System.Diagnostics;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Writes what distinct histories have over the rows that share them, on several threads.</summary>
/// <remarks>
/// Threads cannot share spans: they get the addresses, which stay where they are until all are done. Without the checks of bounds,
/// which every distinct history's place has passed, a row costs half as much.
/// </remarks>
internal static class SpreadOut
{
    private static readonly ParallelOptions _threads = new();

    /// <summary>Writes one number a row.</summary>
    internal static unsafe void Over(Span<double> rows, double[] distinct, int[] placeOfRow)
    {
        fixed (double* values = distinct, first = rows)
        {
            nint from = (nint)values;
            nint to = (nint)first;
            RowBlocks.ForEach(placeOfRow.Length, _threads, (start, end) => Write((double*)from, placeOfRow.AsSpan(start..end), (double*)to + start));
        }
    }

    /// <summary>Writes two numbers a row, which lie side by side, so that a row costs one look.</summary>
    internal static unsafe void Over(Span<double> low, Span<double> high, (double Low, double High)[] distinct, int[] placeOfRow)
    {
        fixed ((double Low, double High)* ends = distinct)
        fixed (double* lows = low, highs = high)
        {
            nint from = (nint)ends;
            nint toLow = (nint)lows;
            nint toHigh = (nint)highs;
            RowBlocks.ForEach(placeOfRow.Length, _threads, (start, end) => Write(
                ((double Low, double High)*)from, placeOfRow.AsSpan(start..end), (double*)toLow + start, (double*)toHigh + start));
        }
    }

    private static unsafe void Write(double* values, ReadOnlySpan<int> placeOfRow, double* to)
    {
        for (int row = 0; row < placeOfRow.Length; row++)
        {
            Debug.Assert(placeOfRow[row] >= 0, "A row has a place among the distinct histories.");
            to[row] = values[placeOfRow[row]];
        }
    }

    private static unsafe void Write((double Low, double High)* ends, ReadOnlySpan<int> placeOfRow, double* low, double* high)
    {
        for (int row = 0; row < placeOfRow.Length; row++)
        {
            Debug.Assert(placeOfRow[row] >= 0, "A row has a place among the distinct histories.");
            (low[row], high[row]) = ends[placeOfRow[row]];
        }
    }
}
