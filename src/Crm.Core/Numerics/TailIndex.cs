namespace Crm.Core.Numerics;

/// <summary>How heavy the upper tail of amounts is (Hill 1975): P(amount &gt; x) falls like x^−index. Below 2 amounts have no variance, and averages of them settle slowly.</summary>
internal static class TailIndex
{
    private const double Share = 0.05;
    private const int Fewest = 10;

    /// <summary>The index of the greatest twentieth of the amounts, ten at least; null where there are fewer above 0, or they are all alike.</summary>
    internal static double? Of(ReadOnlySpan<double> amounts)
    {
        double[] sorted = amounts.ToArray();
        Array.Sort(sorted);
        int taken = Math.Max(Fewest, (int)(Share * sorted.Length));
        if (sorted.Length <= taken || !(sorted[^(taken + 1)] > 0))
        {
            return null;
        }

        double sum = 0;
        for (int rank = 1; rank <= taken; rank++)
        {
            sum += Math.Log(sorted[^rank] / sorted[^(taken + 1)]);
        }

        return sum > 0 ? taken / sum : null;
    }
}
