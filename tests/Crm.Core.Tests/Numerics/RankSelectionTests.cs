using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Numerics;

/// <summary>Selection by rank against a full sort, the independent slow way: any values, ties, shared rows, few and many.</summary>
public sealed class RankSelectionTests
{
    private static readonly Gen<double> _values = Gen.OneOf(
        Gen.Elements(0, -0.0, 1, 1, 1, double.MaxValue, -double.MaxValue, double.Epsilon, -double.Epsilon),
        Gen.Choose(-50, 50).Select(number => number / 10.0),
        Gen.Choose(1, int.MaxValue).Select(number => 100 + (number * 1e-12)));

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(9_000)]
    public void Of_AnyValues_IsTheSortedValueAtEachRank(int most) => FixedSeed.ForAll(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from values in _values.ListOf(most)
        from isShared in Gen.Elements(true, false)
        select (seed, values, isShared),
        of =>
        {
            var random = new Random(of.seed);
            double[] values = [.. of.values];
            int[] customers = of.isShared ? [.. values.Select(_ => random.Next(1, 5))] : [];
            double[] sorted = [.. values.SelectMany((value, row) => Enumerable.Repeat(value + 0.0, of.isShared ? customers[row] : 1)).OrderDescending()];
            long[] ranks = [.. Enumerable.Range(0, 7).Select(_ => (long)random.Next(sorted.Length)).Append(0).Append(sorted.Length - 1).Order()];
            double[] expected = [.. ranks.Select(rank => sorted[rank])];
            Assert.Equal(expected, RankSelection.Of(values, customers, ranks));
        },
        most > 1_000 ? 20 : 200);

    [Fact]
    public void Of_ManyThatShareAllDigitsButTheLast_GoesDownToIt()
    {
        double[] values = [.. Enumerable.Range(0, 50_000).Select(place => place % 2 == 0 ? 1.0 : Math.BitIncrement(1.0))];
        Assert.Equal([Math.BitIncrement(1.0), Math.BitIncrement(1.0), 1, 1], RankSelection.Of(values, [], [0, 24_999, 25_000, 49_999]));
    }

    [Fact]
    public void Of_NoRanks_IsNothing() => Assert.Empty(RankSelection.Of([1, 2], [], []));
}
