using System.Collections.Concurrent;
using Crm.Core.Benefits;
using Crm.Core.Numerics;
using Crm.Core.Segments;

namespace Crm.Core.Tests.Segments;

/// <summary>The rule of choice by simulation: planted segments are found, noise is called noise; and what the result is for.</summary>
public sealed class DiscoveredSegmentsTests
{
    private static readonly DiscoveryOptions _few = new() { MaxSegments = 5 };

    [Fact]
    public void Find_PlantedSegments_FindsTheirNumberInMostSeeds()
    {
        int right = 0;
        for (ulong seed = 1; seed <= 8; seed++)
        {
            FeatureTable table = Planted.Table(Planted.Three(600, seed, out byte[] truth));
            DiscoveredSegments found = DiscoveredSegments.Find(table, _few with { Seed = seed });
            right += found.Model?.Count == 3 && AdjustedRand.Of(truth, KMeansTests.Labels(found.Model, table)) > 0.98 ? 1 : 0;
        }

        Assert.InRange(right, 7, 8);
    }

    [Fact]
    public void Find_InOneNormalDistribution_FindsNothing()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            double[][] noise = Planted.Noise(500, 3, seed);
            noise[2] = [.. noise[2].Zip(noise[0], (own, other) => own + (2 * other))];
            DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(noise), _few with { Seed = seed });
            Assert.False(found.Found, found.Why);
            Assert.Equal("No structure was found: one segment says as much of the customers as several do.", found.Why);
            Assert.Empty(found.Segments);
            Assert.DoesNotContain(found.Candidates, candidate => candidate.IsChosen);
        }
    }

    // Two bumps that run into each other: several describe them better, and nobody could say who belongs to which.
    [Fact]
    public void Find_WhereSegmentsOverlap_SaysThat()
    {
        FeatureTable table = Planted.Table(Planted.Columns(1_500, [[0], [2.2]], [0.5, 0.5], 1, out _));
        DiscoveredSegments found = DiscoveredSegments.Find(table, _few with { MaxSegments = 2 });
        Assert.StartsWith("No structure was found that customers can be told apart by", found.Why, StringComparison.Ordinal);
        DiscoveryCandidate two = found.Candidates.Where(candidate => candidate.Segments == 2).MinBy(candidate => candidate.Bic)!;
        Assert.StartsWith("its segments overlap: ", two.Verdict, StringComparison.Ordinal);
        Assert.True(DiscoveredSegments.Find(table, _few with { MaxSegments = 2, LeastCertainty = 0.5, LeastStability = 0.3, LeastDip = 0, NullDraws = 0 }).Found);
    }

    // A square that is evenly filled has no segments either, though normal distributions tile it better than one does.
    [Theory]
    [InlineData(DiscoveryMethod.Automatic)]
    [InlineData(DiscoveryMethod.KMeans)]
    [InlineData(DiscoveryMethod.GaussianMixture)]
    public void Find_InAnEvenCube_FindsNothing(DiscoveryMethod method)
    {
        var random = new RandomStream(3, 906, 0);
        double[][] columns = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 800).Select(_ => random.NextDouble()).ToArray())];
        Assert.False(DiscoveredSegments.Find(Planted.Table(columns), _few with { Method = method }).Found);
    }

    [Fact]
    public void Find_OnlyByKMeans_FindsTheSame()
    {
        FeatureTable table = Planted.Table(Planted.Three(600, 2, out byte[] truth));
        DiscoveredSegments found = DiscoveredSegments.Find(table, _few with { Method = DiscoveryMethod.KMeans });
        Assert.IsType<KMeans>(found.Model);
        Assert.InRange(AdjustedRand.Of(truth, KMeansTests.Labels(found.Model, table)), 0.98, 1);
        Assert.StartsWith("3 segments by k-means: the greatest silhouette (", found.Why, StringComparison.Ordinal);
    }

    // Three values of each feature and nothing between them: every mixture collapses, and k-means needs none.
    [Fact]
    public void Find_WhereMixturesCollapse_TakesKMeans()
    {
        double[] one = [.. Enumerable.Range(0, 300).Select(row => (double)(row % 3))];
        double[] other = [.. one.Select(value => value == 2 ? 0.0 : value)];
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(one, other), new() { MinSegments = 3, MaxSegments = 3 });
        Assert.Equal(3, Assert.IsType<KMeans>(found.Model).Count);
        Assert.All(found.Candidates.Where(candidate => candidate is { Segments: 3, Method: DiscoveryMethod.GaussianMixture }), candidate =>
            Assert.Equal("a segment collapsed on one value, so that its BIC says nothing", candidate.Verdict));
    }

    // The values of one feature are no segments: draws with the same values are cut as cleanly.
    [Theory]
    [InlineData(DiscoveryMethod.Automatic)]
    [InlineData(DiscoveryMethod.KMeans)]
    public void Find_InAFeatureOfFewValues_DoesNotTakeThemForSegments(DiscoveryMethod method)
    {
        DiscoveredSegments found = DiscoveredSegments.Find(BaseKind.Draw("Poisson(2)", 300, 1), _few with { Method = method, Seed = 1 });
        Assert.False(found.Found, found.Why);
        DiscoveryDiagnostic few = Assert.Single(found.Diagnostics);
        Assert.Equal(DiscoveryDiagnosis.FewValues, few.Diagnosis);
        Assert.Matches("^The feature 'a' has [0-9]+ different values only.$", few.Message);
        Assert.Contains(found.Candidates, candidate => candidate.Verdict == "a segment collapsed on one value, so that its BIC says nothing");
    }

    // One candidate that collapsed on a few says nothing about the others.
    [Fact]
    public void Find_WhereAFewCustomersShareAPoint_StillTakesTheMixture()
    {
        FeatureTable table = BaseKind.Draw("2: parallel ellipses, one in twenty on one point", 400, 2);
        DiscoveredSegments found = DiscoveredSegments.Find(table, _few);
        Assert.Contains(found.Candidates, candidate => candidate.Verdict.Contains("collapsed", StringComparison.Ordinal));
        Assert.Equal(2, Assert.IsType<GaussianMixture>(found.Model).Count);
    }

    // No two customers share a value: the reason given must be another.
    [Fact]
    public void Verdict_WhereNoValueIsShared_DoesNotSayThatOneIs()
    {
        double[][] columns = Planted.Noise(60, 2, 3);
        for (int row = 0; row < 12; row++)
        {
            columns[1][row] = 3 + (2 * columns[0][row]);
        }

        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(columns), _few);
        string[] collapsed = [.. found.Candidates.Select(candidate => candidate.Verdict).Where(verdict => verdict.EndsWith("its BIC says nothing", StringComparison.Ordinal))];
        Assert.NotEmpty(collapsed);
        Assert.All(collapsed, verdict => Assert.Matches("^a segment of [0-9]+ customers collapsed: it is flat in ", verdict));
        Assert.DoesNotContain("share", found.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_WithOneQuantityTwice_LeavesTheSecondOutAndSaysSo()
    {
        double[][] columns = Planted.Three(400, 2, out byte[] truth);
        double[] tax = [.. columns[0].Select(value => Math.Round(119 * value) / 100)];
        FeatureTable table = Planted.Table([columns[0], tax, columns[1], columns[2], [.. columns[0].Zip(columns[2], (a, c) => a - (2 * c))]]);
        DiscoveredSegments found = DiscoveredSegments.Find(table, _few);
        Assert.Equal(3, found.Model?.Count);
        Assert.Equal(["a", "c", "d"], found.Model!.Features.Select(scale => scale.Feature.Name));
        Assert.Equal(
            [
                "The feature 'b' follows from 'a', which tell 100 % of it, and was left out.",
                "The feature 'e' follows from 'a' and 'd', which tell 100 % of it, and was left out.",
            ],
            found.Diagnostics.Where(each => each.Diagnosis == DiscoveryDiagnosis.CollinearFeatures).Select(each => each.Message));
        var to = new AssignmentColumns { Segments = new int[400] };
        found.Model.Assign(table.Columns, to);
        Assert.InRange(AdjustedRand.Of(truth, KMeansTests.Labels(found.Model, table.Only([0, 2, 3]))), 0.98, 1);
    }

    // A tight segment takes customers whom the mixture counts in part for the wide one around it: its share is less, its customers are more.
    [Fact]
    public void Segments_OfAMixture_AreOrderedByTheCustomersShown()
    {
        double[] values = [.. Enumerable.Range(0, 800).Select(row => new RandomStream(5, 911, (ulong)row).NextNormal() is var normal && row < 392 ? 0.25 * normal : 2.2 + (1.1 * normal))];
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(values), new() { MaxSegments = 2 });
        Assert.True(found.Model?.Shares[0] < found.Model?.Shares[1], found.Why);
        Assert.True(found.Profiles[0].Customers > found.Profiles[1].Customers);
        var to = new AssignmentColumns { Segments = new int[800] };
        found.Model!.Assign(Planted.Table(values).Columns, to);
        Assert.Equal(found.Profiles[0].Customers, to.Segments.ToArray().Count(segment => segment == 0), 10.0);
    }

    [Fact]
    public void Verdict_OfAMixtureWhereKMeansWasAskedFor_SaysThatOnly()
    {
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(Planted.Three(600, 2, out _)), _few with { Method = DiscoveryMethod.KMeans });
        Assert.Contains(found.Candidates, candidate => candidate.Verdict == "holds, but k-means was asked for");
    }

    [Fact]
    public void Find_WhatItTried_StandsInTheTable()
    {
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(Planted.Three(600, 2, out _)), _few);
        Assert.Equal(3 + (4 * 4), found.Candidates.Count);
        DiscoveryCandidate chosen = Assert.Single(found.Candidates, candidate => candidate.IsChosen);
        Assert.Equal(3, chosen.Segments);
        Assert.Equal("chosen", chosen.Verdict);
        Assert.InRange(chosen.Stability!.Value, 0.98, 1);
        Assert.InRange(chosen.Silhouette!.Value, 0.5, 1);
        Assert.Equal(0, chosen.SilhouetteError);
        Assert.InRange(chosen.Certainty!.Value, 0.99, 1);
        Assert.Equal(chosen.Bic, found.Candidates.Where(candidate => candidate.Stability >= 0.8).Min(candidate => candidate.Bic));
        Assert.All(found.Candidates, candidate => Assert.NotEmpty(candidate.Verdict));
    }

    [Fact]
    public void Find_AmongManyCustomers_ChoosesOnASampleAndFitsAll()
    {
        FeatureTable table = Planted.Table(Planted.Three(6_000, 2, out byte[] truth));
        DiscoveredSegments found = DiscoveredSegments.Find(table, _few with { SearchCustomers = 500 });
        Assert.Contains(found.Diagnostics, caution => caution.Diagnosis == DiscoveryDiagnosis.ChosenOnSample);
        Assert.Equal(6_000, found.Profiles.Sum(profile => profile.Customers));
        DiscoveryFit<GaussianMixture> all = GaussianMixture.Fit(table, new() { Segments = 3, Covariance = ((GaussianMixture)found.OrThrow()).Covariance });
        Assert.All(found.Model!.Shares.Zip(all.OrThrow().Shares), pair => Assert.Equal(pair.Second, pair.First, 4));
        Assert.InRange(AdjustedRand.Of(truth, KMeansTests.Labels(found.Model, table)), 0.98, 1);
    }

    [Fact]
    public void Find_AnyThreads_GivesTheSameBits()
    {
        FeatureTable table = Planted.Table(Planted.Three(900, 4, out _));
        DiscoveryOptions options = _few with { MaxSegments = 4, SearchCustomers = 400, SilhouetteCustomers = 100 };
        string expected = DiscoveryJson.Write(DiscoveredSegments.Find(table, options));
        Assert.Equal(expected, DiscoveryJson.Write(DiscoveredSegments.Find(table, options with { Threads = 3 })));
    }

    [Fact]
    public void Segments_OfAFind_KeyAWeightBook()
    {
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(Planted.Three(600, 2, out _)), _few with { IdPrefix = "autumn" });
        Assert.Equal(["autumn:1", "autumn:2", "autumn:3"], found.Segments.Select(segment => segment.Id.ToString()));
        WeightBook book = WeightBook.Of(
            BenefitWeights.PriceLed, found.Segments.Select(segment => SegmentWeights.Of(segment.Id, BenefitWeights.RelationshipLed)));
        SegmentAssignment assignment = found.OrThrow().Assign(new Dictionary<string, double> { ["a"] = 7, ["b"] = 0, ["c"] = 3 });
        Assert.Equal(SegmentId.Of("autumn:2"), found.IdOf(assignment.Segment));
        Assert.Equal(BenefitWeights.RelationshipLed, book[found.IdOf(assignment.Segment)]);
        Assert.Equal(SegmentId.None, found.IdOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => found.IdOf(3));
    }

    [Fact]
    public void Find_OfAlmostNobody_SaysWhy()
    {
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table([1, 2]));
        Assert.False(found.Found);
        Assert.Equal("Nothing could be fitted, not even one segment.", found.Why);
        Assert.StartsWith("Nothing could be fitted, not even one segment. There are 2 customers for ",
            Assert.Throws<DiscoveryFailedException>(found.OrThrow).Message, StringComparison.Ordinal);
        DiscoveredSegments same = DiscoveredSegments.Find(Planted.Table([3, 3, 3, 3]));
        Assert.Equal([DiscoveryDiagnosis.ConstantFeature, DiscoveryDiagnosis.FewDistinctCustomers], same.Diagnostics.Select(caution => caution.Diagnosis));
    }

    [Fact]
    public void Find_Cancelled_Stops()
    {
        FeatureTable table = Planted.Table(Planted.Three(600, 2, out _));
        using var source = new CancellationTokenSource();
        var progress = new Told(told =>
        {
            if (told.Stage == DiscoveryStage.Resampling)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => DiscoveredSegments.Find(table, _few, progress, source.Token));
        Assert.Contains(new DiscoveryProgress(DiscoveryStage.Searching, 5, 5), progress.All);
    }

    [Fact]
    public void Find_OptionsOutOfRange_AreRefusedByName()
    {
        FeatureTable table = Planted.Table([1, 2]);
        string? Refused(DiscoveryOptions options) => Assert.ThrowsAny<ArgumentOutOfRangeException>(() => DiscoveredSegments.Find(table, options)).ParamName;
        Assert.Equal("MinSegments", Refused(new() { MinSegments = 1 }));
        Assert.Equal("MaxSegments", Refused(new() { MinSegments = 4, MaxSegments = 3 }));
        Assert.Equal("LeastStability", Refused(new() { LeastStability = double.NaN }));
        Assert.Equal("Method", Refused(new() { Method = (DiscoveryMethod)9 }));
        Assert.Equal("NullDraws", Refused(new() { NullDraws = 4 }));
        Assert.Equal("LeastNullMargin", Refused(new() { LeastNullMargin = -1 }));
        Assert.Equal("LeastDip", Refused(new() { LeastDip = 1.1 }));
    }

    [Fact]
    public void Results_CastToWhatTheyMayBe_CannotBeChanged()
    {
        DiscoveredSegments found = DiscoveredSegments.Find(Planted.Table(Planted.Three(300, 2, out _)), _few with { MaxSegments = 3 });
        Assert.True(found.Segments is not IList<Segment> { IsReadOnly: false });
        Assert.True(found.Candidates is not IList<DiscoveryCandidate> { IsReadOnly: false });
        Assert.True(found.Profiles[0].Differences is not IList<SegmentDifference> { IsReadOnly: false });
        Assert.True(found.Model!.Means[0] is not IList<double> { IsReadOnly: false });
        Assert.True(found.Model.Features is not IList<FeatureScale> { IsReadOnly: false });
    }

    private sealed class Told(Action<DiscoveryProgress> then) : IProgress<DiscoveryProgress>
    {
        internal ConcurrentQueue<DiscoveryProgress> All { get; } = new();

        public void Report(DiscoveryProgress value)
        {
            All.Enqueue(value);
            then(value);
        }
    }
}
