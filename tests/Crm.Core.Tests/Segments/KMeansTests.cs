using Crm.Core.Numerics;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

/// <summary>k-means against a plain loop from the same seeds (oracle), by recovery of planted segments (simulation), and by what must not change it.</summary>
public sealed class KMeansTests
{
    public static TheoryData<string> EveryKernel => [.. ClusterKernels.Names];

    [Fact]
    public void Clusters_FromGivenSeeds_EndWhereAPlainLoopDoes()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            double[][] columns = Planted.Noise(700, 3, seed);
            ColumnMatrix matrix = Planted.Matrix(columns);
            double[] seeds = Clusters.Seeds(ClusterKernels.Best, matrix, 6, new RandomStream(seed, 1, 0), 1, default)!;
            (byte[] labels, double[][] centres, double inertia) = PlainLloyd(columns, [.. seeds.Chunk(3)]);
            Clusters found = Clusters.From(ClusterKernels.Best, matrix, [.. seeds], 500, 1, default);
            Assert.Equal(0, found.Moving);
            Assert.Equal(1, AdjustedRand.Of(labels, found.Labels));
            Near.Relative(inertia, found.Inertia, 1e-12);
            double[][] ours = [.. found.Centres.Chunk(3)];
            Assert.All(centres, centre => Assert.Contains(ours, own => own.Zip(centre).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12)));
        }
    }

    // The fixed point of Lloyd: every centre is the mean of its rows, and no row is nearer to another.
    [Fact]
    public void Fit_AtItsEnd_IsAFixedPoint()
    {
        FeatureTable table = Planted.Table(Planted.Noise(500, 2, 4));
        DiscoveryFit<KMeans> fit = KMeans.Fit(table, new() { Segments = 5 });
        KMeans model = fit.OrThrow();
        var to = new AssignmentColumns { Segments = new int[500] };
        model.Assign(table.Columns, to);
        int[] labels = [.. Enumerable.Range(0, 500).Select(row => model.Assign(table.Columns.ToDictionary(column => column.Feature.Name, column => column.Values.Span[row])).MostLikely)];
        double within = 0;
        for (int j = 0; j < 5; j++)
        {
            int[] rows = [.. Enumerable.Range(0, 500).Where(row => labels[row] == j)];
            Near.Relative(rows.Length / 500.0, model.Shares[j], 1e-15);
            for (int f = 0; f < 2; f++)
            {
                Near.Absolute(rows.Average(row => table.Standardised[row, f]), model.Means[j][f], 1e-12);
                within += rows.Sum(row => Math.Pow(table.Standardised[row, f] - model.Means[j][f], 2));
            }
        }

        Near.Relative(within, fit.Statistics!.WithinSumOfSquares!.Value, 1e-11);
        Near.Relative(within / (495 * 2), model.Variance, 1e-11);
    }

    [Fact]
    public void Fit_PlantedSegments_RecoversThem()
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            double[][] columns = Planted.Three(2_000, seed, out byte[] truth);
            FeatureTable table = Planted.Table(columns);
            KMeans model = KMeans.Fit(table, new() { Segments = 3, Seed = seed }).OrThrow();
            Assert.InRange(AdjustedRand.Of(truth, Labels(model, table)), 0.99, 1);
            double[] shares = [.. Enumerable.Range(0, 3).Select(j => truth.Count(label => label == j) / 2_000.0).OrderDescending()];
            Assert.All(shares.Zip(model.Shares), pair => Near.Absolute(pair.First, pair.Second, 0.003));
        }
    }

    // Arthur & Vassilvitskii: of rows at 0, 0, 1 and 3 with the first seed at 0, the second is 1 once in ten times and 3 nine times.
    [Fact]
    public void Seeds_OverManyStreams_AreDrawnByTheirSquaredDistance()
    {
        ColumnMatrix matrix = Planted.Matrix([[0.0, 0, 1, 3]]);
        double[][] drawn = [.. Enumerable.Range(0, 8_000).Select(stream =>
            Clusters.Seeds(ClusterKernels.Best, matrix, 2, new RandomStream(5, 2, (ulong)stream), 1, default)!)];
        double[][] fromZero = [.. drawn.Where(seeds => seeds[0] == 0)];
        Near.Absolute(0.5, fromZero.Length / 8_000.0, 0.02);
        Near.Absolute(0.9, fromZero.Count(seeds => seeds[1] == 3) / (double)fromZero.Length, 0.02);
        Assert.DoesNotContain(drawn, seeds => seeds[0] == seeds[1]);
    }

    [Theory]
    [MemberData(nameof(EveryKernel))]
    public void Fit_AnyKernelAndThreads_HasTheSameBits(string kernel)
    {
        FeatureTable table = Planted.Table(Planted.Noise(20_000, 3, 7));
        KMeansOptions options = new() { Segments = 4, Starts = 2, MaxIterations = 12 };
        string expected = DiscoveryJson.WriteModel(KMeans.Fit(table, options with { Kernel = "scalar" }).OrThrow());
        foreach (int threads in new[] { 1, 2, 5 })
        {
            Assert.Equal(expected, DiscoveryJson.WriteModel(KMeans.Fit(table, options with { Kernel = kernel, Threads = threads }).OrThrow()));
        }
    }

    [Fact]
    public void Fit_RowsInAnotherOrder_GivesTheSamePartition()
    {
        double[][] columns = Planted.Three(900, 3, out _);
        int[] order = [.. Enumerable.Range(0, 900).Select(row => row * 7 % 900)];
        FeatureTable one = Planted.Table(columns);
        FeatureTable other = Planted.Table(Array.ConvertAll(columns, column => Array.ConvertAll(order, row => column[row])));
        byte[] ones = Labels(KMeans.Fit(one, new() { Segments = 3 }).OrThrow(), one);
        Assert.Equal(Array.ConvertAll(order, row => ones[row]), Labels(KMeans.Fit(other, new() { Segments = 3 }).OrThrow(), other));
    }

    [Fact]
    public void Fit_InAnotherUnit_GivesTheSamePartition()
    {
        double[][] columns = Planted.Three(900, 3, out _);
        FeatureTable one = Planted.Table(columns);
        FeatureTable binary = Planted.Table(columns[0], [.. columns[1].Select(value => 1024 * value)], columns[2]);
        FeatureTable cents = Planted.Table(columns[0], [.. columns[1].Select(value => 100 * value)], columns[2]);
        KMeans model = KMeans.Fit(one, new() { Segments = 3 }).OrThrow();
        Assert.Equal(Planted.Bits(model.Means.SelectMany(mean => mean)), Planted.Bits(KMeans.Fit(binary, new() { Segments = 3 }).OrThrow().Means.SelectMany(mean => mean)));
        Assert.Equal(Labels(model, one), Labels(KMeans.Fit(cents, new() { Segments = 3 }).OrThrow(), cents));
    }

    [Fact]
    public void Clusters_ThatLoseTheirRows_BeginAgainAtTheFarthest()
    {
        ColumnMatrix matrix = Planted.Matrix([[0.0, 1, 10, 11, 50]]);
        Clusters found = Clusters.From(ClusterKernels.Best, matrix, [5, 1_000, 2_000], 50, 1, default);
        Assert.Equal([2, 2, 1], found.Counts);
        Assert.Equal([0.5, 10.5, 50], found.Centres);
    }

    [Fact]
    public void Fit_WithTooFewPasses_SaysSo()
    {
        DiscoveryFit<KMeans> fit = KMeans.Fit(Planted.Table(Planted.Noise(3_000, 2, 5)), new() { Segments = 6, MaxIterations = 2, Starts = 1 });
        Assert.True(fit.Succeeded);
        DiscoveryDiagnostic found = Assert.Single(fit.Diagnostics);
        Assert.Equal(DiscoveryDiagnosis.NotConverged, found.Diagnosis);
        Assert.StartsWith("The passes allowed (2) were used up while ", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_MoreSegmentsThanCustomers_IsRefused()
    {
        DiscoveryFit<KMeans> fit = KMeans.Fit(Planted.Table([1, 2]), new() { Segments = 3 });
        Assert.False(fit.Succeeded);
        Assert.Equal(DiscoveryDiagnosis.TooFewCustomers, Assert.Single(fit.Diagnostics).Diagnosis);
        var refused = Assert.Throws<DiscoveryFailedException>(fit.OrThrow);
        Assert.Equal("k-means could not be fitted. There are 2 customers for 3 segments. Use more customers or fewer segments.", refused.Message);
    }

    [Fact]
    public void Fit_CustomersInFewerWaysThanSegments_IsRefused()
    {
        DiscoveryFit<KMeans> fit = KMeans.Fit(Planted.Table([1, 1, 1, 2, 2, 2]), new() { Segments = 3 });
        Assert.Equal(DiscoveryDiagnosis.FewDistinctCustomers, Assert.Single(fit.Diagnostics).Diagnosis);
        Assert.True(KMeans.Fit(Planted.Table([1, 1, 1, 2, 2, 2]), new() { Segments = 2 }).Succeeded);
        DiscoveryFit<KMeans> same = KMeans.Fit(Planted.Table([4, 4, 4]), new() { Segments = 1 });
        Assert.Equal([DiscoveryDiagnosis.ConstantFeature, DiscoveryDiagnosis.FewDistinctCustomers], same.Diagnostics.Select(found => found.Diagnosis));
    }

    [Fact]
    public void Fit_CancelledOrOutOfRange_Stops()
    {
        FeatureTable table = Planted.Table(Planted.Noise(100, 2, 1));
        Assert.Throws<OperationCanceledException>(() => KMeans.Fit(table, new() { Segments = 2 }, null, new CancellationToken(true)));
        Assert.Equal("Segments", Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(table, new() { Segments = 65 })).ParamName);
        Assert.Equal("Threads", Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(table, new() { Segments = 2, Threads = 0 })).ParamName);
    }

    internal static byte[] Labels(DiscoveryModel model, FeatureTable table)
    {
        var labels = new byte[table.Count];
        PosteriorPass.Run(ClusterKernels.Best, table.Standardised, model.Components, labels, [], 1, default);
        return labels;
    }

    private static (byte[] Labels, double[][] Centres, double Inertia) PlainLloyd(double[][] columns, double[][] centres)
    {
        int rows = columns[0].Length;
        var labels = new byte[rows];
        while (true)
        {
            double inertia = 0;
            bool moved = false;
            for (int row = 0; row < rows; row++)
            {
                double[] squared = [.. centres.Select(centre => columns.Select((column, f) => Math.Pow(column[row] - centre[f], 2)).Sum())];
                byte nearest = (byte)Array.IndexOf(squared, squared.Min());
                inertia += squared.Min();
                moved |= nearest != labels[row];
                labels[row] = nearest;
            }

            double[][] next = [.. centres.Select((centre, j) => labels.Contains((byte)j)
                ? columns.Select(column => Enumerable.Range(0, rows).Where(row => labels[row] == j).Average(row => column[row])).ToArray() : centre)];
            if (!moved)
            {
                return (labels, next, inertia);
            }

            centres = next;
        }
    }
}
