using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Segments that were found in data: where each lies among the standardised features, and to which a customer belongs.</summary>
/// <remarks>
/// The object door and the columnar door put each customer through the same kernel and give the same bits, for any number of threads and any
/// width of vectors. Across machines, probabilities may differ in the last digits: scales and constants come from the machine's own
/// logarithm. Immutable and thread-safe.
/// </remarks>
public abstract class DiscoveryModel
{
    /// <summary>The most segments of a model.</summary>
    public const int MaxSegments = 64;

    /// <summary>The most features of a model.</summary>
    public const int MaxFeatures = 64;

    private readonly FeatureScale[] _features;

    private protected DiscoveryModel(FeatureScale[] features, double[] shares, GaussianComponent[] components, double farDistance)
    {
        _features = features;
        Features = Array.AsReadOnly(features);
        Shares = Array.AsReadOnly(shares);
        Components = components;
        Means = Array.AsReadOnly(Array.ConvertAll(components, component => (IReadOnlyList<double>)Array.AsReadOnly(component.Mean)));
        FarDistance = farDistance;
    }

    /// <summary>Gets the short name of the kind of model: "k-means", "gaussian-mixture".</summary>
    public abstract string Name { get; }

    /// <summary>Gets the features, with the scales that the model was fitted on.</summary>
    public IReadOnlyList<FeatureScale> Features { get; }

    /// <summary>Gets how many segments there are.</summary>
    public int Count => Components.Length;

    /// <summary>Gets the share of each segment in the base; they add up to 1. The greatest comes first, but that <see cref="DiscoveredSegments"/> go by the customers counted.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Gets the mean of each segment in the standardised features.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Means { get; }

    /// <summary>Gets the distance from the nearest segment, in deviations of that segment, beyond which a customer belongs to none.</summary>
    public double FarDistance { get; }

    internal GaussianComponent[] Components { get; }

    /// <summary>Says where one customer belongs.</summary>
    /// <param name="values">The customer's values by the name of the feature, in its unit; NaN or absent where missing. Others are not looked at.</param>
    /// <returns>The assignment.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="RowFaultsException">
    /// A value is missing and nothing stands in for it, is not finite, or is negative where its logarithm is taken. The row is 0.
    /// </exception>
    public SegmentAssignment Assign(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var columns = new FeatureColumn[_features.Length];
        for (int f = 0; f < columns.Length; f++)
        {
            Feature feature = _features[f].Feature;
            columns[f] = feature.Of(new[] { values.TryGetValue(feature.Name, out double value) ? value : double.NaN });
        }

        var pass = new AssignPass(ClusterKernels.Best, _features, columns, this, new() { Segments = new int[1] });
        AssignPass.Worker worker = pass.Begin();
        pass.Run(ref worker, 0, 1);
        worker.Faults.ThrowIfAny(nameof(values));
        return new(worker.Rows, Count, FarDistance);
    }

    /// <summary>Says where many customers belong.</summary>
    /// <param name="columns">The features by name, in any order; others are not looked at.</param>
    /// <param name="to">Where the answers go. A row that is refused has -1 and NaN in them.</param>
    /// <param name="threads">How many threads share the work, 1 to 1,024. The answer does not depend on it.</param>
    /// <param name="progress">Told how many customers are done, after each block of them.</param>
    /// <param name="cancellationToken">Stops the work; then some of the answers are written.</param>
    /// <exception cref="ArgumentNullException">An argument or a feature is null.</exception>
    /// <exception cref="ArgumentException">A feature is not there, comes twice or in another unit than the model's, or lengths differ.</exception>
    /// <exception cref="RowFaultsException">
    /// A value is missing and nothing stands in for it, is not finite, or is negative where its logarithm is taken.
    /// </exception>
    public void Assign(
        IReadOnlyList<FeatureColumn> columns, AssignmentColumns to, int threads = 1, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        Assign(columns, to, ClusterKernels.Best, threads, progress, cancellationToken);

    internal void Assign(
        IReadOnlyList<FeatureColumn> columns, AssignmentColumns to, ClusterKernel kernel, int threads, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(to);
        Guard.InRange((double)threads, 1, 1_024, "", nameof(threads));
        FeatureColumn[] own = Array.ConvertAll(_features, scale => ColumnOf(scale.Feature, columns));
        to.Check(own[0].Values.Length);
        foreach (FeatureColumn column in own)
        {
            Guard.SameLength(own[0].Values.Length, column.Values.Length, "customers", nameof(columns));
        }

        var pass = new AssignPass(kernel, _features, own, this, to);
        RowBlocks.Run<AssignPass, AssignPass.Worker>(ref pass, own[0].Values.Length, RowBlocks.Rows, threads, progress, cancellationToken);
        pass.Faults.ThrowIfAny(nameof(columns));
    }

    /// <summary>The same model with its segments in another order.</summary>
    internal abstract DiscoveryModel InOrder(int[] order);

    private protected static void CheckParts(IReadOnlyList<FeatureScale> features, IReadOnlyList<IReadOnlyList<double>> means, IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(shares);
        Guard.InRange((double)features.Count, 1, MaxFeatures, "", nameof(features));
        Guard.InRange((double)means.Count, 1, MaxSegments, "", nameof(means));
        Guard.SameLength(means.Count, shares.Count, "segments", nameof(shares));
        if (features.Select(scale => scale?.Feature.Name ?? throw new ArgumentNullException(nameof(features))).Distinct(StringComparer.Ordinal).Count() < features.Count)
        {
            throw new ArgumentException("Two features have one name. Give each a name of its own.", nameof(features));
        }

        foreach (IReadOnlyList<double> mean in means)
        {
            ArgumentNullException.ThrowIfNull(mean, nameof(means));
            Guard.SameLength(features.Count, mean.Count, "features", nameof(means));
            foreach (double value in mean)
            {
                Guard.InRange(value, -FeatureScale.Greatest, FeatureScale.Greatest, "", nameof(means));
            }
        }

        foreach (double share in shares)
        {
            Guard.InRange(share, double.Epsilon, 1, "Shares are above 0 and add up to 1.", nameof(shares));
        }

        Guard.InRange(shares.Sum(), 1 - 1e-9, 1 + 1e-9, "Shares add up to 1.", nameof(shares));
    }

    private static FeatureColumn ColumnOf(Feature feature, IReadOnlyList<FeatureColumn> columns)
    {
        FeatureColumn? found = null;
        foreach (FeatureColumn column in columns)
        {
            ArgumentNullException.ThrowIfNull(column.Feature, nameof(columns));
            if (column.Feature.Name == feature.Name)
            {
                found = found is null ? column
                    : throw new ArgumentException($"Two columns are named '{feature.Name}'. Give each feature once.", nameof(columns));
            }
        }

        return found is not { } own ? throw new ArgumentException($"There is no column '{feature.Name}', which the segments are made of. Give it.", nameof(columns))
            : own.Feature.Unit == feature.Unit ? own
            : throw new ArgumentException(
                $"The column '{feature.Name}' is in '{own.Feature.Unit}', and the segments were found in '{feature.Unit}'. Convert it.", nameof(columns));
    }
}
