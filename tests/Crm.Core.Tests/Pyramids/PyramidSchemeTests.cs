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
        { [new(_a, 0.5m), new(Tier.Inactive, 0.5m)], "are kept for those who are not ranked." },
        { [new(_a, 0.5m), new(default, 0.5m)], "has a name" },
    };

    [Fact]
    public void Curry_Tiers_AreThePublishedShares()
    {
        (Tier, decimal?)[] published = [(Tier.Top, 0.01m), (Tier.Large, 0.04m), (Tier.Medium, 0.15m), (Tier.Small, 0.80m)];
        Assert.Equal(published, PyramidScheme.Curry.Tiers.Select(tier => (tier.Tier, tier.Share)));
        Assert.Equal("curry", PyramidScheme.Curry.Name);
    }

    [Fact]
    public void ZeithamlRustLemon_OnProfit_CutsPercentilesAndKeepsLossMakersAtTheBottom()
    {
        Pyramid pyramid = ValuedBase.Of([.. Enumerable.Range(-10, 100).Select(i => (double)i)]).Rank(PyramidScheme.ZeithamlRustLemon);
        Assert.Equal([20L, 30, 30, 20], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal(("lead", -10.0, 9.0), (pyramid.Tiers[3].Tier.Name, pyramid.Tiers[3].Least, pyramid.Tiers[3].Greatest));
    }

    // A threshold counts to the tier it begins; who costs money is below 0, however many they are.
    [Fact]
    public void OfThresholds_OnProfit_CutsWhereItSays()
    {
        PyramidScheme scheme = PyramidScheme.OfThresholds("profit", new(Tier.Platinum, 1_000), new(Tier.Gold, 100), new(Tier.Iron, 0), new(Tier.Lead, null));
        Pyramid pyramid = ValuedBase.Of(5_000, 1_000, 999.99, 100, 99, 0, -0.0, -1, -2, -3).Rank(scheme);
        Assert.Equal([2L, 2, 3, 3], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal((1_000.0, 100.0, 0.0, (double?)-3.0), (pyramid.Tiers[0].Least, pyramid.Tiers[1].Least, pyramid.Tiers[2].Least, pyramid.Tiers[3].Least));
    }

    // 50, 30, 10 and ten of 1 make 100: the first is half of it; the next two make 40, which is all of the next 0.4; ties of 1 go down together.
    [Fact]
    public void OfValueShares_AsManyAsMakeNoMore()
    {
        PyramidScheme scheme = PyramidScheme.OfValueShares("abc", new(Tier.Of("a"), 0.5m), new(Tier.Of("b"), 0.4m), new(Tier.Of("c"), 0.05m), new(Tier.Of("d"), 0.05m));
        double[] values = [50, 30, 10, .. Enumerable.Repeat(1.0, 10)];
        Pyramid pyramid = ValuedBase.Of(values).Rank(scheme);
        Assert.Equal([1L, 2, 0, 10], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal(pyramid.TierOfRow.ToArray(), ValuedBase.Of([.. values.Select(value => value * 0.1)]).Rank(scheme).TierOfRow.ToArray()); // 0.1 is no power of two

        // One who alone makes more than the first share is not in the first tier.
        Assert.Equal([0L, 0, 0, 2], ValuedBase.Of(99, 1).Rank(PyramidScheme.OfValueShares("abc", new(Tier.Of("a"), 0.5m), new(Tier.Of("b"), 0.3m), new(Tier.Of("c"), 0.1m), new(Tier.Of("d"), 0.1m)))
            .Tiers.Select(t => t.Customers));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -2)]
    [InlineData(1e16, -1e16)]
    public void OfValueShares_OverNothingOrLess_IsRefused(double one, double other) => Assert.Contains(
        "Cut by share of customers, or by thresholds",
        Assert.Throws<ArgumentException>(() => ValuedBase.Of(one, other).Rank(PyramidScheme.OfValueShares("ab", new(_a, 0.5m), new(_b, 0.5m)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OfThresholds_ThatOverlapOrLack_AreRefused()
    {
        string Refusal(params TierFloor[] tiers) => Assert.Throws<ArgumentException>(() => PyramidScheme.OfThresholds("x", tiers)).Message;
        Assert.Contains("Thresholds go down; that of the tier b is 5, and of the tier a before it 5.", Refusal(new(_a, 5), new(_b, 5), new(Tier.Of("c"), null)), StringComparison.Ordinal);
        Assert.Contains("that of the tier b is 1.", Refusal(new(_a, 5), new(_b, 1)), StringComparison.Ordinal);
        Assert.Contains("that of the tier a is none.", Refusal(new(_a, null), new(_b, null)), StringComparison.Ordinal);
        Assert.Contains("that of the tier a is NaN.", Refusal(new(_a, double.NaN), new(_b, null)), StringComparison.Ordinal);
        Assert.Contains("Each tier stands once", Refusal(new(_a, 5), new(_a, null)), StringComparison.Ordinal);
        Assert.Contains("kept for those who are not ranked", Refusal(new(_a, 5), new(Tier.Suspect, null)), StringComparison.Ordinal);
    }

    // Curry's seven layers: four of customers who are ranked, and below them three who are not.
    [Fact]
    public void Rank_WithLayers_PutsThemBelowInTheirOrder()
    {
        CustomerId[] ids = [.. Enumerable.Range(0, 104).Select(i => CustomerId.Of($"{i}"))];
        double[] values = [.. Enumerable.Range(0, 104).Select(i => i < 100 ? 1_000.0 - i : 0)];
        CustomerLayer[] layers = [.. Enumerable.Range(0, 104).Select(i => i < 100 ? CustomerLayer.Active : i < 102 ? CustomerLayer.Suspect : i == 102 ? CustomerLayer.Prospect : CustomerLayer.Inactive)];
        Pyramid pyramid = PyramidScheme.Curry.RankLayers(ids, values, layers);
        Assert.Equal(["top", "large", "medium", "small", "inactive", "prospect", "suspect"], pyramid.Tiers.Select(t => t.Tier.Name));
        Assert.Equal([1L, 4, 15, 80, 1, 1, 2], pyramid.Tiers.Select(t => t.Customers));
        Assert.Equal((Tier.Suspect, Tier.Prospect, Tier.Inactive), (pyramid[ids[101]], pyramid[ids[102]], pyramid[ids[103]]));
        layers[3] = (CustomerLayer)9;
        Assert.Equal("layer", Assert.Throws<RowFaultsException>(() => PyramidScheme.Curry.RankLayers(ids, values, layers)).Faults[0].Column);
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
        Assert.Equal(cut, PyramidScheme.CutOf((decimal)share, customers));

    [Fact]
    public void Tier_Names_AreKeptAndChecked()
    {
        Assert.Equal(Tier.Top, Tier.Of("top"));
        Assert.Equal("(none)", default(Tier).ToString());
        Assert.All(new[] { null, "", " ", new string('x', 41) }, name =>
            Assert.Equal("name", Assert.Throws<ArgumentException>(() => Tier.Of(name!)).ParamName));
    }
}
