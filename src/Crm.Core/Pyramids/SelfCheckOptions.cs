namespace Crm.Core.Pyramids;

/// <summary>How claims are held against a base.</summary>
public sealed record SelfCheckOptions
{
    /// <summary>Gets the probability with which an interval is to hold what would be found on many bases like this one; from 0.5 to 0.99.</summary>
    public double Level { get; init; } = 0.90;

    /// <summary>Gets how many bases are drawn from this one at the most, from 200 to 10,000; where customers are very many it is fewer, but never fewer than 200.</summary>
    public int Resamples { get; init; } = 999;

    /// <summary>Gets the seed; the same one gives the same intervals, on any number of threads.</summary>
    public ulong Seed { get; init; } = 1;
}
