using Crm.Core.Pyramids;

namespace Crm.Core.Tests.Pyramids;

/// <summary>Moves up a pyramid: the claim that 2 % of the customers moved up give 10 % more revenue, worked by hand, and moves of named customers.</summary>
public sealed class PyramidWhatIfTests
{
    // 1, 4, 15 and 80 customers who make 40, 25, 15 and 20 % of a revenue of 100.
    private static PyramidWhatIf Claimed(double fixedCosts = 0, double margin = 0)
    {
        double[] revenue = [40, .. Enumerable.Repeat(25 / 4.0, 4), .. Enumerable.Repeat(1.0, 15), .. Enumerable.Repeat(0.25, 80)];
        Pyramid pyramid = PyramidScheme.Curry.Rank(Ids(100), revenue);
        return PyramidWhatIf.On(pyramid, new() { Revenue = revenue, Contribution = margin > 0 ? revenue.Select(value => value * margin).ToArray() : default, FixedCosts = fixedCosts });
    }

    // 2 × (6.25 − 1) = 10.5; 2 × (1 − 0.25) = 1.5; of every tier 0.08 × 33.75 + 0.3 × 5.25 + 1.6 × 0.75 = 5.475.
    [Fact]
    public void Move_TwoPercentOfTheCustomers_GivesTenPercentOfRevenueOrNotByWhichTwoPercent()
    {
        Assert.Equal(0.105, Claimed().Move(new TierStep(Tier.Medium, Tier.Large, 2)).Revenue.RelativeChange!.Value, 1e-12);
        Assert.Equal(0.015, Claimed().Move(new TierStep(Tier.Small, Tier.Medium, 2)).Revenue.RelativeChange!.Value, 1e-12);
        Assert.Equal(0.05475, Claimed().MoveEveryTier(0.02).Revenue.RelativeChange!.Value, 1e-12);
    }

    // A contribution of 30 % and fixed costs of 24: 6 of profit, and 3.15 more of contribution are 52.5 % more of it.
    [Fact]
    public void Move_WithFixedCosts_MovesProfitMoreThanRevenue()
    {
        WhatIfResult result = Claimed(fixedCosts: 24, margin: 0.3).Move(new TierStep(Tier.Medium, Tier.Large, 2));
        Assert.Equal(6, result.Profit!.Value.Now, 1e-12);
        Assert.Equal(0.525, result.Profit.Value.RelativeChange!.Value, 1e-12);
        Assert.Null(result.LifetimeValue);
        Assert.Equal("2 customers: revenue +10.5 %, profit +52.5 %, lifetime value not known", result.ToString());
        Assert.Null(Claimed(fixedCosts: 40, margin: 0.3).Move(new TierStep(Tier.Medium, Tier.Large, 2)).Profit!.Value.RelativeChange); // of a loss there is no share
    }

    [Fact]
    public void Move_NamedCustomers_TakesWhatTheyBringThemselves()
    {
        double[] revenue = [100, 60, 50, 40, 10, 2];
        double[] value = [500, 100, -20, 40, 5, 1];
        Pyramid pyramid = PyramidScheme.OfThresholds("ab", new(Tier.Of("a"), 50), new(Tier.Of("b"), null)).Rank(Ids(6), revenue);
        var what = PyramidWhatIf.On(pyramid, new() { Revenue = revenue, LifetimeValue = value });
        WhatIfResult result = what.Move([CustomerId.Of("4"), CustomerId.Of("3"), CustomerId.Of("0")], Tier.Of("a"));
        Assert.Equal((2, 262, 352, null), (result.Customers, result.Revenue.Now, result.Revenue.Then, result.Profit)); // 70 less 10 and 70 less 40; who is there already stays
        Assert.Equal((580.0 / 3 * 2) - 45, result.LifetimeValue!.Value.Change, 1e-9);
        Assert.Equal(["5", "4", "3"], what.Candidates().Select(move => move.Customer.ToString()));
        Assert.Equal([68.0, 60, 30], what.Candidates().Select(move => move.Gain));
        Assert.Equal(["3", "5"], what.Candidates([0, 0, 0, 0.9, 0, 0.1]).Select(move => move.Customer.ToString()));
        Assert.Equal(["5", "4"], what.MovesToReach(68.5)!.Select(move => move.Customer.ToString()));
        Assert.Single(what.MovesToReach(68)!);
        Assert.Null(what.MovesToReach(159));
    }

    // A tier that is empty is passed over: of three customers in Curry's pyramid one is medium and two are small.
    [Fact]
    public void Candidates_BelowAnEmptyTier_GoToTheNextThatHoldsAnybody()
    {
        double[] revenue = [9, 5, 2];
        var what = PyramidWhatIf.On(PyramidScheme.Curry.Rank(Ids(3), revenue), new() { Revenue = revenue });
        Assert.Equal([Tier.Medium, Tier.Medium], what.Candidates().Select(move => move.To));
        Assert.Equal(16 + (0.5 * 2 * 5.5), what.MoveEveryTier(0.5).Revenue.Then, 1e-12);
    }

    [Fact]
    public void Move_WhatCannotBe_IsRefused()
    {
        PyramidWhatIf what = Claimed();
        Assert.Contains("Of the 4 customers of the tier large 5 cannot move", Assert.Throws<ArgumentException>(() => what.Move(new TierStep(Tier.Large, Tier.Top, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot move", Assert.Throws<ArgumentException>(() => what.Move(new TierStep(Tier.Large, Tier.Top, double.NaN))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot move", Assert.Throws<ArgumentException>(() => what.Move(new(Tier.Large, Tier.Top, 3), new TierStep(Tier.Large, Tier.Medium, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("There is no tier gold", Assert.Throws<ArgumentException>(() => what.Move(new TierStep(Tier.Large, Tier.Gold, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("Nobody stands in the tier top", Assert.Throws<ArgumentException>(
            () => PyramidWhatIf.On(PyramidScheme.Curry.Rank(Ids(3), [3, 2, 1]), new() { Revenue = new double[] { 3, 2, 1 } }).Move(new TierStep(Tier.Small, Tier.Top, 1))).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => what.Move([CustomerId.Of("nobody")], Tier.Top));
        Assert.Contains("comes twice", Assert.Throws<ArgumentException>(() => what.Move([CustomerId.Of("7"), CustomerId.Of("7")], Tier.Top)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => what.MoveEveryTier(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => what.MovesToReach(0));
        Assert.Equal("probability", Assert.Throws<RowFaultsException>(() => what.Candidates([.. Enumerable.Repeat(1.5, 100)])).Faults[0].Column);
        Pyramid pyramid = PyramidScheme.Curry.Rank(Ids(2), [1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => PyramidWhatIf.On(pyramid, new() { Revenue = new double[] { 1, 2 }, FixedCosts = -1 }));
        Assert.Throws<ArgumentException>(() => PyramidWhatIf.On(pyramid, new() { Revenue = new double[] { 1 } }));
        Assert.Equal(("contribution", 1L), (Assert.Throws<RowFaultsException>(
            () => PyramidWhatIf.On(pyramid, new() { Revenue = new double[] { 1, 2 }, Contribution = new[] { 1, double.NaN } })) is var wrong ? (wrong.Faults[0].Column, (long)wrong.Faults[0].Row) : default));
    }

    private static CustomerId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => CustomerId.Of(FormattableString.Invariant($"{i}")))];
}
