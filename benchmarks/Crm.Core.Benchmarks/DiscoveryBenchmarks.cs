using BenchmarkDotNet.Attributes;
using Crm.Core.Numerics;
using Crm.Core.Segments;

namespace Crm.Core.Benchmarks;

/// <summary>Five segments among customers of four features: one pass of k-means, one step of EM with full covariances, and the assignment of new customers.</summary>
/// <remarks>
/// The peer is the loop a textbook has, over an object a customer with an array of features. The limit of the machine is the triad over as many bytes
/// as a pass reads: four numbers and a label.
/// </remarks>
[MemoryDiagnoser]
public class DiscoveryBenchmarks
{
    private const int Features = 4;
    private const int Segments = 5;

    private Point[] _points = [];
    private FeatureTable _table = null!;
    private double[] _centres = [];
    private double[][] _textbookCentres = [];
    private readonly double[][] _textbookSums = [.. Enumerable.Range(0, Segments).Select(_ => new double[Features])];
    private readonly int[] _textbookCounts = new int[Segments];
    private byte[] _labels = [];
    private GaussianComponent[] _components = [];
    private GaussianMixture _mixture = null!;
    private AssignmentColumns _assignments = null!;
    private Triad _triad = null!;

    [Params(100_000, 1_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] truth = [.. Enumerable.Range(0, Segments).Select(_ => Enumerable.Range(0, Features).Select(_ => 3 * Normal()).ToArray())];
        double[][] columns = [.. Enumerable.Range(0, Features).Select(_ => new double[Customers])];
        for (int row = 0; row < Customers; row++)
        {
            double[] centre = truth[random.Next(Segments)];
            for (int f = 0; f < Features; f++)
            {
                columns[f][row] = centre[f] + Normal();
            }
        }

        _table = FeatureTable.Of(
            [.. Enumerable.Range(1, Customers).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))],
            [.. columns.Select((values, f) => new Feature { Name = FormattableString.Invariant($"feature {f + 1}") }.Of(values))]);
        ColumnMatrix matrix = _table.Standardised;
        _points = [.. Enumerable.Range(0, Customers).Select(row => new Point([.. Enumerable.Range(0, Features).Select(f => matrix[row, f])]))];
        _centres = Clusters.Seeds(ClusterKernels.Best, matrix, Segments, new RandomStream(1, 1, 1), 1, default)!;
        _textbookCentres = [.. _centres.Chunk(Features)];
        _labels = new byte[Customers];
        _mixture = GaussianMixture.Fit(
            FeatureTable.Of([.. _table.Ids.Take(5_000)], [.. _table.Columns.Select(column => column.Feature.Of(column.Values[..5_000]))]),
            new() { Segments = Segments, Covariance = CovarianceKind.Full }).OrThrow();
        _components = _mixture.Components;
        _assignments = new() { Segments = new int[Customers], Probabilities = new double[Customers], Distances = new double[Customers] };
        _triad = new((long)Customers * ((Features * sizeof(double)) + 1));
        CheckThatPeersAgree();
    }

    [Benchmark(Baseline = true)]
    public double TextbookPass()
    {
        foreach (double[] sum in _textbookSums)
        {
            Array.Clear(sum);
        }

        Array.Clear(_textbookCounts);
        double inertia = 0;
        foreach (Point point in _points)
        {
            int nearest = 0;
            double least = double.MaxValue;
            for (int j = 0; j < Segments; j++)
            {
                double distance = 0;
                for (int f = 0; f < Features; f++)
                {
                    double difference = point.Features[f] - _textbookCentres[j][f];
                    distance += difference * difference;
                }

                if (distance < least)
                {
                    least = distance;
                    nearest = j;
                }
            }

            point.Segment = nearest;
            inertia += least;
            _textbookCounts[nearest]++;
            for (int f = 0; f < Features; f++)
            {
                _textbookSums[nearest][f] += point.Features[f];
            }
        }

        return inertia;
    }

    [Benchmark]
    public double KMeansPass() => KMeansPass(1);

    [Benchmark]
    public double KMeansPassOnTwoThreads() => KMeansPass(2);

    [Benchmark]
    public double MixtureStep() => MixtureStep(1);

    [Benchmark]
    public double MixtureStepOnTwoThreads() => MixtureStep(2);

    [Benchmark]
    public void Assign() => _mixture.Assign(_table.Columns, _assignments);

    [Benchmark]
    public void LimitTriad() => _triad.Run(isPastCache: false, threads: 1);

    private double KMeansPass(int threads) => LloydPass.Run(ClusterKernels.Best, _table.Standardised, _centres, _labels, threads, default).Inertia;

    private double MixtureStep(int threads) =>
        MixturePass.Run(ClusterKernels.Best, _table.Standardised, _components, null, threads, default).LogLikelihood;

    private void CheckThatPeersAgree()
    {
        double textbook = TextbookPass();
        double ours = KMeansPass();
        bool areAlike = Enumerable.Range(0, Customers).All(row => _points[row].Segment == _labels[row]);
        if (!areAlike || Math.Abs(ours - textbook) > 1e-9 * textbook || KMeansPassOnTwoThreads() != ours || MixtureStepOnTwoThreads() != MixtureStep())
        {
            throw new InvalidOperationException("The peers find other segments, so that their times cannot be compared.");
        }
    }

    private sealed class Point(double[] features)
    {
        internal double[] Features { get; } = features;

        internal int Segment { get; set; }
    }
}
