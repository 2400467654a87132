namespace Crm.Core.Segments;

/// <summary>What shape the segments of a <see cref="GaussianMixture"/> may have. Each segment has a covariance of its own.</summary>
public enum CovarianceKind
{
    /// <summary>Balls: one variance for all standardised features.</summary>
    Spherical,

    /// <summary>A variance for each feature, and no correlation within a segment.</summary>
    Diagonal,

    /// <summary>Any variances and correlations.</summary>
    Full,
}
