namespace Crm.Core.Benefits;

/// <summary>How offers are ranked. Checked before anything is written.</summary>
public sealed record RankOptions
{
    /// <summary>The longest list.</summary>
    public const int MaxTop = 64;

    /// <summary>The most threads.</summary>
    public const int MaxThreads = 1_024;

    internal static RankOptions Default { get; } = new();

    /// <summary>Gets how many offers are listed for a customer, 1 to <see cref="MaxTop"/>; 5 by default.</summary>
    public int Top { get; init; } = 5;

    /// <summary>Gets the benefit below which an offer is not listed. Null lists any.</summary>
    public double? MinimumBenefit { get; init; }

    /// <summary>
    /// Gets how many customers may have each offer, 0 or more; <see cref="int.MaxValue"/> for no limit. Null takes what is known of the offers,
    /// and limits none where nothing is.
    /// </summary>
    /// <remarks>
    /// An offer that more customers would list than may have it goes to those it benefits most, the earlier row first of equal ones; the
    /// others get their next best. The outcome is stable (nobody would rather have an offer that has room, or that is held by one it
    /// benefits less) and of all stable ones the best for every customer (Gale and Shapley 1962). Who holds an offer has to be remembered: some
    /// hundred bytes for each place in a list, and time that grows as supply falls short of demand. Lists and benefits must then be given. A
    /// ranking that is cancelled or fails half-way leaves -1 and NaN in all of them, since until all is settled nobody's list is final.
    /// </remarks>
    public IReadOnlyList<int>? Limits { get; init; }

    /// <summary>Gets how many threads share the work, 1 to <see cref="MaxThreads"/>; 1 by default. The answer does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets who is told how many rows are done, after each block of them. Null for nobody.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Gets the name of the kernel to use instead of the best.</summary>
    internal string? Kernel { get; init; }

    internal void Check(int offers)
    {
        Guard.InRange((double)Top, 1, MaxTop, "", nameof(Top));
        Guard.InRange((double)Threads, 1, MaxThreads, "", nameof(Threads));
        if (MinimumBenefit is { } minimum)
        {
            Guard.InRange(minimum, double.MinValue, double.MaxValue, "Null lists any offer.", nameof(MinimumBenefit));
        }

        if (Limits is not null)
        {
            Guard.SameLength(offers, Limits.Count, "offers", nameof(Limits));
            foreach (int limit in Limits)
            {
                Guard.NotNegative(limit, nameof(Limits));
            }
        }
    }
}
