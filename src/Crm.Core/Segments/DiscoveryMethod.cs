namespace Crm.Core.Segments;

/// <summary>How segments are looked for.</summary>
public enum DiscoveryMethod
{
    /// <summary>A Gaussian mixture; k-means first where mixtures collapse on values that many customers share.</summary>
    Automatic,

    /// <summary><see cref="Segments.KMeans"/>, the number of segments by the greatest silhouette.</summary>
    KMeans,

    /// <summary><see cref="Segments.GaussianMixture"/>, number and shape of the segments by the least BIC.</summary>
    GaussianMixture,
}
