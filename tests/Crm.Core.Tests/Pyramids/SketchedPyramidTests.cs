using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Pyramids;

// Against the pyramid of the values themselves; examples.
public sealed class SketchedPyramidTests
{
    private static readonly PyramidScheme _tenths = PyramidScheme.OfShares("tenths", [.. "abcdefghij".Select(name => new TierShare(Tier.Of($"{name}"), 0.1m))]);

    private static readonly PyramidScheme _thresholds =
        PyramidScheme.OfThresholds("thresholds", new(Tier.Top, 123.45), new(Tier.Large, 7), new(Tier.Medium, 0), new(Tier.Small, -0.1), new(Tier.Lead, null));

    private static readonly PyramidScheme _values =
        PyramidScheme.OfValueShares("values", new(Tier.Top, 0.3m), new(Tier.Large, 0.2m), new(Tier.Medium, 0.49m), new(Tier.Small, 0.01m));

    public static TheoryData<PyramidScheme> Schemes => new(PyramidScheme.Curry, _tenths, _thresholds, _values);

    // Of nothing or less there are no shares, and what is left of amounts that cancel is a matter of rounding.
    private static bool CanCut(PyramidScheme scheme, SketchBase values) => scheme != _values || values.Values.Length == 0
        || values.Total * 1_000_000 > values.Values.Aggregate(BigInteger.Zero, (sum, value) => sum + BigInteger.Abs(ExactDouble.Of(value)));

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Rank_AnyValues_BoundsHoldTheExactPyramid(PyramidScheme scheme) => ForAll(values =>
    {
        if (!CanCut(scheme, values))
        {
            return;
        }

        SketchedPyramid sketched = scheme.Rank(values.Sketch());
        Pyramid exact = values.Rank(scheme);
        var sums = new BigInteger[scheme.Tiers.Count];
        for (int row = 0; row < values.Values.Length; row++)
        {
            sums[exact.TierOfRow[row]] += ExactDouble.Of(values.Values[row]);
        }

        for (int tier = 0; tier < sums.Length; tier++)
        {
            SketchedTier found = sketched.Tiers[tier];
            Assert.Equal(exact.Tiers[tier].Tier, found.Tier);
            Assert.InRange(exact.Tiers[tier].Customers, found.CustomersLow, found.CustomersHigh);
            Assert.True(ExactDouble.Of(found.ValueLow) <= sums[tier] && sums[tier] <= ExactDouble.Of(found.ValueHigh), $"{found} for {exact.Tiers[tier]}");
            Assert.InRange(found.Customers, found.CustomersLow, found.CustomersHigh);
            Assert.InRange(found.Value, found.ValueLow, found.ValueHigh);
            Assert.True(exact.Tiers[tier].Least is not { } least || least > found.FloorLow);
            Assert.True(tier + 1 == sums.Length || exact.Tiers[tier + 1].Greatest is not { } greatest || greatest <= found.Floor);
        }
    });

    [Theory]
    [MemberData(nameof(Schemes))]
    public void TierOf_EveryCustomer_AddsUpToTheStatedTiers(PyramidScheme scheme) => ForAll(values =>
    {
        if (!CanCut(scheme, values))
        {
            return;
        }

        SketchedPyramid sketched = scheme.Rank(values.Sketch());
        ILookup<Tier, double> tiers = values.Values.ToLookup(sketched.TierOf);
        long held = 0;
        decimal share = 0;
        for (int tier = 0; tier < scheme.Tiers.Count; tier++)
        {
            SketchedTier stated = sketched.Tiers[tier];
            double[] found = [.. tiers[stated.Tier]];
            Assert.Equal(found.Length, stated.Customers);
            Assert.Equal(ExactDouble.Nearest(SketchBase.Sum(found), ExactDouble.One), stated.Value);
            held += found.Length;
            share += scheme.Tiers[tier].Share ?? 1;
            Assert.True(scheme.Cut == PyramidCut.ShareOfValue || held <= PyramidScheme.CutOf(share, values.Values.Length));
        }
    });

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Rank_FewDifferentValues_IsTheExactPyramid(PyramidScheme scheme) => FixedSeed.ForAll(SketchBase.Any, values =>
    {
        if (!CanCut(scheme, values))
        {
            return;
        }

        var sketch = new ValueSketch();
        sketch.Add(values.Values);
        SketchedPyramid sketched = scheme.Rank(sketch);
        Pyramid exact = values.Rank(scheme);
        Assert.Equal(exact.Tiers.Select(tier => tier.Customers), sketched.Tiers.Select(tier => tier.Customers));
        Assert.All(sketched.Tiers, tier => Assert.Equal((tier.Customers, tier.Customers), (tier.CustomersLow, tier.CustomersHigh)));
        Assert.All(sketched.Tiers, tier => Assert.Equal((tier.Value, tier.Value), (Math.Min(tier.Value, Math.BitIncrement(tier.ValueLow)), Math.Max(tier.Value, Math.BitDecrement(tier.ValueHigh)))));
        for (int row = 0; row < values.Values.Length; row++)
        {
            Assert.Equal(exact.Tiers[exact.TierOfRow[row]].Tier, sketched.TierOf(values.Values[row]));
        }
    });

    [Fact]
    public void Rank_ManyValues_IsCloseToTheExactPyramid()
    {
        var stream = new Random(11);
        double[] values = [.. Enumerable.Range(0, 200_000).Select(_ => Math.Exp(Enumerable.Range(0, 12).Sum(_ => stream.NextDouble()) - 6))];
        var sketch = new ValueSketch();
        sketch.Add(values);
        SketchedPyramid sketched = PyramidScheme.Curry.Rank(sketch);
        Pyramid exact = new SketchBase("normal logs", values, 0).Rank(PyramidScheme.Curry);
        for (int tier = 0; tier < 4; tier++)
        {
            Assert.True(sketched.Tiers[tier].CustomersHigh - sketched.Tiers[tier].CustomersLow <= 200, sketched.Tiers[tier].ToString());
            Near.Relative(exact.Tiers[tier].Value, sketched.Tiers[tier].Value, 3e-3);
            Assert.True((sketched.Tiers[tier].ValueHigh / sketched.Tiers[tier].ValueLow) - 1 < 4e-3, sketched.Tiers[tier].ToString());
        }
    }

    [Fact]
    public void Rank_AllEqual_AreAllInTheLast()
    {
        SketchedPyramid pyramid = PyramidScheme.Curry.Rank(Of(7, 7, 7, 7));
        Assert.Equal([0, 0, 0, 4], pyramid.Tiers.Select(tier => tier.Customers));
        Assert.Equal(Tier.Small, pyramid.TierOf(7));
        Assert.Equal(Tier.Top, pyramid.TierOf(8));
    }

    [Fact]
    public void Rank_Nobody_HasEmptyTiers()
    {
        SketchedPyramid pyramid = PyramidScheme.Curry.Rank(new ValueSketch());
        Assert.Equal(0, pyramid.Customers);
        Assert.All(pyramid.Tiers, tier => Assert.Equal((0L, 0L, 0L, 0.0, 0.0, 0.0, null), (tier.Customers, tier.CustomersLow, tier.CustomersHigh, tier.Value, tier.ValueLow, tier.ValueHigh, tier.ShareOfValue)));
    }

    [Fact]
    public void Rank_SketchAddedToAfterwards_DoesNotChange()
    {
        ValueSketch sketch = Of(1, 2, 3);
        SketchedPyramid pyramid = PyramidScheme.Curry.Rank(sketch);
        string before = pyramid.ToString();
        sketch.Add(1e6, 1_000);
        Assert.Equal(before, pyramid.ToString());
    }

    [Fact]
    public void Rank_SharesOfNoValue_AreRefused() =>
        Assert.Contains("of that there are no shares", Assert.Throws<ArgumentException>(() => _values.Rank(Of(1, -1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Rank_SumsThatAreNotFinite_AreRefused() =>
        Assert.Equal("sketch", Assert.Throws<ArgumentException>(() => PyramidScheme.Curry.Rank(Of(double.MaxValue, double.MaxValue))).ParamName);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TierOf_AValueThatIsNotFinite_IsRefused(double value) =>
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => PyramidScheme.Curry.Rank(Of(1)).TierOf(value)).ParamName);

    [Fact]
    public void ToString_APyramid_IsATable()
    {
        string text = PyramidScheme.Curry.Rank(Of([.. Enumerable.Range(1, 100).Select(i => i * 10.0)])).ToString();
        string[] lines = text.Split(Environment.NewLine);
        Assert.Equal("tier          customers   of all              value   of all        worth over", lines[0]);
        Assert.Equal("top                   1    1.0 %              1,000    2.0 %            990.00", lines[1]);
        Assert.Equal("small                80   80.0 %             32,400   64.2 %                 -", lines[4]);
    }

    private static ValueSketch Of(params double[] values)
    {
        var sketch = new ValueSketch();
        sketch.Add(values);
        return sketch;
    }

    private static void ForAll(Action<SketchBase> check)
    {
        FixedSeed.ForAll(SketchBase.Any, check);
        FixedSeed.ForAll(SketchBase.Wide, check, 8);
    }
}
