using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Pyramids;

/// <summary>Values without names against the pyramid of the same values, and thresholds kept from it against the pyramid itself: properties over generated bases.</summary>
public sealed class TierColumnTests
{
    private static readonly PyramidScheme _fifths = PyramidScheme.OfShares("fifths", [.. "abcde".Select(name => new TierShare(Tier.Of($"{name}"), 0.2m))]);
    private static readonly PyramidScheme _byValue = PyramidScheme.OfValueShares("abc", new(Tier.Of("a"), 0.4m), new(Tier.Of("b"), 0.35m), new(Tier.Of("c"), 0.25m));

    public static TheoryData<PyramidScheme> Schemes => new(PyramidScheme.Curry, _fifths, PyramidScheme.OfThresholds("profit", new(Tier.Gold, 7), new(Tier.Iron, 0), new(Tier.Lead, null)));

    [Theory]
    [MemberData(nameof(Schemes))]
    public void RankValues_AnyBase_IsThePyramidToTheBit(PyramidScheme scheme) => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        double[] values = [.. customers.Rows.Select(row => row.Value)];
        int[] shared = [.. customers.Rows.Select(row => row.Customers)];
        Pyramid pyramid = scheme.Rank([.. customers.Rows.Select(row => row.Id)], values, [], shared);
        TierColumn column = scheme.RankValues(values, shared);
        Assert.Equal(pyramid.Tiers, column.Tiers);
        Assert.Equal(pyramid.TierOfRow, column.TierOfRow);
        Assert.Same(scheme, column.Scheme);

        // Ten rows of one are one row of ten.
        Assert.Equal(column.Tiers, scheme.RankValues([.. customers.Repeated().Rows.Select(row => row.Value)]).Tiers);
    });

    [Fact]
    public void RankValues_WrongValues_NamesAllOfThem()
    {
        RowFaultsException exception = Assert.Throws<RowFaultsException>(() => PyramidScheme.Curry.RankValues([1, double.NaN, double.PositiveInfinity]));
        Assert.Contains("row 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("row 2", exception.Message, StringComparison.Ordinal);
        Assert.Throws<RowFaultsException>(() => PyramidScheme.Curry.RankValues([1, 2], [1, 0]));
        Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.RankValues([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.RankValues([double.MaxValue, double.MaxValue]));
        Assert.Equal(0, PyramidScheme.Curry.RankValues([]).Tiers.Sum(tier => tier.Customers));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Kept_AnyBase_CutsItAlike(PyramidScheme scheme) => FixedSeed.ForAll(ValuedBase.Any, customers => HasItsTiers(customers, customers.Rank(scheme)));

    [Fact]
    public void Kept_AnyBaseByValue_CutsItAlike() => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        if (customers.Rows.Where(row => row.IsActive).Sum(row => (decimal)row.Value * row.Customers) > 0)
        {
            HasItsTiers(customers, customers.Rank(_byValue));
        }
    });

    [Fact]
    public void Kept_TiersThatNobodyStandsIn_BeginAboveWhoStandsBelow()
    {
        PyramidScheme kept = ValuedBase.Of(5, 5, 5).Rank(PyramidScheme.Curry).Kept();
        Pyramid pyramid = kept.Rank([.. Enumerable.Range(0, 4).Select(ValuedBase.Id)], [5, 6, 5, 4]);
        Assert.Equal([Tier.Small, Tier.Top, Tier.Small, Tier.Small], Enumerable.Range(0, 4).Select(row => pyramid[ValuedBase.Id(row)]));
        Assert.Throws<InvalidOperationException>(() => ValuedBase.Of().Rank(PyramidScheme.Curry).Kept());
    }

    // Between neighbours no number is left for a tier that nobody stands in, and none is above the greatest.
    [Fact]
    public void Kept_WhereNoNumberIsLeft_SaysSo()
    {
        PyramidScheme scheme = PyramidScheme.OfShares("three", new(Tier.Of("a"), 0.2m), new(Tier.Of("b"), 0.01m), new(Tier.Of("c"), 0.79m));
        Assert.Contains("tier b", Assert.Throws<InvalidOperationException>(() => ValuedBase.Of(Math.BitIncrement(1), 1, 1, 1, 1).Rank(scheme).Kept()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => ValuedBase.Of(double.MaxValue).Rank(PyramidScheme.Curry).Kept());
    }

    private static void HasItsTiers(ValuedBase customers, Pyramid pyramid)
    {
        if (!customers.Rows.Any(row => row.IsActive))
        {
            return;
        }

        PyramidScheme kept = pyramid.Kept();
        Assert.Equal(PyramidCut.Threshold, kept.Cut);
        Assert.Equal(pyramid.Scheme.Tiers.Select(tier => tier.Tier), kept.Tiers.Select(tier => tier.Tier));
        Pyramid again = customers.Rank(kept);
        Assert.Equal(pyramid.TierOfRow, again.TierOfRow);
        Assert.Equal(pyramid.Tiers, again.Tiers);
    }
}
