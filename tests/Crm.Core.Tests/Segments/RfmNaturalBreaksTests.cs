using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Segments;

// A slow oracle, all partitions in whole numbers; the plain recurrence for more values; an example seen by eye.
public sealed class RfmNaturalBreaksTests
{
    private static Gen<(long Value, long Customers)[]> AnyValues =>
        from values in Gen.OneOf(Gen.Choose(-30, 30), Gen.Choose(-3, 3), Gen.Elements(1_000, 2_000)).ListOf()
        from customers in Gen.Choose(1, 20).ListOf(values.Count)
        select values.Zip(customers).GroupBy(pair => pair.First).OrderBy(same => same.Key).Take(11).Select(same => ((long)same.Key, (long)same.First().Second)).ToArray();

    [Fact]
    public void Starts_AnyFewValues_AreTheBestOfAllPartitions() => FixedSeed.ForAll(AnyValues.Zip(Gen.Choose(2, 5)), pair =>
    {
        var (values, bins) = pair;
        int[] starts = Starts(values, bins, RfmNaturalBreaks.MostValues);
        Assert.Equal(Math.Max(0, Math.Min(values.Length, bins) - 1), starts.Length);
        if (values.Length > bins)
        {
            Assert.Equal(Partitions(values.Length, bins).Min(partition => Squares(values, partition)), Squares(values, starts), 1e-9);
            Assert.Equal(starts, starts.Distinct().Order());
        }
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)] // far from 0 nothing is lost
    public void Starts_ManyValues_AreAsGoodAsThePlainRecurrence(double offset)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => offset + Math.Round(Math.Exp(5 * random.NextDouble()), 2)).Distinct().Order()];
        long[] customers = [.. values.Select(_ => (long)random.Next(1, 50))];
        List<double> plain = Plain(values, customers, 10);
        for (int bins = 2; bins <= 10; bins++)
        {
            int[] starts = RfmNaturalBreaks.Starts(values, customers, bins, CancellationToken.None);
            double best = plain[bins - 1];
            Assert.Equal(bins - 1, starts.Length);
            Assert.InRange(Cost(values, customers, starts), best * (1 - 1e-9), best * (1 + 1e-9));
        }
    }

    [Fact]
    public void Fit_ThreeHeaps_FindsThem()
    {
        RfmScheme scheme = RfmScheme.Of(RfmCut.NaturalBreaks(3), RfmCut.Quantiles(), RfmCut.NaturalBreaks(3));
        RfmScheme money = scheme.Fit(RfmBase.OfMoney(1, 2, 3, 101, 102, 103, 104, 105, 106, 1_000).Columns());
        Assert.Equal([101.0, 1_000], money.Money.Points);
        Assert.Equal("naturalBreaks of 3 at 101, 1000 XXX", money.Money.ToString());
        Assert.Equal([10.0, 60], scheme.Fit(RfmBase.OfDays(8, 9, 10, 59, 60, 365, 366).Columns()).Recency.Points);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(200)]
    public void Starts_MoreValuesThanTheBound_BreakBetweenGroupsAndLoseLittle(int most)
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 3_000).Select(_ => Math.Exp(4 * random.NextDouble())).Distinct().Order()];
        long[] customers = [.. values.Select(_ => (long)random.Next(1, 9))];
        int[] exact = RfmNaturalBreaks.Starts(values, customers, 5, values.Length, CancellationToken.None);
        int[] grouped = RfmNaturalBreaks.Starts(values, customers, 5, most, CancellationToken.None);
        double best = Cost(values, customers, exact);
        Assert.InRange(Cost(values, customers, grouped), best * (1 - 1e-9), best * (1 + (40.0 / most)));
        Assert.Equal(grouped, RfmNaturalBreaks.Starts(values, customers, 5, most, CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(999)]
    public void Starts_OneValueWithAlmostAll_StillFillEveryClass(int heavy)
    {
        double[] values = [.. Enumerable.Range(0, 1_000).Select(i => (double)i)];
        long[] customers = [.. values.Select((_, i) => i == heavy ? 1_000_000_000_000 : 1L)];
        int[] starts = RfmNaturalBreaks.Starts(values, customers, 10, 64, CancellationToken.None);
        Assert.Equal(9, starts.Length);
        Assert.Equal(starts, starts.Distinct().Order());
        Assert.InRange(starts[0], 1, 999);
    }

    [Fact]
    public void Starts_EquallyGoodClasses_TakeThoseThatBeginFirst() =>
        Assert.Equal([1], RfmNaturalBreaks.Starts([1, 2, 3], [1, 1, 1], 2, CancellationToken.None));

    private static int[] Starts((long Value, long Customers)[] values, int bins, int most) => RfmNaturalBreaks.Starts(
        [.. values.Select(pair => (double)pair.Value)], [.. values.Select(pair => pair.Customers)], bins, most, CancellationToken.None);

    // Every way to begin the second, third, … class.
    private static IEnumerable<int[]> Partitions(int values, int bins)
    {
        IEnumerable<int[]> After(int first, int left) => left == 0 ? [[]]
            : Enumerable.Range(first, values - left - first + 1).SelectMany(start => After(start + 1, left - 1).Select(rest => (int[])[start, .. rest]));
        return After(1, bins - 1);
    }

    // Each class: (W Σ w x² − (Σ w x)²) / W, whose numerator is whole.
    private static double Squares((long Value, long Customers)[] values, int[] starts) => Classes(values.Length, starts).Sum(range =>
    {
        var members = values[range];
        long w = members.Sum(m => m.Customers);
        long s = members.Sum(m => m.Customers * m.Value);
        return (double)((w * members.Sum(m => m.Customers * m.Value * m.Value)) - (s * s)) / w;
    });

    private static double Cost(double[] values, long[] customers, int[] starts) =>
        Classes(values.Length, starts).Sum(range => Cost(values, customers, range.Start.Value, range.End.Value));

    private static double Cost(double[] values, long[] customers, int from, int to)
    {
        double mean = 0;
        double weight = 0;
        double squares = 0;
        for (int i = from; i < to; i++) // West's update, which nothing cancels in; counted from the first, which is exact
        {
            weight += customers[i];
            double value = values[i] - values[0];
            double apart = value - mean;
            mean += apart * customers[i] / weight;
            squares += apart * (value - mean) * customers[i];
        }

        return squares;
    }

    private static IEnumerable<Range> Classes(int values, int[] starts) =>
        starts.Prepend(0).Zip(starts.Append(values), (from, to) => from..to);

    // The cost of the best classes, by their number less 1.
    private static List<double> Plain(double[] values, long[] customers, int most)
    {
        int n = values.Length;
        double[][] cost = [.. Enumerable.Range(0, n + 1).Select(from => (double[])[.. Enumerable.Range(0, n + 1).Select(to => Cost(values, customers, from, to))])];
        double[] best = cost[0];
        List<double> all = [best[n]];
        for (int k = 2; k <= most; k++)
        {
            double[] before = best;
            best = [.. Enumerable.Range(0, n + 1).Select(j => j < k ? double.PositiveInfinity
                : Enumerable.Range(k - 1, j - k + 1).Min(i => before[i] + cost[i][j]))];
            all.Add(best[n]);
        }

        return all;
    }
}
