namespace Crm.Core.Segments;

/// <summary>How a segment differs from all other customers in one feature.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SegmentDifference
{
    /// <summary>Gets the name of the feature.</summary>
    public required string Feature { get; init; }

    /// <summary>Gets the difference of the means, as the feature is compared, in deviations within the two groups; above 0 where the segment has more.</summary>
    public required double Effect { get; init; }

    /// <summary>Gets the median in the segment, in the feature's unit.</summary>
    public required double Median { get; init; }

    /// <summary>Gets the median of all others.</summary>
    public required double MedianOfOthers { get; init; }

    /// <summary>Gets the mean in the segment, in the feature's unit.</summary>
    public required double Mean { get; init; }

    /// <summary>Gets the mean of all others.</summary>
    public required double MeanOfOthers { get; init; }

    /// <summary>Gets the difference in words; null where it is too small to speak of, or where neither medians nor means show it.</summary>
    public string? Words { get; init; }

    /// <summary>Gives the figures.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"effect {Effect:F2}: median {Median} against {MedianOfOthers}");
}
