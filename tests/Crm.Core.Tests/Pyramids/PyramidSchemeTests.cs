using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Pyramids;

// Published: Curry's tiers; percentiles quoted with the profit pyramid of Zeithaml, Rust and Lemon. Examples of what is refused.
public sealed class PyramidSchemeTests
{
    private static readonly Tier _a = Tier.Of("a");
    private static readonly Tier _b = Tier.Of("b");

    public static TheoryData<TierShare[], string> Refused => new()
    {
        { [], "A scheme has 1 to 100 tiers; this one has 0." },
        { [.. Enumerable.Range(0, 101).Select(i => new TierShare(Tier.Of($"{i}"), 1m / 101))], "A scheme has 1 to 100 tiers; this one has 101." },
        { [new(_a, 0.5m), new(_b, 0.4m)], "The shares sum to 1; these sum to 0.9. Give fractions: 0.01 for 1 %." },
        { [new(_a, 20), new(_b, 80)], "these sum to 100." },
        { [new(_a, 1.5m), new(_b, -0.5m)], "Each share is above 0; that of the tier b is -0.5." },
        { [new(_a, 1), new(_b, 0)], "Each share is above 0; that of the tier b is 0." },
        { [new(_a, 1.5m), new(default, -0.5m)], "Each share is above 0; that of the tier (none) is -0.5." },
        { [new(_a, 0.5m), new(_a, 0.5m)], "Each tier stands once in a scheme" },
        { [new(_a, 0.5m), new(Tier.Inactive, 0.5m)], "'inactive' is kept for those who are not ranked." },
        { [new(_a, 0.5m), new(default, 0.5m)], "has a name" },
    };

    [Fact]
    public void Curry_Tiers_AreThePublishedShares()
    {
        TierShare[] published = [new(Tier.Top, 0.01m), new(Tier.Large, 0.04m), new(Tier.Medium, 0.15m), new(Tier.Small, 0.80m)];
        Assert.Equal(published, PyramidScheme.Curry.Tiers);
        Assert.Equal("curry", PyramidScheme.Curry.Name);
    }

    [Fact]
    public void OfShares_ProfitPyramid_CutsPercentilesAndKeepsLossMakersAtTheBottom()
    {
        PyramidScheme scheme = PyramidScheme.OfShares("profit",
            new(Tier.Of("platinum"), 0.20m), new(Tier.Of("gold"), 0.30m), new(Tier.Of("iron"), 0.30m), new(Tier.Of("lead"), 0.20m));
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Range(-10, 100).Select(i => (double)i)]).Rank(scheme);
        Assert.Equal([20L, 30, 30, 20], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal(("lead", -10.0, 9.0), (pyramid.Tiers[3].Tier.Name, pyramid.Tiers[3].Least, pyramid.Tiers[3].Greatest));
    }

    [Fact]
    public void OfShares_OneTier_HoldsAll() =>
        Assert.Equal([3L], ValuedBase.Of(1, 2, 3).Rank(PyramidScheme.OfShares("one", new TierShare(_a, 1))).Tiers.Select(t => t.Customers));

    [Fact]
    public void OfShares_ListChangedAfterwards_ChangesNothing()
    {
        var tiers = new List<TierShare> { new(_a, 0.5m), new(_b, 0.5m) };
        PyramidScheme scheme = PyramidScheme.OfShares("two", tiers);
        tiers.Clear();
        Assert.Equal(2, scheme.Tiers.Count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void OfShares_NoScheme_IsRefusedWithTheReason(TierShare[] tiers, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => PyramidScheme.OfShares("x", tiers));
        Assert.Equal("tiers", refusal.ParamName);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void OfShares_NoName_IsRefused(string name) =>
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => PyramidScheme.OfShares(name, new TierShare(_a, 1))).ParamName);

    [Theory]
    [InlineData(0.01, 50, 1)]
    [InlineData(0.01, 49, 0)]
    [InlineData(0.05, 10, 1)]
    [InlineData(0.2, 10_050, 2010)]
    [InlineData(1, 7, 7)]
    public void Cut_ShareOfCustomers_RoundsHalvesUp(double share, long customers, long cut) =>
        Assert.Equal(cut, PyramidScheme.Cut((decimal)share, customers));

    [Fact]
    public void Tier_Names_AreKeptAndChecked()
    {
        Assert.Equal(Tier.Top, Tier.Of("top"));
        Assert.Equal("(none)", default(Tier).ToString());
        Assert.All(new[] { null, "", " ", new string('x', 41) }, name =>
            Assert.Equal("name", Assert.Throws<ArgumentException>(() => Tier.Of(name!)).ParamName));
    }
}
