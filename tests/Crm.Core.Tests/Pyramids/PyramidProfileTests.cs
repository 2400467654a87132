using Crm.Core.Pyramids;

namespace Crm.Core.Tests.Pyramids;

/// <summary>What tiers and other groups bring, cost and say: worked by hand, and by a sum over one customer after another.</summary>
public sealed class PyramidProfileTests
{
    private static readonly CustomerId[] _ids = [.. Enumerable.Range(0, 6).Select(i => CustomerId.Of($"{i}"))];
    private static readonly PyramidScheme _halves = PyramidScheme.OfShares("halves", new(Tier.Of("a"), 0.5m), new(Tier.Of("b"), 0.5m));

    private static readonly CustomerFigures _figures = new()
    {
        Revenue = new double[] { 100, 50, 30, 20, 0, 0 },
        Contribution = new double[] { 60, 20, -10, 5, 0, -5 },
        Marketing = new double[] { 4, 2, 2, 2, 6, 4 },
        Satisfaction = new[] { 9, 7, double.NaN, 5, double.NaN, double.NaN },
        IsNew = new[] { false, false, true, false, false, false },
        OtherMarketing = 20,
    };

    private static readonly Pyramid _pyramid = _halves.RankLayers(
        _ids, [100, 50, 30, 20, 0, 0], [CustomerLayer.Active, CustomerLayer.Active, CustomerLayer.Active, CustomerLayer.Active, CustomerLayer.Prospect, CustomerLayer.Inactive]);

    [Fact]
    public void Of_ABase_SumsEveryTier()
    {
        PyramidProfile profile = PyramidProfile.Of(_pyramid, _figures);
        Assert.Equal(["a", "b", "inactive", "prospect"], profile.Tiers.Select(tier => tier.Name));
        Assert.Equal(
            new GroupFigures
            {
                Name = "a",
                Customers = 2,
                Revenue = 150,
                ShareOfRevenue = 0.75,
                Contribution = 80,
                ShareOfContribution = 80.0 / 70,
                Marketing = 6,
                ShareOfMarketing = 0.15,
                Satisfaction = 8,
                Asked = 2,
            },
            profile.Tiers[0]);
        Assert.Equal((50, -5, 4, 5, 1L), (profile.Tiers[1].Revenue, profile.Tiers[1].Contribution, profile.Tiers[1].Marketing, profile.Tiers[1].Satisfaction, profile.Tiers[1].Asked));
        Assert.Null(profile.Tiers[3].Satisfaction);
        Assert.Equal(0.15, profile.RevenueShareOfNew);
        Assert.Equal(26.0 / 40, profile.MarketingShareOfNonCustomers); // the prospect's 6 and the other 20, not the 4 of who is inactive
    }

    [Fact]
    public void By_OtherGroups_SumsThemInTheOrderOfIds()
    {
        SegmentId fan = SegmentId.Of("true-fan");
        SegmentId regular = SegmentId.Of("regular");
        IReadOnlyList<GroupFigures> rungs = PyramidProfile.Of(_pyramid, _figures).By([fan, regular, regular, fan, SegmentId.None, SegmentId.None]);
        Assert.Equal([("regular", 2L, 80), ("true-fan", 2, 120), ("(none)", 2, 0)], rungs.Select(rung => (rung.Name, rung.Customers, rung.Revenue)));
        Assert.Equal([7, 7, null], rungs.Select(rung => rung.Satisfaction));
    }

    [Fact]
    public void ShareOfTop_OfFour_IsWhatTheyBringAndCost()
    {
        TopShares top = PyramidProfile.Of(_pyramid, _figures).ShareOfTop(0.25m);
        Assert.Equal(new TopShares { Customers = 1, Revenue = 0.5, Contribution = 60.0 / 70, Marketing = 0.1 }, top);
        Assert.Equal(1.0, PyramidProfile.Of(_pyramid, _figures).ShareOfTop(1).Revenue);
        Assert.Equal(0.0, PyramidProfile.Of(_pyramid, _figures).ShareOfTop(0).Marketing);
    }

    // Of three at the cut who are worth the same, each counts a third of one.
    [Fact]
    public void ShareOfTop_EqualCustomersAtTheCut_CountAlike()
    {
        CustomerFigures figures = new() { Revenue = new double[] { 10, 10, 10, 1 }, Contribution = new double[] { 9, 3, 0, 0 } };
        PyramidProfile profile = PyramidProfile.Of(_halves.Rank(_ids[..4], [10, 10, 10, 1]), figures);
        Assert.Equal(2.0 / 3, profile.ShareOfTop(0.5m).Contribution!.Value, 1e-15);
        Assert.Null(profile.ShareOfTop(0.5m).Marketing);
        Assert.Null(profile.RevenueShareOfNew);
        Assert.Null(profile.MarketingShareOfNonCustomers);
    }

    [Fact]
    public void Of_AnyOrderOfTheCustomers_IsTheSameToTheBit()
    {
        var random = new Random(1997);
        double[] revenue = [.. Enumerable.Range(0, 200).Select(_ => random.Next(50) / 10.0)];
        double[] contribution = [.. revenue.Select(_ => random.NextDouble() - 0.3)];
        CustomerId[] ids = [.. Enumerable.Range(0, 200).Select(i => CustomerId.Of($"{i}"))];
        int[] order = [.. Enumerable.Range(0, 200)];
        PyramidProfile expected = Of(order);
        random.Shuffle(order);
        PyramidProfile found = Of(order);
        Assert.Equal(expected.Tiers, found.Tiers);
        Assert.Equal(expected.ShareOfTop(0.2m), found.ShareOfTop(0.2m));

        PyramidProfile Of(int[] rows) => PyramidProfile.Of(
            PyramidScheme.Curry.Rank([.. rows.Select(row => ids[row])], [.. rows.Select(row => revenue[row])]),
            new() { Revenue = rows.Select(row => revenue[row]).ToArray(), Contribution = rows.Select(row => contribution[row]).ToArray() });
    }

    [Fact]
    public void Of_WrongFigures_NamesEveryOneByRowAndColumn()
    {
        RowFaultsException exception = Assert.Throws<RowFaultsException>(() => PyramidProfile.Of(_pyramid, _figures with
        {
            Marketing = new double[] { -1, 0, 0, 0, 0, 0 },
            Satisfaction = new[] { double.PositiveInfinity, 1, 1, 1, 1, 1 },
            MovedUp = new[] { 0, 0, 2, 0, 0, double.NaN },
        }));
        Assert.Contains("marketing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("satisfaction", exception.Message, StringComparison.Ordinal);
        Assert.Contains("moved up", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PyramidProfile.Of(_pyramid, _figures with { IsNew = new bool[3] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PyramidProfile.Of(_pyramid, _figures with { OtherMarketing = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PyramidProfile.Of(_pyramid, _figures with { FixedCosts = double.NaN }));
        Assert.Throws<ArgumentException>(() => PyramidProfile.Of(_pyramid, _figures with { Contribution = Enumerable.Repeat(double.MaxValue, 6).ToArray() }));
    }
}
