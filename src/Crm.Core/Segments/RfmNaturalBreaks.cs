using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>The classes within which values differ least: the least sum of squares about the means of the classes, exactly.</summary>
/// <remarks>
/// <para>
/// Fisher (1958), "On grouping for maximum homogeneity", JASA 53: the best classes of ordered values are intervals of them, so that the
/// best k classes of the first j values are the best k − 1 of the first i and one of the rest. Since the squares sum to the same whatever
/// the classes, the sum of S²/W over the classes is made greatest, with S the sum of a class and W its customers. The best i does not
/// fall as j grows, which halves what has to be tried: k·D·log D steps for D values. Of equally good classes those that begin first.
/// </para>
/// <para>
/// Up to <see cref="MostValues"/> different values breaks may fall between any two. Beyond, neighbours are joined into at most as many groups
/// first, each with about the same share of customers and of values together, and the breaks are the best of those between groups: sums of
/// groups are exact, so that nothing else is lost. Sums are whole numbers of a fixed point.
/// </para>
/// </remarks>
internal sealed class RfmNaturalBreaks
{
    /// <summary>How many values, or groups of neighbours, breaks may fall between.</summary>
    internal const int MostValues = 1 << 16;

    private readonly Int128[] _sums; // of the groups before
    private readonly long[] _customers; // of the groups before
    private readonly double[] _best; // of the first j groups
    private readonly double[] _next;
    private readonly int[][] _starts; // the start of the last class of the first j groups

    private RfmNaturalBreaks(Int128[] sums, long[] customers, int classes)
    {
        int groups = customers.Length - 1;
        _sums = sums;
        _customers = customers;
        _best = new double[groups + 1];
        _next = new double[groups + 1];
        _starts = [.. Enumerable.Range(0, classes).Select(_ => new int[groups + 1])];
    }

    /// <summary>The entries that begin the second, third, … class, of as many classes as there may be.</summary>
    /// <param name="values">Different values in order, up or down.</param>
    /// <param name="customers">How many customers have each.</param>
    /// <param name="bins">How many classes there are if the values suffice.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static int[] Starts(ReadOnlySpan<double> values, ReadOnlySpan<long> customers, int bins, CancellationToken cancellationToken) =>
        Starts(values, customers, bins, MostValues, cancellationToken);

    internal static int[] Starts(ReadOnlySpan<double> values, ReadOnlySpan<long> customers, int bins, int mostValues, CancellationToken cancellationToken)
    {
        if (values.Length <= bins)
        {
            return [.. Enumerable.Range(1, Math.Max(0, values.Length - 1))];
        }

        int[] groups = values.Length <= mostValues ? [.. Enumerable.Range(0, values.Length)] : Groups(customers, mostValues);
        var scale = new FixedPoint(Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])));
        Int128 mean = Mean(values, customers, scale);
        var sums = new Int128[groups.Length + 1];
        var through = new long[groups.Length + 1];
        for (int group = 0; group < groups.Length; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (sums[group + 1], through[group + 1]) = (sums[group], through[group]);
            int end = group + 1 < groups.Length ? groups[group + 1] : values.Length;
            for (int at = groups[group]; at < end; at++)
            {
                // Counted from the mean: far from 0 the squares would have no digits left for how values differ.
                sums[group + 1] += (scale.Whole(values[at]) - mean) * customers[at];
                through[group + 1] += customers[at];
            }
        }

        int[] starts = new RfmNaturalBreaks(sums, through, bins).Solve(bins, cancellationToken);
        return Array.ConvertAll(starts, start => groups[start]);
    }

    private static Int128 Mean(ReadOnlySpan<double> values, ReadOnlySpan<long> customers, FixedPoint scale)
    {
        Int128 sum = 0;
        Int128 count = 0;
        for (int at = 0; at < values.Length; at++)
        {
            sum += (Int128)scale.Whole(values[at]) * customers[at];
            count += customers[at];
        }

        return sum / count;
    }

    // Group g begins where the shares of customers and of values before reach 2g/most together. Values count so that a single one with
    // nearly all customers does not leave fewer groups than there are to be classes.
    private static int[] Groups(ReadOnlySpan<long> customers, int most)
    {
        Int128 all = 0;
        foreach (long count in customers)
        {
            all += count;
        }

        var starts = new List<int>(most);
        Int128 before = 0;
        for (int at = 0; at < customers.Length; at++)
        {
            if (((before * customers.Length) + (at * all)) * most >= 2 * starts.Count * all * customers.Length)
            {
                starts.Add(at);
            }

            before += customers[at];
        }

        return [.. starts];
    }

    private int[] Solve(int classes, CancellationToken cancellationToken)
    {
        int groups = _customers.Length - 1;
        for (int group = 1; group <= groups; group++)
        {
            _best[group] = Gain(0, group);
        }

        for (int k = 2; k <= classes; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Improve(k, k, groups, k - 1, groups - 1);
            _next.CopyTo(_best.AsSpan());
        }

        var starts = new int[classes - 1];
        int end = groups;
        for (int k = classes; k > 1; k--)
        {
            starts[k - 2] = end = _starts[k - 1][end];
        }

        return starts;
    }

    // The best k classes of the first j groups, for the j in a range, whose last class begins in a range; by halves of the range.
    private void Improve(int k, int from, int to, int leastStart, int mostStart)
    {
        if (from > to)
        {
            return;
        }

        int middle = from + ((to - from) / 2);
        double best = double.NegativeInfinity;
        int bestStart = leastStart;
        for (int start = leastStart; start <= Math.Min(mostStart, middle - 1); start++)
        {
            double gain = _best[start] + Gain(start, middle);
            if (gain > best)
            {
                (best, bestStart) = (gain, start);
            }
        }

        _next[middle] = best;
        _starts[k - 1][middle] = bestStart;
        Improve(k, from, middle - 1, leastStart, bestStart);
        Improve(k, middle + 1, to, bestStart, mostStart);
    }

    private double Gain(int from, int to)
    {
        double sum = (double)(_sums[to] - _sums[from]);
        return sum * sum / (_customers[to] - _customers[from]);
    }
}
