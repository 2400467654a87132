namespace Crm.Core.LifetimeValue;

/// <summary>A tenth of the customers by what was expected of them: whether they did it.</summary>
/// <param name="Number">1 for those of whom least was expected, to 10.</param>
/// <param name="Customers">How many; those equal at an edge are divided between the two tenths.</param>
/// <param name="Expected">The mean of what was expected.</param>
/// <param name="Actual">The mean of what they did.</param>
public readonly record struct CalibrationDecile(int Number, double Customers, double Expected, double Actual)
{
    internal const int Count = 10;

    /// <summary>Cuts customers into tenths by what was expected of them; of equals each tenth gets its part.</summary>
    internal static IReadOnlyList<CalibrationDecile> Of(double[] expected, double[] actual, ReadOnlySpan<int> customers)
    {
        var alike = new SortedDictionary<double, (double Customers, double Actual)>();
        double total = 0;
        for (int row = 0; row < expected.Length; row++)
        {
            double weight = customers.Length == 0 ? 1 : customers[row];
            var (before, did) = alike.GetValueOrDefault(expected[row]);
            alike[expected[row]] = (before + weight, did + (weight * actual[row]));
            total += weight;
        }

        var sums = new (double Customers, double Expected, double Actual)[Count];
        double placed = 0;
        foreach (var (value, (weight, did)) in alike)
        {
            for (double left = weight; left > 0;)
            {
                int tenth = Math.Min(Count - 1, (int)(placed * Count / total * (1 + 1e-12)));
                double room = tenth == Count - 1 ? left : ((tenth + 1) * total / Count) - placed;
                double part = Math.Min(left, Math.Max(room, 1e-9 * total));
                sums[tenth] = (sums[tenth].Customers + part, sums[tenth].Expected + (part * value), sums[tenth].Actual + (part * did / weight));
                placed += part;
                left -= part;
            }
        }

        return Array.AsReadOnly(sums.Select((sum, i) => new CalibrationDecile(
            i + 1, sum.Customers, sum.Customers > 0 ? sum.Expected / sum.Customers : 0, sum.Customers > 0 ? sum.Actual / sum.Customers : 0)).ToArray());
    }
}
