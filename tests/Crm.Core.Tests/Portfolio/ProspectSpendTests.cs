using Crm.Core.Portfolio;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Portfolio;

/// <summary>One budget over groups of prospects: worked by hand, against money spent a little at a time, and by what must hold of any.</summary>
public sealed class ProspectSpendTests
{
    // k = ln 2 in both: half of what is left of the ceiling is won by each unit spent. g = 50 ln 2 and 12.5 ln 2, which are a factor of 4 apart.
    private static readonly ProspectGroup _schools = Group("schools", prospects: 100, value: 100, spentEach: 1, wonShare: 0.25, ceiling: 0.5);
    private static readonly ProspectGroup _shops = Group("shops", prospects: 50, value: 25, spentEach: 1, wonShare: 0.25, ceiling: 0.5);

    private static Gen<ProspectGroup[]> Groups =>
        from groups in (
            from prospects in Gen.Choose(1, 5_000)
            from value in Gen.Choose(-20, 400)
            from spentEach in Gen.Choose(1, 200)
            from ceiling in Gen.Choose(1, 100)
            from won in Gen.Choose(0, 99)
            select (prospects, value, spentEach * 0.1, won * ceiling / 10_000.0, ceiling / 100.0)).NonEmptyListOf()
        select groups.Take(12).Select((one, place) => Group(FormattableString.Invariant($"g{place}"), one.prospects, one.value, one.Item3, one.Item4, one.Item5)).ToArray();

    // Schools alone until their last unit brings what the first of the shops does: 2 each, which is 200. The other 150 go down by a factor of 2 in both: 1 more on each.
    [Theory]
    [InlineData(0, 0, 0, 50)]
    [InlineData(100, 1, 0, 25)]
    [InlineData(200, 2, 0, 12.5)]
    [InlineData(350, 3, 1, 6.25)]
    public void Of_TwoGroupsByHand_SpendsWhereItBringsMost(double budget, double onSchools, double onShops, double lastOverLn2)
    {
        ProspectPlan plan = ProspectSpend.Of([_shops, _schools], budget).ByValue;
        Near.Absolute(onShops, plan.Groups[0].SpentEach, 1e-14);
        Near.Absolute(onSchools, plan.Groups[1].SpentEach, 1e-14);
        Near.Relative(lastOverLn2 * Math.Log(2), plan.LastUnitBrings, 1e-14);
        Near.Absolute(budget, plan.Spent, 1e-12);
    }

    [Fact]
    public void Of_TwoGroupsByHand_ExpectsWhatTheCurveSays()
    {
        ProspectSpend spend = ProspectSpend.Of([_schools, _shops], 350);
        Near.Relative(43.75 + 12.5, spend.ByValue.Won, 1e-14);
        Near.Relative(4_375 + 312.5, spend.ByValue.Value, 1e-14);
        Near.Relative(4_687.5 - 350, spend.ByValue.Profit, 1e-14);
        Near.Relative(0.4375, spend.ByValue.Groups[0].WonShare, 1e-14);
        Near.Relative(312.5 - 50, spend.ByValue.Groups[1].Profit, 1e-13);
        double share = 0.5 * (1 - Math.Pow(2, -7.0 / 3));
        Assert.All(spend.Equal.Groups, group => Near.Relative(7.0 / 3, group.SpentEach, 1e-15));
        Near.Relative(150 * share, spend.Equal.Won, 1e-14);
        Near.Relative((100 * 100 * share) + (50 * 25 * share), spend.Equal.Value, 1e-14);
        Near.Relative(((50 * 100) + (12.5 * 50)) / 150 * Math.Log(2) * Math.Pow(2, -7.0 / 3), spend.Equal.LastUnitBrings, 1e-14);
    }

    // Each group by itself up to where its last unit brings 1: ln(50 ln 2) / ln 2 and ln(12.5 ln 2) / ln 2 each.
    [Fact]
    public void Best_TwoGroupsByHand_StopsWhereAUnitBringsOne()
    {
        ProspectSpend best = ProspectSpend.Of([_schools, _shops], 350).Best();
        double schools = Math.Log2(50 * Math.Log(2));
        double shops = Math.Log2(12.5 * Math.Log(2));
        Near.Relative((100 * schools) + (50 * shops), best.Budget, 1e-14);
        Near.Relative(schools, best.ByValue.Groups[0].SpentEach, 1e-13);
        Near.Relative(shops, best.ByValue.Groups[1].SpentEach, 1e-13);
        Near.Relative(1, best.ByValue.LastUnitBrings, 1e-13);
        Near.Relative(best.Budget, best.Best().Budget, 1e-15);
        Assert.Equal(0, ProspectSpend.Of([_schools with { Value = 2 }], 10).Best().Budget); // g = ln 2: not worth its first unit
    }

    // Not the article's own example, which was not to be had: worked from its form with a ceiling of 0.4, k = 0.05, and a lifetime value of 151.6846, at which the
    // customer equity is greatest when 22.1956 are spent and 0.26815 won, the last unit of money bringing 1.
    [Theory]
    [InlineData(10)]
    [InlineData(22.1956)]
    [InlineData(60)]
    public void Best_BlattbergAndDeighton_IsTheOptimumOfTheirForm(double spentEach)
    {
        double won = 0.4 * (1 - Math.Exp(-0.05 * spentEach));
        Near.Relative(spentEach, -(1 / 0.05) * Math.Log((0.4 - won) / 0.4), 1e-12); // their inverse
        ProspectPlan best = ProspectSpend.Of([Group("all", 1, 151.6846, spentEach, won, 0.4)], 0).Best().ByValue;
        Near.Absolute(22.1956, best.Groups[0].SpentEach, 5e-5);
        Near.Absolute(0.26815, best.Groups[0].WonShare, 5e-6);
        Near.Absolute(151.6846, 1 / (0.4 * 0.05 * Math.Exp(-0.05 * best.Groups[0].SpentEach)), 1e-6); // what one more customer costs at the margin
        Near.Absolute((0.26815 * 151.6846) - 22.1956, best.Profit, 1e-3);
    }

    // What was spent before wins again what it won.
    [Fact]
    public void Of_WhatWasSpentBefore_WinsWhatWasWon() => FixedSeed.ForAll(Groups, groups =>
    {
        foreach (ProspectGroup group in groups)
        {
            ProspectPlan plan = ProspectSpend.Of([group], group.Prospects * group.SpentEach).Equal;
            Near.Absolute(group.WonShare, plan.Groups[0].WonShare, 1e-14);
        }
    });

    // A slow oracle: the budget in 20,000 slices, each to the group in which it brings most, by the difference of two values and no derivative.
    [Fact]
    public void ByValue_AnyGroups_IsTheMoneySpentALittleAtATime()
    {
        var cases = from groups in Groups from perHead in Gen.Choose(1, 300) select (groups, perHead * 0.1);
        int shared = 0;
        FixedSeed.ForAll(cases, one =>
        {
            (ProspectGroup[] groups, double perHead) = one;
            const int Slices = 20_000;
            double budget = perHead * groups.Sum(group => group.Prospects);
            double slice = budget / Slices;
            var spent = new double[groups.Length];
            double Brings(int group, double money) => groups[group].Prospects * groups[group].Value * groups[group].Ceiling
                * (1 - Math.Pow(1 - (groups[group].WonShare / groups[group].Ceiling), money / groups[group].Prospects / groups[group].SpentEach));
            double[] next = [.. groups.Select((_, group) => Brings(group, slice))];
            for (int given = 0; given < Slices && next.Max() > 0; given++)
            {
                int most = Array.IndexOf(next, next.Max());
                spent[most] += slice;
                next[most] = Brings(most, spent[most] + slice) - Brings(most, spent[most]);
            }

            ProspectPlan plan = ProspectSpend.Of(groups, budget).ByValue;
            double reached = Enumerable.Range(0, groups.Length).Sum(group => Brings(group, spent[group]));
            Assert.InRange(plan.Value, reached * (1 - 1e-9), reached + (groups.Length * slice * Math.Max(0, next.Max() / slice * 1.5)) + (1e-9 * reached) + 1e-9);
            bool isFlat = plan.LastUnitBrings < 1e-6; // where money brings next to nothing it may lie anywhere
            Assert.All(Enumerable.Range(0, groups.Length), group => Assert.True(isFlat || Math.Abs(plan.Groups[group].Spent - spent[group]) <= (groups.Length + 1) * slice, $"group {group}"));
            shared += plan.Groups.Count(group => group.SpentEach > 0) > 1 ? 1 : 0;
        }, 60);
        Assert.InRange(shared, 20, 60);
    }

    [Fact]
    public void ByValue_AnyGroups_HoldsWhatMustHold()
    {
        var cases = from groups in Groups from shuffled in Gen.Shuffle(groups) from cents in Gen.Choose(0, 10_000_000) from factor in Gen.Choose(-8, 8) select (groups, shuffled, cents / 100.0, Math.ScaleB(1, factor));
        int left = 0;
        FixedSeed.ForAll(cases, one =>
        {
            var (groups, shuffled, budget, factor) = one;
            ProspectSpend spend = ProspectSpend.Of(groups, budget);
            bool isWorthMoney = groups.Any(group => group.Value > 0 && group.WonShare > 0);
            Near.Absolute(isWorthMoney ? budget : 0, spend.ByValue.Spent, 1e-11 * (budget + 1), "spent by value");
            Near.Absolute(budget, spend.Equal.Spent, 1e-12 * (budget + 1), "spent equally");
            Assert.True(spend.ByValue.Value >= spend.Equal.Value - (1e-12 * Math.Abs(spend.Equal.Value)), "equal is better");
            foreach (var (group, plan) in groups.Zip(spend.ByValue.Groups))
            {
                double k = -Math.Log(1 - (group.WonShare / group.Ceiling)) / group.SpentEach;
                double last = group.Value * group.Ceiling * k * Math.Exp(-k * plan.SpentEach);
                if (plan.SpentEach > 0)
                {
                    Near.Relative(spend.ByValue.LastUnitBrings, last, 1e-11 * (1 + (k * plan.SpentEach)), "what the last unit brings");
                }
                else
                {
                    Assert.True(budget == 0 || last <= spend.ByValue.LastUnitBrings * (1 + 1e-9), "a group that would bring more gets nothing");
                    left++;
                }

                Assert.True(plan.SpentEach >= 0 && (group.Value > 0 || plan.SpentEach == 0) && plan.WonShare <= group.Ceiling);
            }

            ProspectSpend other = ProspectSpend.Of(shuffled, budget);
            Assert.Equal((spend.ByValue.Value, spend.ByValue.Won, spend.ByValue.LastUnitBrings, spend.Equal.Value, spend.Equal.LastUnitBrings),
                (other.ByValue.Value, other.ByValue.Won, other.ByValue.LastUnitBrings, other.Equal.Value, other.Equal.LastUnitBrings));
            Assert.Equal(spend.ByValue.Groups.OrderBy(group => group.Segment.ToString(), StringComparer.Ordinal), other.ByValue.Groups.OrderBy(group => group.Segment.ToString(), StringComparer.Ordinal));

            // In another unit of money, a power of two, the same are won.
            ProspectSpend scaled = ProspectSpend.Of([.. groups.Select(group => group with { Value = group.Value * factor, SpentEach = group.SpentEach * factor })], budget * factor);
            Near.Relative(spend.ByValue.Won, scaled.ByValue.Won, 1e-12);
            Near.Relative(spend.ByValue.Value * factor, scaled.ByValue.Value, 1e-12);
            Near.Relative(spend.ByValue.LastUnitBrings, scaled.ByValue.LastUnitBrings, 1e-12);
            Near.Relative(spend.Best().Budget * factor, scaled.Best().Budget, 1e-12);
        }, 300);
        Assert.True(left > 100, "hardly a group gets nothing");
    }

    // No budget near it leaves more profit, and below it a unit brings more than one, above it less.
    [Fact]
    public void Best_AnyGroups_LeavesMostProfit() => FixedSeed.ForAll(Groups, groups =>
    {
        ProspectSpend best = ProspectSpend.Of(groups, 1).Best();
        foreach (double factor in new[] { 0, 0.5, 0.9, 0.99, 1.01, 1.1, 2 })
        {
            ProspectPlan other = ProspectSpend.Of(groups, factor * best.Budget).ByValue;
            Assert.True(other.Profit <= best.ByValue.Profit + 1e-9);
            Assert.True(best.Budget == 0 || factor < 1 == other.LastUnitBrings > 1);
        }

        ProspectPlan more = ProspectSpend.Of(groups, best.Budget + 1).ByValue;
        Assert.True(more.Profit <= best.ByValue.Profit + 1e-9 && more.LastUnitBrings <= 1 + 1e-12);
    });

    // The last of a budget that is too great costs more than it brings, and is spent all the same.
    [Fact]
    public void ByValue_BudgetTooGreat_SaysWhatItsLastUnitBrings()
    {
        ProspectSpend spend = ProspectSpend.Of([_schools, _shops], 5_000);
        Near.Absolute(5_000, spend.ByValue.Spent, 1e-9);
        Assert.InRange(spend.ByValue.LastUnitBrings, 0, 0.01);
        Assert.True(spend.Best().ByValue.Profit > spend.ByValue.Profit);
    }

    [Fact]
    public void ByValue_NobodyWorthMoney_SpendsNothing()
    {
        ProspectSpend spend = ProspectSpend.Of([_schools with { Value = -3 }, _shops with { WonShare = 0 }], 300);
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (spend.ByValue.Spent, spend.ByValue.Won, spend.ByValue.Profit, spend.ByValue.LastUnitBrings));
        Assert.Equal((300.0, 0.0), (spend.Equal.Spent, spend.Equal.Groups[1].Won));
        Assert.True(spend.Equal.Value < 0 && spend.Equal.Won > 0 && spend.Equal.LastUnitBrings < 0);
        Assert.Equal(0, spend.Best().Budget);
    }

    [Fact]
    public void Of_BadGroups_NamesAllFaultsTogether()
    {
        var wrong = Assert.Throws<RowFaultsException>(() => ProspectSpend.Of(
            [_schools, null!, _schools with { Prospects = 0, Value = double.NaN, SpentEach = 0, WonShare = 0.5 }, _shops with { Segment = default, SpentEach = double.PositiveInfinity, WonShare = 1, Ceiling = 1.5 }, _shops with { WonShare = -0.1, Ceiling = double.NaN }], 10));
        Assert.Equal("groups", wrong.ParamName);
        Assert.Equal(
            [
                "row 1, group: found null, expected a group of prospects",
                "row 2, Segment: found that of row 0 again, expected each group once",
                "row 2, Prospects: found 0, expected a whole number, 1 or more",
                "row 2, Value: found NaN, expected a finite amount",
                "row 2, SpentEach: found 0, expected a finite amount above 0",
                "row 2, WonShare: found 0.5, expected 0 or more and below the ceiling of 0.5",
                "row 3, Segment: found none, expected an id of 1 to 128 characters",
                "row 3, SpentEach: found Infinity, expected a finite amount above 0",
                "row 3, WonShare: found 1, expected 0 or more and below 1",
                "row 3, Ceiling: found 1.5, expected a fraction above 0, at most 1",
                "row 4, WonShare: found -0.1, expected 0 or more and below 1",
                "row 4, Ceiling: found NaN, expected a fraction above 0, at most 1",
            ],
            wrong.Faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_BadBudget_IsRefused(double budget) => Assert.Equal("budget", Assert.Throws<ArgumentOutOfRangeException>(() => ProspectSpend.Of([_schools], budget)).ParamName);

    [Fact]
    public void Of_NoGroupOrAmountsBeyondNumbers_IsRefused()
    {
        Assert.Equal("groups", Assert.Throws<ArgumentNullException>(() => ProspectSpend.Of(null!, 1)).ParamName);
        Assert.Contains("There is no group", Assert.Throws<ArgumentException>(() => ProspectSpend.Of([], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("another unit of money", Assert.Throws<ArgumentException>(() => ProspectSpend.Of([_schools with { Value = 1e307 }], 1e6)).Message, StringComparison.Ordinal);
        Assert.Contains("another unit of money", Assert.Throws<ArgumentException>(() => ProspectSpend.Of([_schools with { SpentEach = 1e-320 }], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("best budget", Assert.Throws<InvalidOperationException>(() => ProspectSpend.Of([_schools with { Value = 9e307, SpentEach = 1e306 }], 0).Best()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfAPlan_IsATable()
    {
        string text = ProspectSpend.Of([_schools, _shops], 350).ToString();
        Assert.Contains("schools                      3.00                300         43.8              4,375              4,075", text, StringComparison.Ordinal);
        Assert.Contains("The last unit of money brings 4.33.", text, StringComparison.Ordinal);
        Assert.Equal("shops: 1 each, 12.5 won, profit 262.5", ProspectSpend.Of([_schools, _shops], 350).ByValue.Groups[1].ToString());
    }

    private static ProspectGroup Group(string segment, int prospects, double value, double spentEach, double wonShare, double ceiling) => new()
    {
        Segment = SegmentId.Of(segment),
        Prospects = prospects,
        Value = value,
        SpentEach = spentEach,
        WonShare = wonShare,
        Ceiling = ceiling,
    };
}
