namespace Crm.Core.Segments;

/// <summary>How a <see cref="GaussianMixture"/> is fitted. Checked before anything is done.</summary>
public sealed record GaussianMixtureOptions
{
    /// <summary>Gets how many segments, 1 to <see cref="DiscoveryModel.MaxSegments"/>.</summary>
    public required int Segments { get; init; }

    /// <summary>Gets the shape of the segments. Null, the default, tries all and takes that with the least BIC.</summary>
    public CovarianceKind? Covariance { get; init; }

    /// <summary>Gets from how many k-means ends it starts, 1 to 1,000; after 20 steps the most likely goes on alone. 5 by default.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>Gets the most steps, 1 or more; 2,000 by default. A fit that used them up gives no model.</summary>
    public int MaxIterations { get; init; } = 2_000;

    /// <summary>Gets how much log-likelihood may be left to gain at the end, as the last gains foretell it, above 0; 0.001 by default.</summary>
    public double Tolerance { get; init; } = 0.001;

    /// <summary>
    /// Gets the least variance of a segment in any direction, in standardised features (whose variance is 1), from 1e-12 to 1; 1e-6 by default. A
    /// segment that reaches it is named: it has collapsed on one value, and the likelihood then depends on this floor.
    /// </summary>
    public double MinVariance { get; init; } = 1e-6;

    /// <summary>Gets the seed of all random draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets how rare a distance under the model must be for a new customer to count as far from all segments, 1e-9 to 0.5; 0.001 by default.</summary>
    public double FarProbability { get; init; } = 0.001;

    /// <summary>Gets how many threads share the work, 1 to 1,024; 1 by default. The answer does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets the name of the kernel to use instead of the best.</summary>
    internal string? Kernel { get; init; }

    internal void Check()
    {
        Guard.InRange((double)Segments, 1, DiscoveryModel.MaxSegments, "", nameof(Segments));
        Guard.InRange((double)Starts, 1, 1_000, "", nameof(Starts));
        Guard.InRange((double)MaxIterations, 1, int.MaxValue, "", nameof(MaxIterations));
        Guard.Positive(Tolerance, "", nameof(Tolerance));
        Guard.InRange(MinVariance, 1e-12, 1, "", nameof(MinVariance));
        Guard.InRange(FarProbability, 1e-9, 0.5, "", nameof(FarProbability));
        Guard.InRange((double)Threads, 1, 1_024, "", nameof(Threads));
        if (Covariance is { } kind && !Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(Covariance), "There is no such kind of covariance. Give spherical, diagonal or full, or null for all.");
        }
    }
}
