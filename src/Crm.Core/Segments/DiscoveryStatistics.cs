namespace Crm.Core.Segments;

/// <summary>How a fit of segments ended: the figures to compare it by.</summary>
/// <remarks>All are of the standardised features. Immutable and thread-safe.</remarks>
public sealed record DiscoveryStatistics
{
    /// <summary>Gets how many customers it was fitted to.</summary>
    public required int Customers { get; init; }

    /// <summary>Gets how many steps the best start took.</summary>
    public required int Iterations { get; init; }

    /// <summary>Gets the sum of the customers' squared distances to the centres of their segments; null for a mixture.</summary>
    public double? WithinSumOfSquares { get; init; }

    /// <summary>Gets the log-likelihood; null for k-means, which has none.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>Gets how many parameters the mixture has: weights, means and covariances; null for k-means.</summary>
    public int? Parameters { get; init; }

    /// <summary>
    /// Gets the mean probability of the customers' most likely segment: the share of them that is expected to be put right, if the mixture holds. 1 where
    /// segments do not overlap; null for k-means.
    /// </summary>
    public double? Certainty { get; init; }

    /// <summary>Gets the Bayesian criterion, p ln n − 2 ln L for p parameters and n customers (Schwarz 1978); less is better. Null for k-means.</summary>
    public double? Bic => (Parameters * Math.Log(Customers)) - (2 * LogLikelihood);
}
