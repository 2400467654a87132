using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Segments around centres: each customer belongs to the nearest one (Lloyd 1982; seeds by Arthur &amp; Vassilvitskii 2007).</summary>
/// <remarks>
/// k-means has no probability of its own. The one given is that of the mixture it implies: equally weighted balls around the centres, all of the
/// variance that customers have about theirs. So the most likely segment is always the nearest. It says how near the border between two
/// centres a customer is, and nothing about whether the segments are balls. Immutable and thread-safe.
/// </remarks>
public sealed class KMeans : DiscoveryModel
{
    /// <summary>The least variance that distances are measured by: below it customers in a segment count as equal.</summary>
    internal const double LeastVariance = 1e-6;

    internal const string ShortName = "k-means";

    private KMeans(FeatureScale[] features, double[] shares, GaussianComponent[] components, double variance, double farDistance)
        : base(features, shares, components, farDistance) => Variance = variance;

    /// <inheritdoc/>
    public override string Name => ShortName;

    /// <summary>Gets the variance of customers about the centre of their segment, in each standardised feature alike.</summary>
    public double Variance { get; }

    /// <summary>Makes a model of plain parameters.</summary>
    /// <param name="features">The features with their scales.</param>
    /// <param name="means">The centre of each segment in the standardised features.</param>
    /// <param name="shares">The share of each segment, above 0; they add up to 1.</param>
    /// <param name="variance">The variance about the centres, above 0.</param>
    /// <param name="farDistance">The distance, in deviations, beyond which a customer belongs to none; above 0.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The parts do not fit each other, or a number is out of its range.</exception>
    public static KMeans Of(
        IReadOnlyList<FeatureScale> features, IReadOnlyList<IReadOnlyList<double>> means, IReadOnlyList<double> shares, double variance, double farDistance)
    {
        CheckParts(features, means, shares);
        Guard.InRange(variance, 1e-12, FeatureScale.Greatest, "", nameof(variance));
        Guard.Positive(farDistance, "", nameof(farDistance));
        return Made([.. features], [.. means.Select(mean => mean.ToArray())], [.. shares], variance, farDistance);
    }

    /// <summary>Fits so many segments.</summary>
    /// <param name="table">The customers.</param>
    /// <param name="options">How many segments, and how to look for them.</param>
    /// <param name="progress">Told of each start when it is done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model, the end of all starts with the least sum of squares, or why there is none. The greatest segment comes first, equally great ones
    /// by their centres. A segment that loses all its customers on the way begins again at the customer that is farthest from any centre.</returns>
    /// <remarks>
    /// A pass costs O(customers × features × segments). One seed gives one answer, to the bit, for any number of threads; the order of the customers
    /// counts for the draws, and so for the answer where several are as good.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static DiscoveryFit<KMeans> Fit(
        FeatureTable table, KMeansOptions options, IProgress<DiscoveryProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ClusterSearch search = ClusterSearch.Of(table.Standardised, options, progress, cancellationToken);
        return search.Best is not { } best ? new(ShortName, null, null, [.. table.Diagnostics, search.WhyNot!])
            : new(
                ShortName, From([.. table.Features], table.Standardised, best, options, cancellationToken),
                new() { Customers = table.Count, Iterations = best.Iterations, WithinSumOfSquares = best.Inertia },
                [.. table.Diagnostics, .. search.Cautions]);
    }

    internal override DiscoveryModel InOrder(int[] order) => new KMeans(
        [.. Features], Array.ConvertAll(order, j => Shares[j]), Array.ConvertAll(order, j => Components[j]), Variance, FarDistance);

    internal static KMeans From(FeatureScale[] features, ColumnMatrix matrix, Clusters clusters, KMeansOptions options, CancellationToken cancellationToken)
    {
        int width = matrix.Width;
        int count = clusters.Counts.Length;
        double freedom = Math.Max(1, (matrix.Rows - count) * (double)width);
        double variance = Math.Max(LeastVariance, clusters.Inertia / freedom);
        double[][] means = new double[count][];
        for (int j = 0; j < count; j++)
        {
            means[j] = clusters.Centres[(j * width)..((j + 1) * width)];
        }

        // Segments need not be balls: the distance that few of their own customers exceed, and never less than that of balls.
        KMeans model = Made(features, means, Array.ConvertAll(clusters.Counts, each => (double)each / matrix.Rows), variance, 1);
        var distances = new double[matrix.Rows];
        PosteriorPass.Run(ClusterKernels.Best, matrix, model.Components, new byte[matrix.Rows], distances, options.Threads, cancellationToken);
        Array.Sort(distances);
        double own = distances[(int)Math.Min(matrix.Rows - 1, Math.Floor((1 - options.FarProbability) * matrix.Rows))];
        double far = Math.Sqrt(Math.Max(own, ChiSquare.Exceeded(options.FarProbability, width)));
        return new(features, [.. model.Shares], model.Components, variance, far);
    }

    private static KMeans Made(FeatureScale[] features, double[][] means, double[] shares, double variance, double farDistance)
    {
        var covariance = new double[features.Length, features.Length];
        for (int f = 0; f < features.Length; f++)
        {
            covariance[f, f] = variance;
        }

        GaussianComponent[] components = Array.ConvertAll(means, mean => GaussianComponent.Of(1.0 / means.Length, mean, covariance, isFull: false)!);
        return new(features, shares, components, variance, farDistance);
    }
}
