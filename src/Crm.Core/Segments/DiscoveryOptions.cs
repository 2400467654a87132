namespace Crm.Core.Segments;

/// <summary>How <see cref="DiscoveredSegments"/> are looked for, and what must hold for them to count as found. Checked before anything is done.</summary>
public sealed record DiscoveryOptions
{
    private readonly string _idPrefix = "found";

    /// <summary>Gets the fewest segments that are tried, 2 by default. One is always tried beside them.</summary>
    public int MinSegments { get; init; } = 2;

    /// <summary>Gets the most segments that are tried, up to <see cref="DiscoveryModel.MaxSegments"/>; 8 by default.</summary>
    public int MaxSegments { get; init; } = 8;

    /// <summary>Gets how they are looked for.</summary>
    public DiscoveryMethod Method { get; init; } = DiscoveryMethod.Automatic;

    /// <summary>
    /// Gets the customers among whom number and kind are chosen, 100 or more; 10,000 by default. Of more, a sample of as many is drawn; what was
    /// chosen is then fitted to all.
    /// </summary>
    public int SearchCustomers { get; init; } = 10_000;

    /// <summary>Gets the starts of each fit, 1 to 1,000; 5 by default.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>Gets how often the customers are split in halves to see whether both show the same segments, 2 to 1,000; 10 by default.</summary>
    public int Splits { get; init; } = 10;

    /// <summary>Gets the customers up to which a silhouette looks at each; of more it looks at 1,000, against all. 4,000 by default.</summary>
    public int SilhouetteCustomers { get; init; } = 4_000;

    /// <summary>Gets how much lower than that of one segment a BIC must be, 0 or more; 10 by default (very strong evidence, Kass &amp; Raftery 1995).</summary>
    public double LeastBicGain { get; init; } = 10;

    /// <summary>Gets the least share of customers that a mixture must expect to put right, up to 1; 0.9 by default.</summary>
    public double LeastCertainty { get; init; } = 0.9;

    /// <summary>
    /// Gets how far the density of a mixture must fall between any two segments, as a share of the lower of their peaks, 0 to 1; 0.2 by default. Two segments
    /// with one peak are one of another shape: a long tail, or a bend.
    /// </summary>
    public double LeastDip { get; init; } = 0.2;

    /// <summary>Gets the least mean agreement of halves (adjusted Rand index), up to 1; 0.8 by default.</summary>
    public double LeastStability { get; init; } = 0.8;

    /// <summary>Gets the least mean silhouette of k-means where no mixture can say whether there is structure, up to 1; 0.5 by default.</summary>
    public double LeastSilhouette { get; init; } = 0.5;

    /// <summary>
    /// Gets how many bases without segments are drawn and divided in the same way, to see whether the customers are divided better: 0 for none, or 5 to
    /// 1,000; 20 by default. In a draw each feature has one peak, with the values and the correlations that the customers have.
    /// </summary>
    public int NullDraws { get; init; } = 20;

    /// <summary>Gets how many standard deviations of the draws the customers' gain must be above their mean, 0 or more; 3 by default.</summary>
    public double LeastNullMargin { get; init; } = 3;

    /// <summary>Gets the least difference that is put in words, in deviations within segments, above 0; 0.5 by default (medium, Cohen 1988).</summary>
    public double LeastDifference { get; init; } = 0.5;

    /// <summary>Gets how rare a distance must be for a new customer to count as far from all, 1e-9 to 0.5; 0.001 by default.</summary>
    public double FarProbability { get; init; } = 0.001;

    /// <summary>Gets the seed of all random draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets how many threads share the work, 1 to 1,024; 1 by default. The answer does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets what the ids of the segments begin with: "found" makes "found:1". 1 to 100 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public string IdPrefix
    {
        get => _idPrefix;
        init => _idPrefix = StoredText.Line(value).Length <= 100 ? value
            : throw new ArgumentOutOfRangeException(nameof(IdPrefix), "IdPrefix has 1 to 100 characters; this one has more.");
    }

    /// <summary>Gives the numbers that are tried and the seed.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{MinSegments} to {MaxSegments} segments ({Method}), seed {Seed}");

    internal void Check()
    {
        Guard.InRange((double)MinSegments, 2, DiscoveryModel.MaxSegments, "One segment is always tried.", nameof(MinSegments));
        Guard.InRange((double)MaxSegments, MinSegments, DiscoveryModel.MaxSegments, "", nameof(MaxSegments));
        Guard.InRange((double)SearchCustomers, 100, int.MaxValue, "", nameof(SearchCustomers));
        Guard.InRange((double)Starts, 1, 1_000, "", nameof(Starts));
        Guard.InRange((double)Splits, 2, 1_000, "", nameof(Splits));
        Guard.InRange((double)SilhouetteCustomers, 1, int.MaxValue, "", nameof(SilhouetteCustomers));
        Guard.NotNegative(LeastBicGain, "", nameof(LeastBicGain));
        Guard.InRange(LeastCertainty, 0, 1, "", nameof(LeastCertainty));
        Guard.InRange(LeastDip, 0, 1, "", nameof(LeastDip));
        Guard.InRange(LeastStability, -1, 1, "", nameof(LeastStability));
        Guard.InRange(LeastSilhouette, -1, 1, "", nameof(LeastSilhouette));
        Guard.InRange((double)NullDraws, NullDraws == 0 ? 0 : 5, 1_000, "", nameof(NullDraws));
        Guard.NotNegative(LeastNullMargin, "", nameof(LeastNullMargin));
        Guard.Positive(LeastDifference, "", nameof(LeastDifference));
        Guard.InRange(FarProbability, 1e-9, 0.5, "", nameof(FarProbability));
        Guard.InRange((double)Threads, 1, 1_024, "", nameof(Threads));
        if (!Enum.IsDefined(Method))
        {
            throw new ArgumentOutOfRangeException(nameof(Method), "There is no such method. Give Automatic, KMeans or GaussianMixture.");
        }
    }
}
