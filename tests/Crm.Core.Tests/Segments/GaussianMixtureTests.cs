using Crm.Core.Numerics;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using MathNet.Numerics.LinearAlgebra;

namespace Crm.Core.Tests.Segments;

/// <summary>
/// Mixtures against a plain EM step and likelihood (oracles, with MathNet.Numerics), by recovery of planted parameters (simulation), and by what must
/// not change them.
/// </summary>
public sealed class GaussianMixtureTests
{
    private static readonly GaussianMixtureOptions _three = new() { Segments = 3, Covariance = CovarianceKind.Full };

    public static TheoryData<string> EveryKernel => [.. ClusterKernels.Names];

    public static TheoryData<CovarianceKind> EveryKind => [.. Enum.GetValues<CovarianceKind>()];

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Fit_AtItsEnd_HasThePlainLikelihoodAndIsAFixedPoint(CovarianceKind kind)
    {
        FeatureTable table = Planted.Table(Planted.Columns(600, [[0, 0], [3, 1]], [0.6, 0.4], 2, out _));
        DiscoveryFit<GaussianMixture> fit = GaussianMixture.Fit(table, new() { Segments = 2, Covariance = kind, Tolerance = 1e-9, MaxIterations = 20_000 });
        GaussianMixture model = fit.OrThrow();
        double[][] densities = [.. Enumerable.Range(0, 600).Select(row => Enumerable.Range(0, 2).Select(j => model.Shares[j] * PlainDensity(model, table, row, j)).ToArray())];
        Near.Relative(densities.Sum(each => Math.Log(each.Sum())), fit.Statistics!.LogLikelihood!.Value, 1e-12, "log-likelihood");
        double[][] posterior = [.. densities.Select(each => Array.ConvertAll(each, density => density / each.Sum()))];
        Near.Relative(posterior.Average(each => each.Max()), fit.Statistics.Certainty!.Value, 1e-11, "certainty");
        for (int j = 0; j < 2; j++)
        {
            double weight = posterior.Sum(each => each[j]);
            Near.Absolute(weight / 600, model.Shares[j], 1e-6, "share");
            for (int f = 0; f < 2; f++)
            {
                double mean = Enumerable.Range(0, 600).Sum(row => posterior[row][j] * table.Standardised[row, f]) / weight;
                Near.Absolute(mean, model.Means[j][f], 1e-5, "mean");
                double Second(int g) => Enumerable.Range(0, 600).Sum(row =>
                    posterior[row][j] * (table.Standardised[row, f] - mean) * (table.Standardised[row, g] - model.Means[j][g])) / weight;
                if (kind != CovarianceKind.Spherical)
                {
                    Near.Absolute(Second(f), model.Covariances[j][f][f], 1e-5, "variance");
                    Near.Absolute(kind == CovarianceKind.Full ? Second(1 - f) : 0, model.Covariances[j][f][1 - f], 1e-5, "covariance");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Steps_OfEverySort_NeverLowerTheLikelihood(CovarianceKind kind)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            // The last feature is mostly 0, so that components reach the floor of the variances on the way.
            double[][] columns = Planted.Noise(400, 3, seed);
            columns[2] = [.. columns[2].Select(value => Math.Max(0, value - 1))];
            FeatureTable table = Planted.Table(columns);
            ClusterSearch clusters = ClusterSearch.Of(table.Standardised, new() { Segments = 3, Starts = 2, Seed = seed }, null, default);
            MixtureSearch search = MixtureSearch.Of(
                table.Features, table.Standardised, kind, new() { Segments = 3, MaxIterations = 5_000, Tolerance = 0.01 }, clusters, default);
            Assert.NotEmpty(search.LogLikelihoods);
            foreach (var (before, after) in search.LogLikelihoods.Zip(search.LogLikelihoods.Skip(1)))
            {
                Assert.True(after >= before - (1e-11 * Math.Abs(before)), FormattableString.Invariant($"{kind}, seed {seed}: {before} fell to {after}"));
            }
        }
    }

    [Fact]
    public void Fit_PlantedParameters_RecoversThem()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            double[][] columns = Planted.Three(4_000, seed, out byte[] truth);
            FeatureTable table = Planted.Table(columns);
            GaussianMixture model = GaussianMixture.Fit(table, _three with { Seed = seed }).OrThrow();
            Assert.InRange(AdjustedRand.Of(truth, KMeansTests.Labels(model, table)), 0.99, 1);
            double[][] centres = [[0, 0, 0], [7, 0, 3], [0, 8, 0]];
            double[] shares = [0.5, 0.3, 0.2];
            for (int j = 0; j < 3; j++)
            {
                Near.Absolute(shares[j], model.Shares[j], 4 * Math.Sqrt(0.25 / 4_000), "share");
                for (int f = 0; f < 3; f++)
                {
                    FeatureScale scale = table.Features[f];
                    Near.Absolute(centres[j][f], scale.Mean + (scale.Deviation * model.Means[j][f]), 4 / Math.Sqrt(800), "mean");
                    for (int g = 0; g < 3; g++)
                    {
                        double covariance = model.Covariances[j][f][g] * scale.Deviation * table.Features[g].Deviation;
                        Near.Absolute(f == g ? 1 : 0, covariance, 4 * Math.Sqrt(2.0 / 800), "covariance");
                    }
                }
            }
        }
    }

    [Fact]
    public void Fit_WithoutAKind_TakesTheOneThatWasPlanted()
    {
        FeatureTable balls = Planted.Table(Planted.Columns(2_000, [[0, 0], [6, 0], [0, 6], [6, 6]], [0.25, 0.25, 0.25, 0.25], 3, out _));
        Assert.Equal(CovarianceKind.Spherical, GaussianMixture.Fit(balls, new() { Segments = 4 }).OrThrow().Covariance);
        double[][] slanted = Planted.Columns(2_000, [[0, 0], [12, 0]], [0.5, 0.5], 4, out _);
        slanted[1] = [.. slanted[1].Zip(slanted[0], (own, other) => own + other)];
        Assert.Equal(CovarianceKind.Full, GaussianMixture.Fit(Planted.Table(slanted), new() { Segments = 2 }).OrThrow().Covariance);
    }

    [Theory]
    [MemberData(nameof(EveryKernel))]
    public void Fit_AnyKernelAndThreads_HasTheSameBits(string kernel)
    {
        FeatureTable table = Planted.Table(Planted.Three(20_000, 7, out _));
        GaussianMixtureOptions options = _three with { Starts = 1 };
        string expected = DiscoveryJson.WriteModel(GaussianMixture.Fit(table, options with { Kernel = "scalar" }).OrThrow());
        foreach (int threads in new[] { 1, 3 })
        {
            Assert.Equal(expected, DiscoveryJson.WriteModel(GaussianMixture.Fit(table, options with { Kernel = kernel, Threads = threads }).OrThrow()));
        }
    }

    [Fact]
    public void Fit_RowsInAnotherOrderOrUnit_GivesTheSamePartition()
    {
        double[][] columns = Planted.Three(900, 3, out _);
        int[] order = [.. Enumerable.Range(0, 900).Select(row => row * 7 % 900)];
        FeatureTable one = Planted.Table(columns);
        FeatureTable other = Planted.Table(Array.ConvertAll(columns, column => Array.ConvertAll(order, row => 100 * column[row])));
        byte[] ones = KMeansTests.Labels(GaussianMixture.Fit(one, _three).OrThrow(), one);
        Assert.Equal(Array.ConvertAll(order, row => ones[row]), KMeansTests.Labels(GaussianMixture.Fit(other, _three).OrThrow(), other));
    }

    // One normal distribution: mean 0, and the correlations of the data.
    [Fact]
    public void Fit_OfOneSegment_IsTheMomentsOfTheData()
    {
        FeatureTable table = Planted.Table(Planted.Noise(300, 2, 9));
        GaussianMixture model = GaussianMixture.Fit(table, new() { Segments = 1, Covariance = CovarianceKind.Full }).OrThrow();
        double correlation = Enumerable.Range(0, 300).Average(row => table.Standardised[row, 0] * table.Standardised[row, 1]);
        Near.Absolute(0, model.Means[0][0], 1e-14);
        Near.Absolute(correlation, model.Covariances[0][0][1], 1e-14);
        Near.Absolute(1, model.Covariances[0][1][1], 1e-13);
        Assert.Equal(1, model.Shares[0]);
    }

    [Fact]
    public void Fit_OfCollinearFeatures_NamesThem()
    {
        double[][] columns = Planted.Noise(300, 3, 9);
        FeatureTable table = Planted.Table([.. columns, [.. columns[0].Zip(columns[2], (a, c) => a - (2 * c) + 5)]]);
        DiscoveryFit<GaussianMixture> fit = GaussianMixture.Fit(table, new() { Segments = 2, Covariance = CovarianceKind.Full });
        DiscoveryDiagnostic found = Assert.Single(fit.Diagnostics);
        Assert.Equal(DiscoveryDiagnosis.CollinearFeatures, found.Diagnosis);
        Assert.Equal("The features 'a' and 'c' and 'd' say one thing: each follows from the others.", found.Message);
        Assert.True(GaussianMixture.Fit(table, new() { Segments = 1 }).Succeeded);
    }

    [Fact]
    public void Fit_WithASegmentOfOneValue_NamesIt()
    {
        double[][] columns = Planted.Columns(500, [[0, 0], [8, 8]], [0.5, 0.5], 4, out byte[] labels);
        columns[1] = [.. columns[1].Select((value, row) => labels[row] == 0 ? 0 : value)];
        DiscoveryFit<GaussianMixture> fit = GaussianMixture.Fit(Planted.Table(columns), new() { Segments = 2, Covariance = CovarianceKind.Diagonal });
        Assert.True(fit.Succeeded);
        DiscoveryDiagnostic found = Assert.Single(fit.Diagnostics);
        Assert.Equal(DiscoveryDiagnosis.CollapsedSegment, found.Diagnosis);
        Assert.Matches("^Segment [12] is flat in 'b': its customers hardly differ there, and its variance was kept at 1E-06.$", found.Message);
        Assert.Contains(fit.Model!.Covariances, covariance => covariance[1][1] == 1e-6);
    }

    [Fact]
    public void Fit_OfTooFewCustomers_SaysHowMany()
    {
        DiscoveryFit<GaussianMixture> fit = GaussianMixture.Fit(Planted.Table(Planted.Noise(11, 2, 1)), new() { Segments = 2, Covariance = CovarianceKind.Full });
        Assert.Equal("There are 11 customers for 11 parameters.", Assert.Single(fit.Diagnostics).Message);
        Assert.Equal(DiscoveryDiagnosis.TooFewCustomers, fit.Diagnostics[0].Diagnosis);
        fit = GaussianMixture.Fit(Planted.Table([1, 1, 1, 1, 1, 1, 1, 2, 2]), new() { Segments = 3 });
        Assert.Equal(DiscoveryDiagnosis.FewDistinctCustomers, Assert.Single(fit.Diagnostics).Diagnosis);
    }

    [Fact]
    public void Fit_WithTooFewSteps_GivesNoModel()
    {
        DiscoveryFit<GaussianMixture> fit = GaussianMixture.Fit(
            Planted.Table(Planted.Noise(500, 2, 1)), new() { Segments = 4, Covariance = CovarianceKind.Full, MaxIterations = 5 });
        Assert.False(fit.Succeeded);
        Assert.Null(fit.Statistics);
        Assert.Equal("After 5 steps the likelihood still rose.", Assert.Single(fit.Diagnostics).Message);
    }

    [Fact]
    public void Statistics_OfAFit_CountParametersAndCriteria()
    {
        FeatureTable table = Planted.Table(Planted.Three(500, 1, out _));
        DiscoveryStatistics statistics = GaussianMixture.Fit(table, _three).Statistics!;
        Assert.Equal(2 + 9 + 18, statistics.Parameters);
        Assert.Equal((29 * Math.Log(500)) - (2 * statistics.LogLikelihood), statistics.Bic);
        Assert.Equal(2 + 9 + 3, MixtureSearch.ParameterCount(3, 3, CovarianceKind.Spherical));
        Assert.Equal(2 + 9 + 9, MixtureSearch.ParameterCount(3, 3, CovarianceKind.Diagonal));
    }

    [Fact]
    public void Of_PartsThatDoNotFit_IsRefused()
    {
        FeatureScale[] features = [new() { Feature = new() { Name = "a" }, Mean = 0, Deviation = 1 }];
        Assert.Equal("shares", Refused([0.5, 0.4], [[[1.0]], [[1.0]]]));
        Assert.Equal("shares", Refused([1, 0], [[[1.0]], [[1.0]]]));
        Assert.Equal("covariances", Refused([0.5, 0.5], [[[1.0]], [[0.0]]]));
        Assert.Equal("covariances", Refused([0.5, 0.5], [[[1.0]]]));
        string? Refused(double[] shares, double[][][] covariances) => Assert.ThrowsAny<ArgumentException>(
            () => GaussianMixture.Of(features, shares, [[0.0], [1.0]], covariances, CovarianceKind.Diagonal, 3)).ParamName;
    }

    private static double PlainDensity(GaussianMixture model, FeatureTable table, int row, int segment)
    {
        int width = table.Features.Count;
        Matrix<double> covariance = Matrix<double>.Build.Dense(width, width, (f, g) => model.Covariances[segment][f][g]);
        Vector<double> deviation = Vector<double>.Build.Dense(width, f => table.Standardised[row, f] - model.Means[segment][f]);
        return Math.Exp(-0.5 * (deviation * covariance.Inverse() * deviation)) / Math.Sqrt(Math.Pow(2 * Math.PI, width) * covariance.Determinant());
    }
}
