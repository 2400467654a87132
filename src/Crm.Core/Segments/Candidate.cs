using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>A candidate while it is judged: what was fitted, and its figures so far.</summary>
internal sealed class Candidate
{
    private double? _dip;

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

    /// <summary>Gets how deep the density falls between the two segments of a mixture where it falls least.</summary>
    internal double Dip => _dip ??= LeastDip(Mixture!.Components!);

    internal (double Mean, double StandardError)? Silhouette { get; set; }

    internal (double Mean, double Deviation)? Stability { get; set; }

    /// <summary>Gets how far its gain is above that in draws without segments; null where it was not tried.</summary>
    internal double? NullMargin { get; set; }

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
        Dip = _dip,
        WithinSumOfSquares = IsUsable ? Clusters?.Inertia : null,
        Silhouette = Silhouette?.Mean,
        SilhouetteError = Silhouette?.StandardError,
        Stability = Stability?.Mean,
        StabilityDeviation = Stability?.Deviation,
        NullMargin = NullMargin,
        Smallest = IsUsable ? Counts.Min() : null,
        Verdict = Failure ?? Verdict,
    };

    /// <summary>How deep the density falls between those two between which it falls least.</summary>
    internal static double LeastDip(GaussianComponent[] components)
    {
        double least = 1;
        for (int j = 0; j < components.Length; j++)
        {
            for (int other = 0; other < j; other++)
            {
                least = Math.Min(least, Ridgeline.Dip(components[other], components[j]));
            }
        }

        return least;
    }
}
