using System.Collections.ObjectModel;
using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Segments as normal distributions that overlap, each with a share, a mean and a covariance of its own (Fraley &amp; Raftery 2002).</summary>
/// <remarks>
/// Fitted by EM (Dempster, Laird &amp; Rubin 1977). The probability of a segment is its posterior; the distance that counts as far is that which so
/// rare a share of a segment's own customers exceeds, by the chi-square distribution. Immutable and thread-safe.
/// </remarks>
public sealed class GaussianMixture : DiscoveryModel
{
    internal const string ShortName = "gaussian-mixture";

    private GaussianMixture(FeatureScale[] features, GaussianComponent[] components, CovarianceKind covariance, double farDistance)
        : base(features, Array.ConvertAll(components, component => component.Weight), components, farDistance)
    {
        Covariance = covariance;
        Covariances = Array.AsReadOnly(Array.ConvertAll(components, component => (IReadOnlyList<IReadOnlyList<double>>)Rows(component.Covariance)));
    }

    /// <inheritdoc/>
    public override string Name => ShortName;

    /// <summary>Gets the shape of the segments.</summary>
    public CovarianceKind Covariance { get; }

    /// <summary>Gets the covariance of each segment in the standardised features, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Covariances { get; }

    /// <summary>Makes a model of plain parameters.</summary>
    /// <param name="features">The features with their scales.</param>
    /// <param name="shares">The share of each segment, above 0; they add up to 1.</param>
    /// <param name="means">The mean of each segment in the standardised features.</param>
    /// <param name="covariances">The covariance of each segment, row by row; positive definite.</param>
    /// <param name="covariance">Their shape; where it is not full, what stands beside the diagonal is 0.</param>
    /// <param name="farDistance">The distance, in deviations, beyond which a customer belongs to none; above 0.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The parts do not fit each other, a number is out of its range, or a covariance is none.</exception>
    public static GaussianMixture Of(
        IReadOnlyList<FeatureScale> features,
        IReadOnlyList<double> shares,
        IReadOnlyList<IReadOnlyList<double>> means,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> covariances,
        CovarianceKind covariance,
        double farDistance)
    {
        CheckParts(features, means, shares);
        ArgumentNullException.ThrowIfNull(covariances);
        Guard.SameLength(means.Count, covariances.Count, "segments", nameof(covariances));
        Guard.Positive(farDistance, "", nameof(farDistance));
        if (!Enum.IsDefined(covariance))
        {
            throw new ArgumentOutOfRangeException(nameof(covariance), "There is no such kind of covariance. Give spherical, diagonal or full.");
        }

        var components = new GaussianComponent[means.Count];
        for (int j = 0; j < components.Length; j++)
        {
            double[,] own = Checked(covariances[j], features.Count, covariance);
            components[j] = GaussianComponent.Of(shares[j], [.. means[j]], own, covariance == CovarianceKind.Full)
                ?? throw new ArgumentException(FormattableString.Invariant($"The covariance of segment {j + 1} is not positive definite."), nameof(covariances));
        }

        return new([.. features], components, covariance, farDistance);
    }

    /// <summary>Fits so many segments.</summary>
    /// <param name="table">The customers.</param>
    /// <param name="options">How many segments, of which shape, and how to look for them.</param>
    /// <param name="progress">Told of each start of k-means when it is done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The model, the greatest share first, or why there is none.</returns>
    /// <remarks>
    /// A step costs O(customers × features² × segments), with a full covariance; without one, features instead of their square. One seed gives one
    /// answer, to the bit, for any number of threads.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static DiscoveryFit<GaussianMixture> Fit(
        FeatureTable table, GaussianMixtureOptions options, IProgress<DiscoveryProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ClusterSearch clusters = ClusterSearch.Of(table.Standardised, StartsOf(options), progress, cancellationToken);
        CovarianceKind[] kinds = options.Covariance is { } only ? [only] : [CovarianceKind.Spherical, CovarianceKind.Diagonal, CovarianceKind.Full];
        (CovarianceKind Kind, MixtureSearch Search)[] tried =
            [.. kinds.Select(kind => (kind, MixtureSearch.Of(table.Features, table.Standardised, kind, options, clusters, cancellationToken)))];

        // One that hangs on the floor of the variances is compared with others of its sort only.
        var (chosen, best) = tried.OrderBy(each => each.Search.Statistics is null).ThenBy(each => each.Search.IsCollapsed).ThenBy(each => each.Search.Statistics?.Bic).First();
        return best.Components is null ? new(ShortName, null, null, [.. table.Diagnostics, .. tried[^1].Search.Diagnostics])
            : new(
                ShortName, From([.. table.Features], best.Components, chosen, options.FarProbability), best.Statistics, [.. table.Diagnostics, .. best.Diagnostics]);
    }

    internal override DiscoveryModel InOrder(int[] order) =>
        new GaussianMixture([.. Features], Array.ConvertAll(order, j => Components[j]), Covariance, FarDistance);

    internal static GaussianMixture From(FeatureScale[] features, GaussianComponent[] components, CovarianceKind kind, double farProbability) =>
        new(features, components, kind, Math.Sqrt(ChiSquare.Exceeded(farProbability, features.Length)));

    /// <summary>How k-means is run for the starts of a mixture.</summary>
    internal static KMeansOptions StartsOf(GaussianMixtureOptions options) => new()
    {
        Segments = options.Segments,
        Starts = options.Segments == 1 ? 1 : options.Starts,
        MaxIterations = 100, // a start need not be an end
        Seed = options.Seed,
        Threads = options.Threads,
        Kernel = options.Kernel,
    };

    private static double[,] Checked(IReadOnlyList<IReadOnlyList<double>> rows, int width, CovarianceKind kind)
    {
        ArgumentNullException.ThrowIfNull(rows, "covariances");
        Guard.SameLength(width, rows.Count, "features", "covariances");
        var covariance = new double[width, width];
        for (int f = 0; f < width; f++)
        {
            ArgumentNullException.ThrowIfNull(rows[f], "covariances");
            Guard.SameLength(width, rows[f].Count, "features", "covariances");
            for (int g = 0; g < width; g++)
            {
                covariance[f, g] = Guard.InRange(rows[f][g], -FeatureScale.Greatest, FeatureScale.Greatest, "", "covariances");
                bool isLikeTheOther = g >= f || covariance[f, g] == covariance[g, f];
                if (!isLikeTheOther || (kind != CovarianceKind.Full && f != g && covariance[f, g] != 0))
                {
                    throw new ArgumentException(isLikeTheOther ? "Only a full covariance has entries beside its diagonal." : "A covariance is symmetric.", nameof(rows));
                }
            }

            if (kind == CovarianceKind.Spherical && covariance[f, f] != covariance[0, 0])
            {
                throw new ArgumentException("A spherical covariance has one variance for all features.", nameof(rows));
            }
        }

        return covariance;
    }

    private static ReadOnlyCollection<IReadOnlyList<double>> Rows(double[,] covariance)
    {
        int width = covariance.GetLength(0);
        var rows = new IReadOnlyList<double>[width];
        for (int f = 0; f < width; f++)
        {
            var row = new double[width];
            for (int g = 0; g < width; g++)
            {
                row[g] = covariance[f, g];
            }

            rows[f] = Array.AsReadOnly(row);
        }

        return Array.AsReadOnly(rows);
    }
}
