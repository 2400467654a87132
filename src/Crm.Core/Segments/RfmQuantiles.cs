namespace Crm.Core.Segments;

/// <summary>The rule by which a base is cut into bins as near to equal as ties allow.</summary>
/// <remarks>
/// With n customers, D different values and B bins, D ≥ B: for b = 1, 2, … B − 1, counted from the worst, cut b falls between those two
/// neighbouring values that have, below them, the number of customers nearest to b·n/B; of two as near the one with more below, so that
/// who is in doubt gets the lower score; and no sooner than one value after cut b − 1, nor later than B − b values before the end. Where
/// D &lt; B there are D bins, and <see cref="RfmSpread"/> says their scores.
/// </remarks>
internal static class RfmQuantiles
{
    /// <summary>The entries that begin the second, third, … class; told apart as far as that takes, and as many as there may be classes.</summary>
    internal static int[] Starts<TValues>(ref RfmDistinct<TValues> distinct, long customers, int bins)
        where TValues : IRfmValues, allows ref struct
    {
        if (distinct.Count <= bins)
        {
            distinct.TellAllApart();
        }

        if (distinct.Count <= bins)
        {
            return [.. Enumerable.Range(1, distinct.Count - 1)];
        }

        var starts = new int[bins - 1];
        var asked = new SortedSet<int>();
        do
        {
            distinct.TellApart(asked);
            asked.Clear();
            Place(distinct, customers, bins, starts, asked);
        }
        while (asked.Count > 0);

        return starts;
    }

    // A range counts as one value here. Where a cut depends on how many it holds, or lies within it, the range is asked for.
    private static void Place<TValues>(RfmDistinct<TValues> distinct, long customers, int bins, int[] starts, SortedSet<int> asked)
        where TValues : IRfmValues, allows ref struct
    {
        int previous = 0;
        int holding = 0; // the entry in which b·n/B customers are reached
        long before = 0;
        for (int b = 1; b < bins; b++)
        {
            Int128 target = (Int128)b * customers;
            while ((Int128)(before + distinct.CustomersAt(holding)) * bins < target)
            {
                before += distinct.CustomersAt(holding++);
            }

            Ask(distinct, holding, asked);
            Int128 missing = target - ((Int128)before * bins);
            Int128 beyond = ((Int128)(before + distinct.CustomersAt(holding)) * bins) - target;
            int start = beyond <= missing ? holding + 1 : holding;
            if (start <= previous)
            {
                Ask(distinct, previous, asked);
                start = previous + 1;
            }

            if (start > distinct.Count - (bins - b))
            {
                start = distinct.Count - (bins - b);
                for (int entry = start; entry < distinct.Count; entry++)
                {
                    Ask(distinct, entry, asked);
                }
            }

            Ask(distinct, start, asked);
            starts[b - 1] = previous = start;
        }
    }

    private static void Ask<TValues>(RfmDistinct<TValues> distinct, int entry, SortedSet<int> asked)
        where TValues : IRfmValues, allows ref struct
    {
        if (distinct.IsRange(entry))
        {
            asked.Add(entry);
        }
    }
}
