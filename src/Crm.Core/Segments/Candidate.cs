using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>A candidate while it is judged: what was fitted, and its figures so far.</summary>
internal sealed class Candidate
{
    internal required int Segments { get; init; }

    /// <summary>Gets the shape of a mixture; null for k-means.</summary>
    internal CovarianceKind? Covariance { get; init; }

    internal Clusters? Clusters { get; init; }

    internal MixtureSearch? Mixture { get; init; }

    /// <summary>Gets why there is nothing to judge, in words; null where there is.</summary>
    internal string? Failure { get; init; }

    internal byte[] Labels => Mixture?.Labels ?? Clusters!.Labels;

    internal int[] Counts => Mixture?.Counts ?? Clusters!.Counts;

    internal bool IsMixture => Covariance is not null;

    internal bool IsUsable => Failure is null;

    internal double? Bic => IsUsable ? Mixture?.Statistics?.Bic : null;

    internal double? Certainty => IsUsable ? Mixture?.Statistics?.Certainty : null;

    internal (double Mean, double StandardError)? Silhouette { get; set; }

    internal (double Mean, double Deviation)? Stability { get; set; }

    internal string Verdict { get; set; } = "";

    internal bool IsChosen { get; set; }

    internal DiscoveryCandidate Shown() => new()
    {
        Method = IsMixture ? DiscoveryMethod.GaussianMixture : DiscoveryMethod.KMeans,
        Segments = Segments,
        Covariance = Covariance,
        IsChosen = IsChosen,
        Bic = Bic,
        Certainty = Certainty,
        WithinSumOfSquares = IsUsable ? Clusters?.Inertia : null,
        Silhouette = Silhouette?.Mean,
        SilhouetteError = Silhouette?.StandardError,
        Stability = Stability?.Mean,
        StabilityDeviation = Stability?.Deviation,
        Smallest = IsUsable ? Counts.Min() : null,
        Verdict = Failure ?? Verdict,
    };
}
