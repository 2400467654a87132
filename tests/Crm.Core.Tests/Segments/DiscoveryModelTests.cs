using Crm.Core.Numerics;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

/// <summary>Assignment of new customers: both doors to the bit, probabilities worked by hand, who is far, and what is refused by name.</summary>
public sealed class DiscoveryModelTests
{
    private static readonly FeatureScale[] _features =
    [
        new() { Feature = new() { Name = "spend", Unit = "EUR", Transform = FeatureTransform.Log1P }, Mean = 4, Deviation = 2 },
        new() { Feature = new() { Name = "days", Missing = 30 }, Mean = 30, Deviation = 10 },
    ];

    private static readonly KMeans _means = KMeans.Of(_features, [[1, 0], [-1, 0]], [0.7, 0.3], 0.25, 4);

    private static readonly GaussianMixture _mixture = GaussianMixture.Of(
        _features, [0.75, 0.25], [[1, 0], [-1, 0]], [[[0.5, 0.1], [0.1, 1]], [[1, 0], [0, 2]]], CovarianceKind.Full, 3);

    public static TheoryData<string> EveryKernel => [.. ClusterKernels.Names];

    // Between two balls of variance v around m and -m the odds are e^(2 m x / v), whatever their shares.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(-1.4)]
    public void Assign_ByKMeans_HasTheProbabilityOfBalls(double x)
    {
        SegmentAssignment assignment = _means.Assign(At(x, 0));
        Near.Absolute(1 / (1 + Math.Exp(-2 * x / 0.25)), assignment.Probabilities[0], 1e-12);
        Assert.Equal(x >= 0 ? 0 : 1, assignment.MostLikely);
        Near.Absolute(Math.Abs(Math.Abs(x) - 1) / 0.5, assignment.Distance, 1e-12);
        Assert.Equal(1, assignment.Probabilities.Sum(), 12);
    }

    [Fact]
    public void Assign_ByAMixture_HasThePosterior()
    {
        double[] density =
        [
            0.75 * Math.Exp(-0.5 * (((0.4 - 1) * (0.4 - 1) * 1) - (2 * 0.1 * (0.4 - 1) * 0.7) + (0.5 * 0.7 * 0.7)) / 0.49) / Math.Sqrt(0.49),
            0.25 * Math.Exp(-0.5 * (((0.4 + 1) * (0.4 + 1)) + (0.7 * 0.7 / 2))) / Math.Sqrt(2),
        ];
        SegmentAssignment assignment = _mixture.Assign(At(0.4, 0.7));
        Near.Absolute(density[0] / density.Sum(), assignment.Probabilities[0], 1e-12);
        Assert.Equal(assignment.Probabilities[0], assignment.Probability);
        Assert.Equal(FormattableString.Invariant($"segment 1 ({density[0] / density.Sum():P1})"), assignment.ToString());
    }

    [Theory]
    [MemberData(nameof(EveryKernel))]
    public void Assign_InColumns_HasTheBitsOfTheObjectDoor(string kernel)
    {
        var random = new RandomStream(1, 905, 0);
        double[] spend = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Exp(9 * random.NextDouble()) - 1)];
        double[] days = [.. Enumerable.Range(0, 20_000).Select(row => row % 97 == 0 ? double.NaN : 30 + (25 * random.NextNormal()))];
        foreach (DiscoveryModel model in new DiscoveryModel[] { _means, _mixture })
        {
            FeatureColumn[] columns = [_features[1].Feature.Of(days), new Feature { Name = "other" }.Of(days), _features[0].Feature.Of(spend)];
            foreach (int threads in new[] { 1, 3 })
            {
                AssignmentColumns to = Room(20_000);
                model.Assign(columns, to, ClusterKernels.ByName(kernel), threads, null, default);
                for (int row = 0; row < 20_000; row += 7)
                {
                    SegmentAssignment one = model.Assign(new Dictionary<string, double> { ["spend"] = spend[row], ["days"] = days[row] });
                    Assert.Equal(one.Segment, to.Segments.Span[row]);
                    Assert.Equal(Planted.Bits([one.Probability, one.Distance]), Planted.Bits([to.Probabilities.Span[row], to.Distances.Span[row]]));
                }
            }
        }
    }

    [Fact]
    public void Assign_FarFromAll_IsFlagged()
    {
        SegmentAssignment far = _means.Assign(At(1, 2.1));
        Assert.True(far.IsFar);
        Assert.Equal(-1, far.Segment);
        Assert.Equal(0, far.MostLikely);
        Assert.False(_means.Assign(At(1, 1.9)).IsFar);
        SegmentAssignment beyond = _mixture.Assign(new Dictionary<string, double> { ["spend"] = 1e100, ["days"] = -1e100 });
        Assert.True(beyond.IsFar);
        Assert.All(beyond.Probabilities, probability => Assert.InRange(probability, 0, 1));
    }

    // A mixture calls so many of its own far as it was told: chi-square.
    [Fact]
    public void Assign_OfTheSegmentsOwn_IsRarelyFar()
    {
        FeatureTable table = Planted.Table(Planted.Three(20_000, 5, out _));
        foreach (DiscoveryModel model in new DiscoveryModel[]
        {
            GaussianMixture.Fit(table, new() { Segments = 3, FarProbability = 0.01 }).OrThrow(),
            KMeans.Fit(table, new() { Segments = 3, FarProbability = 0.01 }).OrThrow(),
        })
        {
            AssignmentColumns to = Room(20_000);
            model.Assign(table.Columns, to);
            Assert.InRange(to.Segments.ToArray().Count(segment => segment == -1) / 20_000.0, 0.007, 0.0125);
        }
    }

    [Fact]
    public void Assign_OneThread_AllocatesNothingByRow()
    {
        double[] values = [.. Enumerable.Range(0, 300_000).Select(row => row % 60.0)];
        FeatureColumn[] columns = [_features[0].Feature.Of(values), _features[1].Feature.Of(values)];
        AssignmentColumns to = Room(values.Length);
        _mixture.Assign(columns, to);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _mixture.Assign(columns, to);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Assign_BadRows_AreNamedAndMarkedAndLeaveTheOthers()
    {
        AssignmentColumns to = Room(3);
        var refused = Assert.Throws<RowFaultsException>(() => _mixture.Assign(
            [_features[0].Feature.Of(new[] { 50, double.NaN, -2 }), _features[1].Feature.Of(new[] { 30, 30, double.NegativeInfinity })], to));
        Assert.Equal(
            [
                "row 1, spend: found NaN, expected a number, or a feature that states what stands in for a missing one",
                "row 2, spend: found -2, expected a number from 0 to 1e100, since its logarithm is taken",
                "row 2, days: found -Infinity, expected a number from -1e100 to 1e100",
            ],
            refused.Faults.Select(fault => fault.ToString()));
        Assert.Equal([_mixture.Assign(new Dictionary<string, double> { ["spend"] = 50, ["days"] = 30 }).Segment, -1, -1], to.Segments.ToArray());
        Assert.Equal([false, true, true], to.Probabilities.ToArray().Select(double.IsNaN));
        var one = Assert.Throws<RowFaultsException>(() => _mixture.Assign(new Dictionary<string, double> { ["days"] = 1 }));
        Assert.Equal("spend", Assert.Single(one.Faults).Column);
    }

    [Fact]
    public void Assign_ColumnsThatDoNotFit_AreRefused()
    {
        Feature days = _features[1].Feature;
        Assert.StartsWith("There is no column 'spend'", Message([days.Of(new double[1])]), StringComparison.Ordinal);
        Assert.StartsWith("Two columns are named 'spend'", Message([_features[0].Feature.Of(new double[1]), _features[0].Feature.Of(new double[1])]), StringComparison.Ordinal);
        Assert.StartsWith(
            "The column 'spend' is in 'USD', and the segments were found in 'EUR'.",
            Message([new Feature { Name = "spend", Unit = "USD" }.Of(new double[1]), days.Of(new double[1])]), StringComparison.Ordinal);
        Assert.StartsWith(
            "Needs one entry for each of the 2 customers; it has 1.",
            Message([_features[0].Feature.Of(new double[2]), days.Of(new double[2])]), StringComparison.Ordinal);
        string Message(FeatureColumn[] columns) => Assert.ThrowsAny<ArgumentException>(() => _mixture.Assign(columns, Room(1))).Message;
    }

    private static AssignmentColumns Room(int rows) =>
        new() { Segments = new int[rows], Probabilities = new double[rows], Distances = new double[rows] };

    // A customer at a place among the standardised features.
    private static Dictionary<string, double> At(double spend, double days) =>
        new() { ["spend"] = Math.Exp(4 + (2 * spend)) - 1, ["days"] = 30 + (10 * days) };
}
