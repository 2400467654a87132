using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

/// <summary>What sets a segment apart, in figures against plain loops (oracle) and in words worked by hand.</summary>
public sealed class SegmentProfileTests
{
    private static readonly Feature _spend = new() { Name = "spend", Unit = "EUR", Transform = FeatureTransform.Log1P, More = "spends more", Less = "spends less" };
    private static readonly Feature _days = new() { Name = "days since", Unit = "days", Less = "bought more recently" };

    [Fact]
    public void Profiles_AgainstPlainLoops_AreTheSame()
    {
        FeatureTable table = Planted.Table(Planted.Three(701, 2, out _));
        KMeans model = KMeans.Fit(table, new() { Segments = 3 }).OrThrow();
        byte[] labels = KMeansTests.Labels(model, table);
        int[] counts = [.. Enumerable.Range(0, 3).Select(j => labels.Count(label => label == j))];
        SegmentProfile[] profiles = SegmentProfiler.Of(table, labels, counts, new(), default);
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(counts[j], profiles[j].Customers);
            Assert.Equal(profiles[j].Differences.OrderByDescending(each => Math.Abs(each.Effect)), profiles[j].Differences);
            foreach (SegmentDifference difference in profiles[j].Differences)
            {
                int f = difference.Feature[0] - 'a';
                double[] Of(bool own, Func<int, double> value) => [.. Enumerable.Range(0, 701).Where(row => labels[row] == j == own).Select(value).Order()];
                double[] own = Of(true, row => table.Columns[f].Values.Span[row]);
                double[] others = Of(false, row => table.Columns[f].Values.Span[row]);
                Assert.Equal((own[(own.Length - 1) / 2] + own[own.Length / 2]) / 2, difference.Median);
                Assert.Equal((others[(others.Length - 1) / 2] + others[others.Length / 2]) / 2, difference.MedianOfOthers);
                Near.Relative(own.Average(), difference.Mean!.Value, 1e-11);
                Near.Relative(others.Average(), difference.MeanOfOthers!.Value, 1e-11);
                double[] ownScores = Of(true, row => table.Standardised[row, f]);
                double[] otherScores = Of(false, row => table.Standardised[row, f]);
                double within = ownScores.Sum(score => Math.Pow(score - ownScores.Average(), 2)) + otherScores.Sum(score => Math.Pow(score - otherScores.Average(), 2));
                Near.Relative((ownScores.Average() - otherScores.Average()) / Math.Sqrt(within / 701), difference.Effect, 1e-10);
            }
        }
    }

    [Fact]
    public void Words_OfASegment_SayWhatSetsItApart()
    {
        double[] spend = [300, 310, 320, 80, 85, 90, 100, 70];
        double[] days = [10, 12, 14, 140, 130, 150, 141, 139];
        double[] same = [1, 2, 1.5, 1, 2, 1.5, 1, 2];
        FeatureTable table = FeatureTable.Of(
            [.. Enumerable.Range(1, 8).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))],
            [_spend.Of(spend), _days.Of(days), new Feature { Name = "size" }.Of(same)]);
        SegmentProfile[] profiles = SegmentProfiler.Of(table, [1, 1, 1, 0, 0, 0, 0, 0], [5, 3], new(), default);
        Assert.Equal("bought more recently, spends more", profiles[1].Segment.Name);
        Assert.Equal("bought more recently: 12 days against 140 of the others; spends more: 310 EUR against 85 of the others", profiles[1].Segment.Words);
        Assert.Equal("higher days since: 140 days against 12 of the others; spends less: 85 EUR against 310 of the others", profiles[0].Segment.Words);
        Assert.Equal("found:2", profiles[1].Segment.Id.ToString());
        Assert.Null(profiles[1].Differences[2].Words);
    }

    // What stands in for a missing value is nobody's: not in the figures, and not in the words but as a share.
    [Fact]
    public void Profiles_WhereValuesAreMissing_AreOfThoseThatAreKnown()
    {
        var age = new Feature { Name = "age", Unit = "years", Missing = 0 };
        double unknown = double.NaN;
        SegmentProfile[] profiles = Of([30, 40, unknown, 35, 60, 62, unknown, 61], [0, 0, 0, 0, 1, 1, 1, 1]);
        SegmentDifference young = profiles[0].Differences[0];
        Assert.Equal((35.0, 61.0, 35.0, 61.0), (young.Median, young.MedianOfOthers, young.Mean, young.MeanOfOthers));
        Assert.Equal((0.25, 0.25), (young.Unknown, young.UnknownOfOthers));
        Near.Absolute((35 - 61) / Math.Sqrt((50 + 2) / 6.0), young.Effect * (profiles[0].Customers / 4), 1e-9);
        Assert.Equal("lower age: 35 years against 61 of the others (age not known of 25 %)", profiles[0].Segment.Words);

        SegmentProfile silent = Of([30, 40, 35, 36, unknown, unknown, unknown, unknown], [0, 0, 0, 0, 1, 1, 1, 1])[1];
        Assert.Null(silent.Differences[0].Median);
        Assert.Equal(0, silent.Differences[0].Effect);
        Assert.Equal("age not known of 100 % against 0 % of the others", silent.Segment.Words);
        Assert.Equal("age not known", silent.Segment.Name);

        SegmentProfile[] Of(double[] values, byte[] labels) => SegmentProfiler.Of(
            FeatureTable.Of([.. Enumerable.Range(1, 8).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))], [age.Of(values)]),
            labels, [4, 4], new(), default);
    }

    [Fact]
    public void Words_OfASegmentLikeTheOthers_ClaimNothing()
    {
        FeatureTable table = Planted.Table([1, 2, 3, 1, 2, 3.1]);
        Assert.Equal("much like the others", SegmentProfiler.Of(table, [0, 0, 0, 1, 1, 1], [3, 3], new(), default)[0].Segment.Words);
    }

    // Most buy nothing back, in both groups: the medians hide what the means show. Where both hide it, nothing is said.
    [Fact]
    public void Words_WhereMediansHideADifference_UseMeansOrNone()
    {
        var difference = new SegmentDifference { Feature = "returns", Effect = 0.9, Median = 0, MedianOfOthers = 0, Mean = 1.254, MeanOfOthers = 0.1 };
        var feature = new Feature { Name = "returns" };
        Assert.Equal("higher returns: on average 1.25 against 0.1 of the others", SegmentWords.Of(feature, difference, 0.5));
        Assert.Null(SegmentWords.Of(feature, difference with { Mean = 0.1001 }, 0.5));
        Assert.Null(SegmentWords.Of(feature, difference with { Effect = 0.49 }, 0.5));
        Assert.Null(SegmentWords.Of(feature, difference with { Effect = -0.9 }, 0.5));
    }

    [Theory]
    [InlineData(310.4, "310")]
    [InlineData(12345, "12300")]
    [InlineData(0.012345, "0.0123")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1e20, "1E+20")]
    [InlineData(1e-9, "1E-09")]
    public void Shown_ANumber_HasThreeDigits(double value, string shown) => Assert.Equal(shown, SegmentWords.Shown(value));

    // Neither group varies within itself: the difference is counted in the deviation of all.
    [Fact]
    public void Effect_OfGroupsThatDoNotVary_IsFinite() =>
        Near.Absolute(2, SegmentProfiler.Of(Planted.Table([1, 1, 1, 2, 2, 2]), [1, 1, 1, 0, 0, 0], [3, 3], new(), default)[0].Differences[0].Effect, 1e-12);

    [Fact]
    public void Names_ThatWouldBeTooLong_AreLeftOut()
    {
        var feature = new Feature { Name = new string('x', 1_000) };
        FeatureTable table = FeatureTable.Of([CustomerId.Of("1"), CustomerId.Of("2")], [feature.Of(new double[] { 1, 2 })]);
        SegmentProfile profile = SegmentProfiler.Of(table, [0, 1], [1, 1], new(), default)[0];
        Assert.Equal("much like the others", profile.Segment.Name);
        Assert.StartsWith("lower xxx", profile.Segment.Words, StringComparison.Ordinal);
    }
}
