namespace Crm.Core.Segments;

/// <summary>How <see cref="KMeans"/> is fitted. Checked before anything is done.</summary>
public sealed record KMeansOptions
{
    /// <summary>Gets how many segments, 1 to <see cref="DiscoveryModel.MaxSegments"/>.</summary>
    public required int Segments { get; init; }

    /// <summary>Gets from how many seedings it starts, 1 to 1,000; the end with the least sum of squares is taken. 10 by default.</summary>
    public int Starts { get; init; } = 10;

    /// <summary>Gets the most passes of a start, 1 or more; 500 by default. A fit that used them up says so.</summary>
    public int MaxIterations { get; init; } = 500;

    /// <summary>Gets the seed of all random draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Gets how rare a distance among the segments' own must be for a new customer to count as far from all, 1e-9 to 0.5; 0.001 by default.</summary>
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
        Guard.InRange(FarProbability, 1e-9, 0.5, "", nameof(FarProbability));
        Guard.InRange((double)Threads, 1, 1_024, "", nameof(Threads));
    }
}
