namespace Crm.Core.Benefits;

/// <summary>How columns are scored. What is not set has the documented default.</summary>
/// <remarks>Immutable and thread-safe; checked where it is used. Nothing here changes a bit of the result.</remarks>
public sealed record ScoringOptions
{
    /// <summary>Gets how many threads may work, 1 to <see cref="RankOptions.MaxThreads"/>; 1 if not set. One thread allocates nothing.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets who is told how many rows are done, after each block; from any thread, one call at a time.</summary>
    public IProgress<long>? Progress { get; init; }

    internal void Check() => Guard.InRange((double)Threads, 1, RankOptions.MaxThreads, "", nameof(Threads));
}
