namespace Crm.Core.Segments;

/// <summary>A model of segments by its plain parameters, with the number of the schema they are written in.</summary>
internal sealed record DiscoveryModelDocument
{
    public required int Schema { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<FeatureScale> Features { get; init; }

    public required IReadOnlyList<double> Shares { get; init; }

    public required IReadOnlyList<IReadOnlyList<double>> Means { get; init; }

    public double? Variance { get; init; }

    public CovarianceKind? Covariance { get; init; }

    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? Covariances { get; init; }

    public required double FarDistance { get; init; }

    internal static DiscoveryModelDocument Of(DiscoveryModel model, int schema) => new()
    {
        Schema = schema,
        Model = model.Name,
        Features = model.Features,
        Shares = model.Shares,
        Means = model.Means,
        Variance = (model as KMeans)?.Variance,
        Covariance = (model as GaussianMixture)?.Covariance,
        Covariances = (model as GaussianMixture)?.Covariances,
        FarDistance = model.FarDistance,
    };

    internal DiscoveryModel ToModel() => (Model, Variance, Covariance, Covariances) switch
    {
        (KMeans.ShortName, { } variance, null, null) => KMeans.Of(Features, Means, Shares, variance, FarDistance),
        (GaussianMixture.ShortName, null, { } kind, { } covariances) => GaussianMixture.Of(Features, Shares, Means, covariances, kind, FarDistance),
        _ => throw new ArgumentException("There is no such model, or its parameters are those of another.", nameof(Model)),
    };
}
