namespace Crm.Core.Numerics;

/// <summary>Adds up the eight lanes of several sums, in their order.</summary>
internal static class LaneSums
{
    /// <summary>Adds the lanes of each number, which stand together, to its total.</summary>
    internal static void AddTo(Span<double> totals, ReadOnlySpan<double> lanes)
    {
        for (int i = 0; i < totals.Length; i++)
        {
            double sum = 0;
            foreach (double lane in lanes.Slice(i * RowSums.Lanes, RowSums.Lanes))
            {
                sum += lane;
            }

            totals[i] += sum;
        }
    }
}
