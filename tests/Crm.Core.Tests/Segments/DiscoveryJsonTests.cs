using Crm.Core.Segments;

namespace Crm.Core.Tests.Segments;

/// <summary>What is written comes back to the bit; what is no such text is refused without its words.</summary>
public sealed class DiscoveryJsonTests
{
    private static readonly FeatureTable _table = Planted.Table(Planted.Three(300, 2, out _));

    public static TheoryData<DiscoveryMethod> Methods => [DiscoveryMethod.KMeans, DiscoveryMethod.GaussianMixture];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_WhatWasWritten_AssignsToTheBit(DiscoveryMethod method)
    {
        DiscoveredSegments found = DiscoveredSegments.Find(_table, new() { MaxSegments = 3, Method = method });
        string json = DiscoveryJson.Write(found);
        DiscoveredSegments read = DiscoveryJson.Read(json);
        Assert.Equal(json, DiscoveryJson.Write(read));
        Assert.Equal(Answers(found.OrThrow()), Answers(read.OrThrow()));
        Assert.Equal(found.Candidates, read.Candidates);
        Assert.Equal(found.Segments, read.Segments);
        Assert.Equal(found.Why, read.Why);
        Assert.Equal(Answers(found.OrThrow()), Answers(DiscoveryJson.ReadModel(DiscoveryJson.WriteModel(found.OrThrow()))));
    }

    [Fact]
    public void Read_NothingFound_ComesBackAsThat()
    {
        DiscoveredSegments read = DiscoveryJson.Read(DiscoveryJson.Write(DiscoveredSegments.Find(Planted.Table(Planted.Noise(200, 2, 1)), new() { MaxSegments = 3 })));
        Assert.False(read.Found);
        Assert.StartsWith("No structure was found", read.Why, StringComparison.Ordinal);
    }

    // Written by hand in schema 1: it must be read for ever.
    [Fact]
    public void ReadModel_OfSchemaOne_IsTheModel()
    {
        DiscoveryModel model = DiscoveryJson.ReadModel(
            """
            {"schema":1,"model":"gaussian-mixture",
             "features":[{"feature":{"name":"spend","unit":"EUR","transform":"log1-p","missing":0},"mean":4,"deviation":2}],
             "shares":[0.6,0.4],"means":[[-1],[1.5]],"covariance":"diagonal","covariances":[[[0.25]],[[0.5]]],"farDistance":3.29}
            """);
        Assert.Equal(FeatureTransform.Log1P, model.Features[0].Feature.Transform);
        Assert.Equal([0.6, 0.4], model.Shares);
        Assert.Equal(1.5, model.Means[1][0]);
        Assert.Equal(CovarianceKind.Diagonal, Assert.IsType<GaussianMixture>(model).Covariance);
    }

    [Theory]
    [InlineData("{}", "it has no schema number")]
    [InlineData("""{"schema":2}""", "schema 2; this version reads up to 1")]
    [InlineData("""{"schema":1,"model":"k-means"}""", "does not read as one")]
    [InlineData("""{"schema":1,"model":"k-means","features":[],"shares":[1],"means":[[]],"variance":1,"farDistance":1}""", "'features'")]
    [InlineData("""{"schema":1,"model":"k-means","features":[null],"shares":[1],"means":[[1]],"variance":1,"farDistance":1}""", "'features'")]
    [InlineData("""{"schema":1,"model":"k-means","features":[{"feature":{"name":"a"},"mean":0,"deviation":1}],"shares":[1],"means":[[1]],"variance":-1,"farDistance":1}""", "'variance'")]
    [InlineData("""{"schema":1,"model":"k-means","features":[{"feature":{"name":"a"},"mean":0,"deviation":0}],"shares":[1],"means":[[1]],"variance":1,"farDistance":1}""", "that of Deviation")]
    [InlineData("""{"schema":1,"model":"k-means","features":[{"feature":{"name":"a"},"mean":0,"deviation":1}],"shares":null,"means":[[1]],"variance":1,"farDistance":1}""", "'shares'")]
    [InlineData("""{"schema":1,"model":"k-medians","features":[],"shares":[],"means":[],"farDistance":1}""", "'Model'")]
    public void ReadModel_OfAnotherText_IsRefusedByPlace(string json, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => DiscoveryJson.ReadModel(json)).Message, StringComparison.Ordinal);

    private static long[] Answers(DiscoveryModel model)
    {
        var to = new AssignmentColumns { Segments = new int[_table.Count], Probabilities = new double[_table.Count], Distances = new double[_table.Count] };
        model.Assign(_table.Columns, to);
        return [.. Planted.Bits(to.Probabilities.ToArray().Concat(to.Distances.ToArray())), .. to.Segments.ToArray().Select(segment => (long)segment)];
    }
}
