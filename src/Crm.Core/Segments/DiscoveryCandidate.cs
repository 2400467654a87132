namespace Crm.Core.Segments;

/// <summary>One number and kind of segments that was tried, with the figures it was judged by. A figure that does not exist is null.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record DiscoveryCandidate
{
    /// <summary>Gets the method: k-means or a mixture.</summary>
    public required DiscoveryMethod Method { get; init; }

    /// <summary>Gets how many segments.</summary>
    public required int Segments { get; init; }

    /// <summary>Gets the shape of the segments of a mixture.</summary>
    public CovarianceKind? Covariance { get; init; }

    /// <summary>Gets a value indicating whether it was chosen.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Gets the Bayesian criterion of a mixture; less is better.</summary>
    public double? Bic { get; init; }

    /// <summary>Gets the share of customers that a mixture expects to put right: the mean probability of their most likely segment.</summary>
    public double? Certainty { get; init; }

    /// <summary>
    /// Gets how far the density of a mixture falls between those two of its segments between which it falls least, as a share of the lower of their peaks:
    /// 0 where two have one peak. Null where it was not looked at: only what has a lower BIC and overlaps little is.
    /// </summary>
    public double? Dip { get; init; }

    /// <summary>Gets the sum of squared distances to the centres of k-means.</summary>
    public double? WithinSumOfSquares { get; init; }

    /// <summary>Gets the mean silhouette, -1 to 1.</summary>
    public double? Silhouette { get; init; }

    /// <summary>Gets the standard error of the silhouette that looking at some customers only leaves; 0 where all were looked at.</summary>
    public double? SilhouetteError { get; init; }

    /// <summary>Gets the mean agreement of halves, as adjusted Rand index: 1 where both show the same, about 0 where chance does as well.</summary>
    public double? Stability { get; init; }

    /// <summary>Gets the standard deviation of that agreement from split to split.</summary>
    public double? StabilityDeviation { get; init; }

    /// <summary>
    /// Gets how far it divides the customers better than draws with one peak, in standard deviations of the draws, cut at 1,000 either way; 0 or less where one
    /// of the draws is divided as well. Null where it was not tried: only what holds otherwise is.
    /// </summary>
    public double? NullMargin { get; init; }

    /// <summary>Gets how many of the customers looked at are in the smallest segment.</summary>
    public int? Smallest { get; init; }

    /// <summary>Gets why it was chosen, or why not.</summary>
    public string Verdict { get; init => field = value ?? ""; } = "";

    /// <summary>Gives number, kind and figures.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Segments} {Plural.Of(Segments, "segment")}, {Method} {Covariance}: BIC {Bic:F1}, silhouette {Silhouette:F2}, stability {Stability:F2}");
}
