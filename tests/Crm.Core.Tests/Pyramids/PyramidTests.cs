using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Pyramids;

// Examples of the documentation. Published: Curry's head counts of 1, 4, 15 and 80 %.
public sealed class PyramidTests
{
    [Theory]
    [InlineData(100, 1, 4, 15, 80)]
    [InlineData(1000, 10, 40, 150, 800)]
    [InlineData(10_050, 101, 402, 1507, 8040)]
    [InlineData(50, 1, 2, 7, 40)]
    [InlineData(49, 0, 2, 8, 39)]
    [InlineData(3, 0, 0, 1, 2)]
    [InlineData(2, 0, 0, 0, 2)]
    [InlineData(1, 0, 0, 0, 1)]
    [InlineData(0, 0, 0, 0, 0)]
    public void Rank_CurryOnDistinctValues_CutsAtTheRoundedShares(int customers, int top, int large, int medium, int small)
    {
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Range(0, customers).Select(i => (double)i)]).Rank(PyramidScheme.Curry);
        Assert.Equal([top, large, medium, small], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal(["top", "large", "medium", "small"], pyramid.Tiers.Select(t => t.Tier.Name));
    }

    [Fact]
    public void Rank_AllEqual_AllStandInTheLastTier()
    {
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Repeat(5.0, 1000)]).Rank(PyramidScheme.Curry);
        Assert.Equal([0L, 0, 0, 1000], pyramid.Tiers.Select(t => t.Customers));
    }

    [Fact]
    public void Rank_TieAcrossACut_GoesDownTogether()
    {
        // Two share the first place of 100 where the top has room for one.
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Range(0, 98).Select(i => (double)i), 500, 500]).Rank(PyramidScheme.Curry);
        Assert.Equal([0L, 5, 15, 80], pyramid.Tiers.Select(t => t.Customers));
    }

    [Fact]
    public void Rank_TieAboveTheLastCut_FallsToTheLastTier()
    {
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Repeat(1.0, 79), .. Enumerable.Repeat(2.0, 21)]).Rank(PyramidScheme.Curry);
        Assert.Equal([0L, 0, 0, 100], pyramid.Tiers.Select(t => t.Customers));
    }

    [Fact]
    public void Rank_Summaries_StateCountsSharesAndBounds()
    {
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Repeat(0.25, 80), .. Enumerable.Range(1, 20).Select(i => (double)i)]).Rank(PyramidScheme.Curry);
        TierSummary large = pyramid.Tiers[1];
        Assert.Equal((4L, 0.04, 70.0, 70.0 / 230), (large.Customers, large.ShareOfCustomers, large.Value, large.ShareOfValue));
        Assert.Equal((16.0, 19.0), (large.Least, large.Greatest));
    }

    [Fact]
    public void Rank_EmptyTier_HasNoBoundsAndNoValue()
    {
        TierSummary top = ValuedBase.Of(1, 2, 3).Rank(PyramidScheme.Curry).Tiers[0];
        Assert.Equal((0L, 0.0, 0.0), (top.Customers, top.Value, top.ShareOfValue));
        Assert.Null(top.Least ?? top.Greatest);
    }

    [Fact]
    public void Rank_NoCustomers_HasEmptyTiers()
    {
        Pyramid pyramid = PyramidScheme.Curry.Rank([], []);
        Assert.All(pyramid.Tiers, tier => Assert.Equal((0L, 0.0, null), (tier.Customers, tier.ShareOfCustomers, tier.ShareOfValue)));
        Assert.Equal(4, pyramid.Tiers.Count);
    }

    [Fact]
    public void Rank_InactiveCustomers_StandBelowAndTakeNoRoom()
    {
        double[] values = [.. Enumerable.Range(0, 110).Select(i => (double)i)];
        bool[] active = [.. values.Select(value => value < 100)];
        Pyramid pyramid = PyramidScheme.Curry.Rank([.. values.Select(v => ValuedBase.Id((int)v))], values, active);
        Assert.Equal([1L, 4, 15, 80, 10], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal((Tier.Inactive, 100.0, 109.0), (pyramid.Tiers[4].Tier, pyramid.Tiers[4].Least, pyramid.Tiers[4].Greatest));
        Assert.Equal((Tier.Inactive, Tier.Top), (pyramid[ValuedBase.Id(105)], pyramid[ValuedBase.Id(99)]));
        Assert.Equal(4, pyramid.TierOfRow[109]);
        Assert.Equal(1, pyramid.Tiers.Sum(t => t.ShareOfValue)!.Value, 1e-12);
    }

    [Fact]
    public void Rank_NobodyActive_AllAreInactive()
    {
        Pyramid pyramid = PyramidScheme.Curry.Rank([ValuedBase.Id(1)], [5], [false]);
        Assert.Equal([0L, 0, 0, 0, 1], pyramid.Tiers.Select(t => t.Customers));
        Assert.Null(pyramid.Concentration.Gini ?? pyramid.Concentration.ShareOfTop(0.2m));
    }

    [Fact]
    public void Rank_NegativeAndZeroValues_AreRankedAndHaveNoShareWhereTheSumIsNotAboveZero()
    {
        Pyramid pyramid = ValuedBase.Of(-3, 0, 1, -2, 4).Rank(PyramidScheme.Curry);
        Assert.Equal([0L, 0, 1, 4], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal((4.0, -4.0), (pyramid.Tiers[2].Value, pyramid.Tiers[3].Value));
        Assert.All(pyramid.Tiers, tier => Assert.Null(tier.ShareOfValue));
    }

    [Fact]
    public void Rank_WeightedRowAcrossACut_GoesDownWhole()
    {
        Pyramid pyramid = PyramidScheme.Curry.Rank([ValuedBase.Id(1), ValuedBase.Id(2), ValuedBase.Id(3)], [9, 5, 1], [], [1, 10, 89]);
        Assert.Equal([1L, 0, 10, 89], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal(50, pyramid.Tiers[2].Value);
    }

    [Fact]
    public void Indexer_UnknownCustomer_IsRefusedByName()
    {
        var refusal = Assert.Throws<KeyNotFoundException>(() => ValuedBase.Of(1).Rank(PyramidScheme.Curry)[CustomerId.Of("77")]);
        Assert.Contains("Customer 77 is not in this pyramid.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_ValuesThatAreNoNumbers_AreRefusedByRow()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => ValuedBase.Of(1, double.NaN, 2, double.NegativeInfinity).Rank(PyramidScheme.Curry));
        Assert.Equal(["row 1, value: found NaN, expected a finite number", "row 3, value: found -Infinity, expected a finite number"],
            refusal.Faults.Select(f => f.ToString()));
        Assert.Equal("values", refusal.ParamName);
    }

    [Fact]
    public void Rank_ManyValuesThatAreNoNumbers_NamesTwentyAndTheTotal()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => ValuedBase.Of([.. Enumerable.Repeat(double.NaN, 33)]).Rank(PyramidScheme.Curry));
        Assert.Equal((20, 33L), (refusal.Faults.Count, refusal.Total));
    }

    [Fact]
    public void Rank_RowOfNoCustomers_IsRefusedByRow()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => PyramidScheme.Curry.Rank([ValuedBase.Id(1)], [1], [], [0]));
        Assert.Contains("row 0, customers: found 0, expected a whole number, 1 or more", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_CustomerNone_IsRefusedByRow()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => PyramidScheme.Curry.Rank([ValuedBase.Id(1), CustomerId.None], [1, 2]));
        Assert.Contains("row 1, id: found none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_SumBeyondADouble_IsRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => ValuedBase.Of(1e308, 1e308).Rank(PyramidScheme.Curry));
        Assert.Equal("values", refusal.ParamName);
    }

    [Fact]
    public void Rank_CustomerTwice_IsRefusedNamingBothRows()
    {
        var refusal = Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.Rank([ValuedBase.Id(7), ValuedBase.Id(8), ValuedBase.Id(7)], [1, 2, 3]));
        Assert.Equal("ids", refusal.ParamName);
        Assert.Contains("Customer 7 comes twice, in rows 0 and 2.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_OtherLengths_AreRefusedByName()
    {
        CustomerId[] ids = [ValuedBase.Id(1), ValuedBase.Id(2)];
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.Rank(ids, [1])).ParamName);
        Assert.Equal("active", Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.Rank(ids, [1, 2], [true])).ParamName);
        Assert.Equal("customers", Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.Rank(ids, [1, 2], [], [1])).ParamName);
        Assert.Equal("ids", Assert.Throws<ArgumentNullException>(() => PyramidScheme.Curry.Rank(null!, [])).ParamName);
    }

    [Fact]
    public void ToString_APyramid_IsATable()
    {
        string[] lines = ValuedBase.Of([.. Enumerable.Range(1, 100).Select(i => (double)i * 100)]).Rank(PyramidScheme.Curry).ToString()
            .Split(Environment.NewLine);
        Assert.Equal("tier          customers   of all              value   of all", lines[0]);
        Assert.Equal("top                   1    1.0 %             10,000    2.0 %", lines[1]);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public void ToString_NoValue_ShowsADash() =>
        Assert.EndsWith("       -", PyramidScheme.Curry.Rank([], []).ToString().Split(Environment.NewLine)[1], StringComparison.Ordinal);
}
