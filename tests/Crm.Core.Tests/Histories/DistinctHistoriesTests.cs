using Crm.Core.Histories;

namespace Crm.Core.Tests.Histories;

/// <summary>Independent slow oracle: LINQ groups the rows and sorts the groups.</summary>
public sealed class DistinctHistoriesTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(31, 3, 2)]
    [InlineData(33, 40, 60)]
    [InlineData(50_000, 30, 200)]
    [InlineData(50_000, 2, 100_000)]
    public void Distinct_AnyRows_AreGroupedAndSortedAsLinqDoes(int rows, int frequencies, int times)
    {
        var random = new Random(rows + times);
        int[] frequency = [.. Enumerable.Range(0, rows).Select(_ => random.Next(frequencies))];
        double[] age = [.. frequency.Select(_ => (1 + random.Next(times)) / 7.0)];
        double[] recency = [.. frequency.Select((x, row) => x == 0 ? (row % 2 == 0 ? 0 : -0.0) : age[row] * (1 + random.Next(3)) / 4)];
        int[] customers = [.. frequency.Select(_ => random.Next(1, 5))];
        var histories = PurchaseHistories.FromColumns(
            new() { Frequency = frequency, Recency = recency, Age = age, Customers = customers }, new() { Unit = TimeUnit.Week });

        DistinctHistories distinct = histories.Distinct;

        var expected = Enumerable.Range(0, rows)
            .GroupBy(row => (X: frequency[row], Age: age[row], Recency: recency[row]), row => customers[row])
            .OrderBy(group => group.Key)
            .Select(group => (group.Key.X, group.Key.Recency, group.Key.Age, Customers: (double)group.Sum()))
            .ToList();
        Assert.Equal(expected, Enumerable.Range(0, distinct.Count).Select(i => (distinct.Frequency[i], distinct.Recency[i], distinct.Age[i], distinct.Customers[i])));
        Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(
            (frequency[row], recency[row], age[row]),
            (distinct.Frequency[distinct.GroupOfRow[row]], distinct.Recency[distinct.GroupOfRow[row]], distinct.Age[distinct.GroupOfRow[row]])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void StartOfRun_PartsOfAnySize_CoverEveryHistoryOnceAndKeepShortRunsTogether(int size)
    {
        var random = new Random(size);
        int[] frequency = [.. Enumerable.Range(0, 2_000).Select(_ => random.Next(1, 30))];
        double[] age = [.. frequency.Select(_ => 10.0 + random.Next(5))];
        double[] recency = [.. frequency.Select(_ => 1 + random.NextDouble())];
        DistinctHistories distinct = PurchaseHistories.FromColumns(
            new() { Frequency = frequency, Recency = recency, Age = age }, new() { Unit = TimeUnit.Week }).Distinct;
        int parts = (distinct.Count + size - 1) / size;
        int[] starts = [.. Enumerable.Range(0, parts + 1).Select(part => distinct.StartOfRun(part * size, size))];

        Assert.Equal(0, starts[0]);
        Assert.Equal(distinct.Count, starts[^1]);
        Assert.All(starts.Zip(starts.Skip(1)), part => Assert.True(part.First <= part.Second, $"{part}"));
        Assert.All(
            starts.Where(start => start > 0 && start < distinct.Count && distinct.IsLikeTheOneBefore(start)),
            start => Assert.True(Enumerable.Range(start, Math.Min(size, distinct.Count - start)).All(distinct.IsLikeTheOneBefore), $"{start} cuts a run that ends soon"));
    }
}
