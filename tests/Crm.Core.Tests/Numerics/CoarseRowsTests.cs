using Crm.Core.Numerics;

namespace Crm.Core.Tests.Numerics;

/// <summary>A coarse picture of rows: worked by hand, and its properties.</summary>
public sealed class CoarseRowsTests
{
    [Fact]
    public void Of_Rows_KeepsTheHeaviestOfEachBlockWithItsWeight()
    {
        int[] kept = CoarseRows.Of([1, 5, 2, 7, 1, 1], 2, out double[] weights);
        Assert.Equal([1, 3], kept);
        Assert.Equal([8, 9], weights);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(1_000, 256)]
    [InlineData(1_023, 256)]
    public void Of_AnyRows_KeepsTheirWeightAndOrder(int rows, int blocks)
    {
        double[] all = [.. Enumerable.Range(0, rows).Select(row => 1.0 + (row * 7 % 13))];
        int[] kept = CoarseRows.Of(all, blocks, out double[] weights);
        Assert.Equal(Math.Min(rows, blocks), kept.Length);
        Assert.Equal(kept.Distinct().Order(), kept);
        Assert.Equal(all.Sum(), weights.Sum());
    }
}
