using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>The classes within which values differ least: the least sum of squares about the means of the classes.</summary>
/// <remarks>
/// Up to <see cref="MostValues"/> different values the classes are the best there are (<see cref="RfmBreakSolver"/>). Beyond, breaks are first looked for between groups of
/// neighbours. A bound of the squares, at first those of a single class, says how coarse the groups may be: none differs within by more than a small part
/// of it, so that many alike are one group and an extreme value is one by itself. The classes of groups give a lower bound and finer groups, until that
/// falls no more. Then the groups about each break are taken apart into their values and all is solved again, until nothing is gained.
/// </remarks>
internal sealed class RfmNaturalBreaks
{
    /// <summary>How many values, or groups of neighbours, breaks may fall between.</summary>
    internal const int MostValues = 1 << 16;

    private const int GroupsApart = 3; // on either side of a break

    private readonly long[] _values; // whole numbers of a fixed point
    private readonly bool _isDescending;
    private readonly Int128[] _sums; // of the values before, counted from the mean
    private readonly long[] _customers; // of the values before
    private readonly int _classes;

    private RfmNaturalBreaks(ReadOnlySpan<double> values, ReadOnlySpan<long> customers, int classes)
    {
        int count = values.Length;
        _classes = classes;
        _isDescending = values[^1] < values[0];
        _values = new long[count];
        _sums = new Int128[count + 1];
        _customers = new long[count + 1];
        var scale = new FixedPoint(Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])));
        Int128 sum = 0;
        for (int at = 0; at < count; at++)
        {
            _values[at] = scale.Whole(values[at]);
            sum += (Int128)_values[at] * customers[at];
            _customers[at + 1] = _customers[at] + customers[at];
        }

        // Far from 0 the squares would have fewer digits left for how values differ.
        Int128 mean = sum / _customers[count];
        for (int at = 0; at < count; at++)
        {
            _sums[at + 1] = _sums[at] + ((_values[at] - mean) * customers[at]);
        }
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

        var breaks = new RfmNaturalBreaks(values, customers, bins);
        return values.Length <= mostValues
            ? breaks.Solve([.. Enumerable.Range(0, values.Length)], cancellationToken)
            : breaks.Search(mostValues, cancellationToken);
    }

    private int[] Search(int mostValues, CancellationToken cancellationToken)
    {
        // At most twice as many groups as parts, of which two neighbours together would differ by more than a part, and the bins; and the parts again.
        int parts = mostValues / 4;
        double bound = Squares([]);
        int[] groups;
        int[] starts;
        bool isLower;
        do
        {
            groups = Groups(bound / parts, (_values.Length / parts) + 1);
            starts = Solve(groups, cancellationToken);
            double squares = Squares(starts);
            isLower = squares < bound / 2;
            bound = squares;
        }
        while (isLower);

        while (true)
        {
            int[] nearer = Solve(Apart(groups, starts), cancellationToken);
            double squares = Squares(nearer);
            if (!(squares < bound))
            {
                return starts;
            }

            (starts, bound) = (nearer, squares);
        }
    }

    private int[] Solve(int[] groups, CancellationToken cancellationToken) => new RfmBreakSolver(_sums, _customers, groups).Starts(_classes, cancellationToken);

    // The values that begin groups, each as large as may be: neighbours whose squares about their mean stay within a limit, and not more than so many.
    private int[] Groups(double limit, int most)
    {
        var starts = new List<int>();
        int first = 0;
        var (mean, weight, squares) = (0.0, 0.0, 0.0);
        for (int at = 0; at < _values.Length; at++)
        {
            double own = _customers[at + 1] - _customers[at];
            double value = Between(first, at);
            double apart = value - mean;
            double grown = squares + (apart * apart * own * weight / (weight + own));
            if (at == 0 || grown > limit || at - first >= most)
            {
                starts.Add(at);
                (first, mean, weight, squares) = (at, 0, own, 0);
            }
            else
            {
                weight += own;
                (mean, squares) = (mean + (apart * own / weight), grown);
            }
        }

        return [.. starts];
    }

    // The groups, and every value of those about a break.
    private int[] Apart(int[] groups, int[] starts)
    {
        var all = new SortedSet<int>(groups);
        foreach (int start in starts)
        {
            int place = Array.BinarySearch(groups, start);
            int group = place < 0 ? ~place - 1 : place;
            int from = groups[Math.Max(0, group - GroupsApart)];
            int end = group + GroupsApart < groups.Length ? groups[group + GroupsApart] : _values.Length;
            all.UnionWith(Enumerable.Range(from, end - from));
        }

        return [.. all];
    }

    // The squares about the means of classes. West's update, from the first value of each class, so that nothing cancels.
    private double Squares(int[] starts)
    {
        double sum = 0;
        int first = 0;
        for (int next = 0; next <= starts.Length; next++)
        {
            int end = next < starts.Length ? starts[next] : _values.Length;
            var (mean, weight) = (0.0, 0.0);
            for (int at = first; at < end; at++)
            {
                double own = _customers[at + 1] - _customers[at];
                double apart = Between(first, at) - mean;
                double whole = weight + own;
                sum += apart * apart * own * weight / whole;
                mean += apart * own / whole;
                weight = whole;
            }

            first = end;
        }

        return sum;
    }

    // How far a value lies behind another: up to 2^63, which a long does not hold.
    private double Between(int first, int at) => unchecked((ulong)(_isDescending ? _values[first] - _values[at] : _values[at] - _values[first]));
}
