namespace Crm.Core.Portfolio;

/// <summary>Shares a budget out so that the value it brings is the greatest there is.</summary>
/// <remarks>
/// <para>
/// Σ n v c (1 − e^(−k a)) is concave in what is spent, so at the greatest the last unit of money brings the same λ in each group that gets any: g e^(−k a) = λ with g = v c k; and a
/// group whose first unit brings less, g ≤ λ, gets none. Hence a = ln(g / λ) / k, and in sorted order of g the groups that get any are the first m.
/// </para>
/// <para>
/// Like water that rises: the level falls from one g to the next, Σ n / k over the first m for each factor of e, until the budget is used up; with what is left of it, λ is closed. What
/// each gets is added up from its steps, so that none is a small difference of great numbers.
/// </para>
/// </remarks>
internal static class ProspectAllocation
{
    /// <summary>Gives what is spent on each prospect of every group, and what the last unit of money brings: 0 where no group is worth any.</summary>
    internal static (double[] SpentEach, double LastUnitBrings) ByValue(ProspectResponse[] groups, double budget)
    {
        // Groups that are alike in all that counts here are interchangeable, so the order in which they came changes no bit.
        int[] order = [.. Enumerable.Range(0, groups.Length).Where(group => groups[group].FirstUnit > 0).OrderByDescending(group => groups[group].FirstUnit).ThenByDescending(group => groups[group].Depth)];
        var spentEach = new double[groups.Length];
        if (order.Length == 0)
        {
            return (spentEach, 0);
        }

        double left = budget;
        double depth = 0;
        int last = 0;
        for (; ; last++)
        {
            depth += groups[order[last]].Depth;
            double step = last + 1 < order.Length ? depth * Apart(groups, order, last + 1, last) : double.PositiveInfinity;
            if (left <= step)
            {
                break;
            }

            left -= step;
        }

        double rest = left / depth;
        for (int place = 0; place <= last; place++)
        {
            spentEach[order[place]] = (Apart(groups, order, last, place) + rest) / groups[order[place]].Rate;
        }

        return (spentEach, groups[order[last]].FirstUnit * Math.Exp(-rest));
    }

    /// <summary>The budget from which on a unit of money brings less than itself: each group by itself up to where its last unit brings 1.</summary>
    internal static double Best(ProspectResponse[] groups) => Numerics.OrderFreeSum.Of(
        [.. groups.Where(group => group.FirstUnit > 1).Select(group => group.Depth * Math.Log(group.FirstUnit))], ReadOnlySpan<double>.Empty);

    // ln of how many times what the first unit brings in one group is that of a later one.
    private static double Apart(ProspectResponse[] groups, int[] order, int later, int earlier) => Math.Log(groups[order[earlier]].FirstUnit / groups[order[later]].FirstUnit);
}
