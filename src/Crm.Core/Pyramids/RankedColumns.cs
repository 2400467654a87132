using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Columns of the active customers of a pyramid, summed from the most valuable down.</summary>
internal sealed class RankedColumns
{
    private readonly long[] _through; // customers of groups of equal value 0..i
    private readonly double[][] _sums; // of each column, of groups 0..i

    private RankedColumns(long[] through, double[][] sums) => (_through, _sums) = (through, sums);

    internal long Customers => _through.Length == 0 ? 0 : _through[^1];

    internal static RankedColumns Of(Pyramid pyramid, ReadOnlyMemory<double>[] columns)
    {
        int[] rows = [.. Enumerable.Range(0, pyramid.TierOfRow.Length).Where(row => pyramid.TierOfRow[row] < pyramid.Scheme.Tiers.Count)];
        ulong[] keys = Array.ConvertAll(rows, row => DescendingKey.Of(pyramid.ValueOf(row)));
        Array.Sort(keys, rows);
        var through = new List<long>();
        var sums = Array.ConvertAll(columns, _ => new List<double>());
        for (int from = 0; from < rows.Length;)
        {
            int to = from;
            while (to < rows.Length && keys[to] == keys[from])
            {
                to++;
            }

            through.Add(to);
            for (int column = 0; column < columns.Length; column++)
            {
                ReadOnlyMemory<double> values = columns[column];
                double sum = values.IsEmpty ? 0 : FixedPointSum.Of(Array.ConvertAll(rows[from..to], row => values.Span[row]), []);
                sums[column].Add(sum + (sums[column].Count == 0 ? 0 : sums[column][^1]));
            }

            from = to;
        }

        return new([.. through], Array.ConvertAll(sums, list => list.ToArray()));
    }

    /// <summary>The sum of a column over the first customers; of those of equal value each the same part.</summary>
    internal double SumOfFirst(int column, long customers)
    {
        if (customers <= 0)
        {
            return 0;
        }

        int found = Array.BinarySearch(_through, Math.Min(customers, Customers));
        if (found >= 0)
        {
            return _sums[column][found];
        }

        int group = ~found;
        long before = group == 0 ? 0 : _through[group - 1];
        double sum = group == 0 ? 0 : _sums[column][group - 1];
        return sum + ((_sums[column][group] - sum) * (customers - before) / (_through[group] - before));
    }
}
