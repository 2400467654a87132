using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>The best classes of groups of neighbouring values, where breaks fall between groups.</summary>
/// <remarks>
/// <para>
/// Fisher (1958), "On grouping for maximum homogeneity", JASA 53: the best classes of ordered values are intervals of them, so that the
/// best k classes of the first j groups are the best k − 1 of the first i and one of the rest. Since the squares sum to the same whatever
/// the classes, the sum of S²/W over the classes is made greatest, with S the sum of a class and W its customers. The best i does not
/// fall as j grows, which halves what has to be tried: k·G·log G steps for G groups. Of equally good classes those that begin first.
/// </para>
/// <para>
/// Where one value lies far from all others its class has nearly all of that sum, and the others differ in digits that a double does not have. So
/// sums are two doubles, and gains are told apart to 2^−98 of the squares of all; most candidates a double alone rules out.
/// </para>
/// </remarks>
internal sealed class RfmBreakSolver
{
    private readonly int[] _groups;
    private readonly TwoDoubles[] _sums; // of the groups before
    private readonly long[] _customers; // of the groups before
    private readonly TwoDoubles[] _best; // of the first j groups
    private readonly TwoDoubles[] _next;
    private double _doubt;

    /// <summary>Initializes a new instance of the <see cref="RfmBreakSolver"/> class.</summary>
    /// <param name="sums">The sum of the values before each, counted from the mean of all.</param>
    /// <param name="customers">The customers of the values before each.</param>
    /// <param name="groups">The values that begin groups.</param>
    internal RfmBreakSolver(Int128[] sums, long[] customers, int[] groups)
    {
        _groups = groups;
        _sums = new TwoDoubles[groups.Length + 1];
        _customers = new long[groups.Length + 1];
        for (int group = 0; group <= groups.Length; group++)
        {
            int start = group < groups.Length ? groups[group] : sums.Length - 1;
            (_sums[group], _customers[group]) = (TwoDoubles.Of(sums[start]), customers[start]);
        }

        _best = new TwoDoubles[groups.Length + 1];
        _next = new TwoDoubles[groups.Length + 1];
    }

    /// <summary>The values that begin the second, third, … class, of as many classes as there may be.</summary>
    internal int[] Starts(int most, CancellationToken cancellationToken)
    {
        int groups = _groups.Length;
        int classes = Math.Min(most, groups);
        var lastStarts = new int[classes + 1][]; // by the number of classes, of the first j groups
        double all = 0;
        for (int group = 1; group <= groups; group++)
        {
            _best[group] = Gain(0, group);
            all += Gain(group - 1, group).High; // each by itself gains the most
        }

        // Far above what a double errs by, and far below what tells most candidates apart.
        _doubt = Math.ScaleB(all, -46);
        for (int k = 2; k <= classes; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lastStarts[k] = new int[groups + 1];
            Improve(lastStarts[k], k, groups, k - 1, groups - 1);
            _next.CopyTo(_best.AsSpan());
        }

        var starts = new int[classes - 1];
        int end = groups;
        for (int k = classes; k > 1; k--)
        {
            end = lastStarts[k][end];
            starts[k - 2] = _groups[end];
        }

        return starts;
    }

    // The best classes of the first j groups, for the j in a range, whose last class begins in a range; by halves of the range.
    private void Improve(int[] lastStarts, int from, int to, int leastStart, int mostStart)
    {
        if (from > to)
        {
            return;
        }

        int middle = from + ((to - from) / 2);
        int end = Math.Min(mostStart, middle - 1);
        int bestStart = leastStart;
        TwoDoubles best = _best[leastStart] + Gain(leastStart, middle);
        double sum = _sums[middle].High;
        double low = _sums[middle].Low;
        long customers = _customers[middle];
        unchecked
        {
            for (int start = leastStart + 1; start <= end; start++)
            {
                double own = (sum - _sums[start].High) + (low - _sums[start].Low);
                if (_best[start].High + (own * own / (customers - _customers[start])) < best.High - _doubt)
                {
                    continue;
                }

                TwoDoubles gain = _best[start] + Gain(start, middle);
                if (gain > best)
                {
                    (best, bestStart) = (gain, start);
                }
            }
        }

        _next[middle] = best;
        lastStarts[middle] = bestStart;
        Improve(lastStarts, from, middle - 1, leastStart, bestStart);
        Improve(lastStarts, middle + 1, to, bestStart, mostStart);
    }

    private TwoDoubles Gain(int from, int to)
    {
        TwoDoubles sum = _sums[to] - _sums[from];
        return sum * sum / TwoDoubles.Of(_customers[to] - _customers[from]);
    }
}
