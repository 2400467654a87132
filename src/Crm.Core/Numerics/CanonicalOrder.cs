namespace Crm.Core.Numerics;

/// <summary>The order of clusters that does not depend on how they were found: the heaviest first, equally heavy ones by their centres.</summary>
internal static class CanonicalOrder
{
    internal static int[] Of(double[] weights, double[] centres, int width)
    {
        var order = new int[weights.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) =>
        {
            int byWeight = weights[right].CompareTo(weights[left]);
            return byWeight != 0 ? byWeight : centres.AsSpan(left * width, width).SequenceCompareTo(centres.AsSpan(right * width, width));
        });
        return order;
    }
}
