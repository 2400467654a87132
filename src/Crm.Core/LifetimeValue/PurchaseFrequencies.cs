using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>How many customers bought again so and so often, beside how many a model expects: whether it fits those it was fitted to.</summary>
/// <remarks>
/// The expectation is Σ P(X(T) = n) over the customers, each with the time T they were observed for, before anything is known of what
/// they did (Fader, Hardie &amp; Lee 2005, Marketing Science 24(2)). Thread-safe.
/// </remarks>
public static class PurchaseFrequencies
{
    private const int LargestLast = 1_000;

    /// <summary>Counts customers by their number of repeat purchases.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="model">The model.</param>
    /// <param name="last">The last number, which takes all greater ones too: 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One bin for each number from 0 to <paramref name="last"/>; both their counts sum to the number of customers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="last"/> is out of its range.</exception>
    /// <exception cref="UnitMismatchException">The histories are in another unit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static IReadOnlyList<FrequencyBin> Of(
        PurchaseHistories histories, IPurchaseModel model, int last = 7, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(model);
        _ = Guard.InRange((double)last, 1, LargestLast, "Name the number that takes all greater ones too.", nameof(last));
        if (histories.Unit != model.Unit)
        {
            throw new UnitMismatchException(model.Unit, histories.Unit);
        }

        var actual = new long[last + 1];
        var customersOfAge = new SortedDictionary<double, double>();
        DistinctHistories distinct = histories.Distinct;
        for (int row = 0; row < distinct.Count; row++)
        {
            actual[Math.Min(last, distinct.Frequency[row])] += (long)distinct.Customers[row];
            double age = distinct.Age[row];
            customersOfAge[age] = customersOfAge.GetValueOrDefault(age) + distinct.Customers[row];
        }

        double[] expected = Expected([.. customersOfAge], model, last, cancellationToken);
        return Array.AsReadOnly(actual.Select((count, n) => new FrequencyBin(n, n == last, count, expected[n])).ToArray());
    }

    // What is left for the last is 1 less the others, so that nothing is summed without end.
    private static double[] Expected(
        KeyValuePair<double, double>[] customersOfAge, IPurchaseModel model, int last, CancellationToken cancellationToken)
    {
        var ofAge = new double[customersOfAge.Length][];
        Parallel.For(0, ofAge.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var (age, customers) = customersOfAge[i];
            ofAge[i] = new double[last + 1];
            double left = 1;
            for (int n = 0; n < last; n++)
            {
                double probability = age == 0 ? (n == 0 ? 1 : 0) : model.ProbabilityOfPurchases(n, Horizon.Of(age, model.Unit));
                ofAge[i][n] = customers * probability;
                left -= probability;
            }

            ofAge[i][last] = customers * Math.Max(0, left);
        });

        var expected = new double[last + 1];
        foreach (double[] counts in ofAge)
        {
            for (int n = 0; n <= last; n++)
            {
                expected[n] += counts[n];
            }
        }

        return expected;
    }
}
