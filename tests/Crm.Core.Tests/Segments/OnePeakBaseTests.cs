using Crm.Core.Numerics;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

/// <summary>Draws without segments: like the base in values, spread and correlation, and without its gap.</summary>
public sealed class OnePeakBaseTests
{
    [Fact]
    public void Draw_OfANormalBase_HasItsQuantilesAndCorrelation()
    {
        FeatureTable table = BaseKind.Draw("normal r=0.9", 2_000, 1);
        ColumnMatrix drawn = Of(table).Draw(20_000, new RandomStream(1, 913, 0));
        double[] own = [.. table.Standardised.Column(0).ToArray().Order()];
        double[] others = [.. drawn.Column(0).ToArray().Order()];
        Assert.All(new[] { 0.05, 0.25, 0.5, 0.75, 0.95 }, at => Near.Absolute(own[(int)(at * 2_000)], others[(int)(at * 20_000)], 0.08));
        double[,] covariances = ColumnCovariances.Of(drawn);
        Near.Absolute(0.9, covariances[0, 1] / Math.Sqrt(covariances[0, 0] * covariances[1, 1]), 0.02);
    }

    // Counts stay counts, as often as they were, and as tied as they were though their grain hides some of that.
    [Fact]
    public void Draw_OfCounts_HasTheirValuesAndCorrelation()
    {
        FeatureTable table = BaseKind.Draw("two counts, one in the other", 2_000, 1);
        ColumnMatrix drawn = Of(table).Draw(20_000, new RandomStream(1, 913, 0));
        double[] own = table.Standardised.Column(0).ToArray();
        double[] others = drawn.Column(0).ToArray();
        Assert.Subset(own.ToHashSet(), others.ToHashSet());
        Assert.All(own.Distinct(), value => Near.Absolute(own.Count(each => each == value) / 2_000.0, others.Count(each => each == value) / 20_000.0, 0.02));
        double[,] before = ColumnCovariances.Of(table.Standardised);
        double[,] after = ColumnCovariances.Of(drawn);
        Near.Absolute(before[0, 1], after[0, 1] / Math.Sqrt(after[0, 0] * after[1, 1]), 0.03);
    }

    [Theory]
    [InlineData(FeatureTransform.None)]
    [InlineData(FeatureTransform.Log1P)]
    public void Draw_OfCountsWithAGap_FillsIt(FeatureTransform transform)
    {
        double[] counts = [.. Enumerable.Range(0, 600).Select(row => (double)(row % 2 == 0 ? row / 2 % 4 : 20 + (row / 2 % 4)))];
        FeatureTable table = FeatureTable.Of(
            [.. Enumerable.Range(1, 600).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))], [new Feature { Name = "a", Transform = transform }.Of(counts)]);
        double[] drawn = [.. Of(table).Draw(4_000, new RandomStream(1, 913, 0)).Column(0).ToArray().Select(value => Math.Round(table.Features[0].Original(value), 6))];
        Assert.All(drawn, value => Assert.Equal(Math.Round(value), value, 1e-5));
        Assert.True(drawn.Count(value => value is > 4 and < 19) > 200);
    }

    // Of one feature the likelihood is that of its cells, whatever is tied with it.
    [Fact]
    public void LogLikelihood_OfAnEvenLine_IsThatOfItsRange()
    {
        FeatureTable table = Planted.Table([.. Enumerable.Range(0, 400).Select(row => (double)row)]);
        double range = table.Standardised[399, 0] - table.Standardised[0, 0];
        Near.Relative(-400 * Math.Log(range), OnePeakBase.LogLikelihoodOf([.. table.Features], table.Standardised), 0.01);
    }

    // For a normal base the copula is the truth: the likelihood is the normal one, but for how the features are cut.
    [Fact]
    public void LogLikelihood_OfANormalBase_IsNearTheNormalOne()
    {
        FeatureTable table = BaseKind.Draw("normal r=0.9", 3_000, 1);
        double own = OnePeakBase.LogLikelihoodOf([.. table.Features], table.Standardised) / 3_000;
        GaussianComponent normal = GaussianComponent.Of(1, [0, 0], ColumnCovariances.Of(table.Standardised), isFull: true)!;
        Near.Absolute(Enumerable.Range(0, 3_000).Average(row => normal.LogDensity([table.Standardised[row, 0], table.Standardised[row, 1]])), own, 0.05);
    }

    private static OnePeakBase Of(FeatureTable table) => OnePeakBase.Of(
        [.. table.Features.Select((scale, f) => OnePeakFeature.Of(scale, table.Standardised.Column(f)))], table.Standardised, 1);
}
