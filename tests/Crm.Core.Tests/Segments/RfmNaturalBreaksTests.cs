using System.Numerics;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Segments;

// Slow oracles: all partitions in whole numbers, the plain recurrence for more values, that by halves for many. Examples seen by eye.
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

    // Of the squares of all a class far away has nearly everything, and a double no digits left for the rest.
    [Fact]
    public void Starts_OneValueFarAway_StillPartTheOthers()
    {
        (long Value, long Customers)[] values = [.. new[] { 10, 11, 12, 50, 51, 52, 90, 91, 92, 100_000_000_000 }.Select(value => (value, 1L))];
        Assert.Equal([3, 6, 9], Starts(values, 4, RfmNaturalBreaks.MostValues));
        Assert.Equal([1, 4, 7], Starts([.. values.Select(pair => (-pair.Value, 1L)).Reverse()], 4, RfmNaturalBreaks.MostValues));
    }

    // Up to 1e12 and all sizes below, against all partitions in whole numbers of any length.
    [Fact]
    public void Starts_ValuesOfAllSizes_AreTheBestToTheLastBitsOfAllSquares() => FixedSeed.ForAll(ValuesOfAllSizes.Zip(Gen.Choose(2, 5)), pair =>
    {
        var (values, bins) = pair;
        if (values.Length > bins)
        {
            BigInteger best = Partitions(values.Length, bins).Select(partition => ExactSquares(values, partition)).Min();
            BigInteger found = ExactSquares(values, Starts(values, bins, RfmNaturalBreaks.MostValues));
            Assert.True(found - best <= ExactSquares(values, []) >> 98, $"{string.Join(", ", values)} into {bins}: {found} and {best}");
        }
    });

    [Theory]
    [InlineData("pareto")]
    [InlineData("bulk and one")]
    [InlineData("bulk and one, down")]
    [InlineData("heaps")]
    public void Starts_MoreValuesThanTheBound_AreAsGoodAsTheBestBetweenAnyTwo(string kind)
    {
        var random = new Random(7);
        double[] draws = [.. Enumerable.Range(0, 200_000).Select(at => kind switch
        {
            "pareto" => 1e6 * Math.Pow(1 - random.NextDouble(), -1 / 1.2),
            "heaps" => (1e7 * Math.Pow(random.Next(1, 8), 3)) + (1e6 * (random.NextDouble() + random.NextDouble())),
            _ => at == 0 ? 1e11 : 1e7 * random.NextDouble(),
        })];
        var counted = draws.GroupBy(draw => (long)draw).OrderBy(same => same.Key).Select(same => (Value: same.Key, Customers: (long)same.Count())).ToArray();
        if (kind.EndsWith("down", StringComparison.Ordinal))
        {
            Array.Reverse(counted);
        }

        Assert.True(counted.Length > 2 * RfmNaturalBreaks.MostValues);
        double[] best = Best(counted, 10);
        for (int bins = 2; bins <= 10; bins++)
        {
            int[] starts = Starts(counted, bins, RfmNaturalBreaks.MostValues);
            Assert.Equal(bins - 1, starts.Length);
            double squares = Cost([.. counted.Select(pair => (double)pair.Value)], [.. counted.Select(pair => pair.Customers)], starts);
            Assert.InRange(squares, best[bins] * (1 - 1e-9), best[bins] * (1 + 1e-6));
        }
    }

    private static Gen<(long Value, long Customers)[]> ValuesOfAllSizes =>
        from values in Gen.Elements(3, 3, 3, 3, 6, 12).Zip(Gen.Choose(-1_000, 1_000)).ListOf()
        from customers in Gen.Choose(1, 20).ListOf(values.Count)
        select values.Zip(customers).Select(pair => (Value: (long)(Math.Pow(10, pair.First.Item1) * pair.First.Item2 / 1_000), Customers: (long)pair.Second))
            .GroupBy(pair => pair.Value).OrderBy(same => same.Key).Take(11).Select(same => same.First()).ToArray();

    // In multiples of 2^-128, rounded down.
    private static BigInteger ExactSquares((long Value, long Customers)[] values, int[] starts) => Classes(values.Length, starts).Aggregate(BigInteger.Zero, (squares, range) =>
    {
        var members = values[range];
        BigInteger w = members.Sum(m => m.Customers);
        BigInteger s = members.Aggregate(BigInteger.Zero, (sum, m) => sum + ((BigInteger)m.Customers * m.Value));
        BigInteger q = members.Aggregate(BigInteger.Zero, (sum, m) => sum + ((BigInteger)m.Customers * m.Value * m.Value));
        return squares + ((((w * q) - (s * s)) << 128) / w);
    });

    // The least squares by the number of classes, with a break between any two values: costs are made least, each of whole sums, and no group is ever made.
    private static double[] Best((long Value, long Customers)[] values, int most)
    {
        int n = values.Length;
        var (w, s, q) = (new long[n + 1], new Int128[n + 1], new Int128[n + 1]);
        for (int i = 0; i < n; i++)
        {
            var (value, customers) = values[i];
            (w[i + 1], s[i + 1], q[i + 1]) = (w[i] + customers, s[i] + ((Int128)customers * value), q[i] + ((Int128)customers * value * value));
        }

        double Cost(int from, int to)
        {
            Int128 sum = s[to] - s[from];
            long customers = w[to] - w[from];
            return (double)((customers * (q[to] - q[from])) - (sum * sum)) / customers;
        }

        double[] best = [.. Enumerable.Range(0, n + 1).Select(to => to == 0 ? 0 : Cost(0, to))];
        var all = new double[most + 1];
        for (int k = 2; k <= most; k++)
        {
            var next = new double[n + 1];
            void Fill(int from, int to, int least, int greatest)
            {
                if (from > to)
                {
                    return;
                }

                int middle = (from + to) / 2;
                var (cost, start) = (double.PositiveInfinity, least);
                for (int i = least; i <= Math.Min(greatest, middle - 1); i++)
                {
                    double tried = best[i] + Cost(i, middle);
                    (cost, start) = tried < cost ? (tried, i) : (cost, start);
                }

                next[middle] = cost;
                Fill(from, middle - 1, least, start);
                Fill(middle + 1, to, start, greatest);
            }

            Fill(k, n, k - 1, n - 1);
            best = next;
            all[k] = best[n];
        }

        return all;
    }

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
