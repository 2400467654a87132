using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Pyramids;

// Examples and faults.
public sealed class LivePyramidTests
{
    private static readonly PyramidScheme _halves = PyramidScheme.OfShares("halves", new(Tier.Top, 0.5m), new(Tier.Small, 0.5m));

    [Fact]
    public void Set_APurchaseOverACut_PushesAnotherBelowIt()
    {
        LivePyramid live = Of(4, 3, 2, 1);
        Assert.Equal([new(ValuedBase.Id(3), Tier.Small, Tier.Top), new(ValuedBase.Id(1), Tier.Top, Tier.Small)], live.Set(ValuedBase.Id(3), 3.5));
        Assert.Equal(3, live.FloorOf(Tier.Top));
    }

    [Fact]
    public void Set_ATieAtTheCut_SendsTheWholeGroupDown()
    {
        LivePyramid live = Of(5, 5, 5, 2, 1, 0);
        IReadOnlyList<TierMove> moves = live.Set(ValuedBase.Id(3), 5);
        Assert.Equal([0, 1, 2], moves.Select(move => int.Parse(move.Customer.ToString(), System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.All(moves, move => Assert.Equal((Tier.Top, Tier.Small), (move.From, move.To)));
        Assert.Equal(0, live.CustomersIn(Tier.Top));
    }

    [Fact]
    public void Set_ANewCustomerAtTheBottom_MakesRoomAtTheTop()
    {
        LivePyramid live = Of(3, 2, 1);
        Assert.Equal(2, live.CustomersIn(Tier.Top)); // round(1.5)
        live.Set(ValuedBase.Id(9), 0);
        Assert.Equal([new(ValuedBase.Id(10), null, Tier.Small), new(ValuedBase.Id(2), Tier.Small, Tier.Top)], live.Set(ValuedBase.Id(10), 0));
    }

    [Fact]
    public void Remove_ACustomer_LeavesAndMayMoveAnother()
    {
        LivePyramid live = Of(4, 3, 2, 1);
        Assert.Equal([new(ValuedBase.Id(0), Tier.Top, null), new(ValuedBase.Id(2), Tier.Small, Tier.Top)], live.Remove(ValuedBase.Id(0)));
        Assert.False(live.Contains(ValuedBase.Id(0)));
        Assert.False(live.TryTierOf(ValuedBase.Id(0), out Tier tier));
        Assert.Equal(default, tier);
        Assert.Throws<KeyNotFoundException>(() => live.TierOf(ValuedBase.Id(0)));
        Assert.Throws<KeyNotFoundException>(() => live.ValueOf(ValuedBase.Id(0)));
        Assert.Throws<KeyNotFoundException>(() => live.Remove(ValuedBase.Id(0)));
    }

    [Fact]
    public void Remove_Everybody_LeavesAnEmptyPyramid()
    {
        LivePyramid live = Of(2, 1);
        live.Remove(ValuedBase.Id(0));
        live.Remove(ValuedBase.Id(1));
        Assert.Equal(0, live.Count);
        Assert.Equal(double.NegativeInfinity, live.FloorOf(Tier.Top));
        Assert.All(live.Snapshot().Tiers, tier => Assert.Equal(0, tier.Customers));
        Assert.Equal([new(ValuedBase.Id(5), null, Tier.Top)], live.Set(ValuedBase.Id(5), 1)); // round(0.5)
    }

    [Fact]
    public void Add_WhereNobodyMoves_AllocatesNothing()
    {
        LivePyramid live = Of([.. Enumerable.Range(0, 1_000).Select(i => (double)i)]);
        CustomerId customer = ValuedBase.Id(900);
        live.Add(customer, 0.5m);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                live.Add(customer, 0.01m);
                live.Set(customer, 900 + (i % 90));
            }
        }));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Set_AValueThatIsNotFinite_IsRefusedAndChangesNothing(double value)
    {
        LivePyramid live = Of(2, 1);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => live.Set(ValuedBase.Id(7), value)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => live.Set(ValuedBase.Id(0), value)).ParamName);
        Assert.Equal((2, 2.0), (live.Count, live.ValueOf(ValuedBase.Id(0))));
    }

    [Fact]
    public void Add_ToTheGreatestDouble_StaysFinite()
    {
        LivePyramid live = Of(double.MaxValue, 1);
        Assert.Empty(live.Add(ValuedBase.Id(0), decimal.MaxValue));
        Assert.Equal(double.MaxValue, live.ValueOf(ValuedBase.Id(0)));
    }

    [Fact]
    public void Members_OfNobody_AreRefused()
    {
        LivePyramid live = Of(2, 1);
        Assert.Equal("customer", Assert.Throws<ArgumentException>(() => live.Set(CustomerId.None, 1)).ParamName);
        Assert.Equal("customer", Assert.Throws<ArgumentException>(() => live.Add(CustomerId.None, 1)).ParamName);
        Assert.Throws<KeyNotFoundException>(() => live.Remove(CustomerId.None));
        Assert.Contains("halves has no tier medium; it has top, small", Assert.Throws<ArgumentException>(() => live.FloorOf(Tier.Medium)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => live.MembersOf(Tier.Inactive));
        Assert.Throws<ArgumentException>(() => live.CustomersIn(default));
    }

    [Fact]
    public void New_OfFaultyRows_NamesThem()
    {
        CustomerId[] ids = [ValuedBase.Id(0), CustomerId.None];
        Assert.Equal([0, 1], Assert.Throws<RowFaultsException>(() => new LivePyramid(_halves, ids, [double.NaN, 1])).Faults.Select(fault => fault.Row));
        Assert.Equal("ids", Assert.Throws<ArgumentException>(() => new LivePyramid(_halves, [ids[0], ids[0]], [1, 1])).ParamName);
        Assert.Throws<ArgumentException>(() => new LivePyramid(_halves, ids, [1]));
        Assert.Equal("scheme", Assert.Throws<ArgumentException>(() => new LivePyramid(PyramidScheme.OfValueShares("half", new(Tier.Top, 0.5m), new(Tier.Small, 0.5m)), [], [])).ParamName);
        Assert.Throws<ArgumentNullException>(() => new LivePyramid(null!, ids, [1, 2]));
        Assert.Throws<ArgumentNullException>(() => new LivePyramid(_halves, null!, []));
    }

    // Together as one after the other, whoever joins on the way and however often one comes.
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(3_000)]
    public void AddAll_ManyPurchases_IsAddOneAfterTheOther(int count)
    {
        var random = new Random(1997);
        double[] first = [.. Enumerable.Range(0, 1_000).Select(_ => (double)random.Next(1, 90))];
        CustomerId[] ids = [.. first.Select((_, row) => ValuedBase.Id(row))];
        var together = new LivePyramid(PyramidScheme.Curry, ids, first);
        var oneByOne = new LivePyramid(PyramidScheme.Curry, ids, first);
        CustomerId[] customers = [.. Enumerable.Range(0, count).Select(_ => ValuedBase.Id(random.Next(1_200)))];
        decimal[] amounts = [.. customers.Select(_ => random.Next(-2_000, 9_000) / 100m)];
        List<TierMove> expected = [.. customers.Zip(amounts).SelectMany(one => oneByOne.Add(one.First, one.Second))];
        Assert.Equal(expected, together.AddAll(customers, amounts));
        Assert.True(count == 0 || expected.Count > 0);
        Assert.Equal(oneByOne.Count, together.Count);
        Assert.All(customers, customer => Assert.Equal((oneByOne.ValueOf(customer), oneByOne.TierOf(customer)), (together.ValueOf(customer), together.TierOf(customer))));
    }

    [Fact]
    public void AddAll_WithAWrongRow_ChangesNothing()
    {
        LivePyramid live = Of(4, 3, 2, 1);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => live.AddAll([ValuedBase.Id(3), CustomerId.None], [9, 9])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => live.AddAll([ValuedBase.Id(3)], [9, 9]));
        Assert.Throws<ArgumentNullException>(() => live.AddAll(null!, []));
        Assert.Equal(1, live.ValueOf(ValuedBase.Id(3)));
    }

    [Fact]
    public void Snapshot_ChangedAfterwards_StaysAsItWas()
    {
        LivePyramid live = Of(4, 3, 2, 1);
        Pyramid snapshot = live.Snapshot();
        live.Set(ValuedBase.Id(3), 100);
        Assert.Equal(Tier.Small, snapshot[ValuedBase.Id(3)]);
        Assert.Equal(Tier.Top, live.TierOf(ValuedBase.Id(3)));
    }

    [Fact]
    public void ToString_AMove_IsInWords()
    {
        Assert.Equal("7: small to top", new TierMove(ValuedBase.Id(7), Tier.Small, Tier.Top).ToString());
        Assert.Equal("7: (new) to top", new TierMove(ValuedBase.Id(7), null, Tier.Top).ToString());
        Assert.Equal("7: top to (gone)", new TierMove(ValuedBase.Id(7), Tier.Top, null).ToString());
    }

    private static LivePyramid Of(params double[] values) => new(_halves, [.. values.Select((_, row) => ValuedBase.Id(row))], values);
}
