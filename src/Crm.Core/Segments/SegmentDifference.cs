namespace Crm.Core.Segments;

/// <summary>How a segment differs from all other customers in one feature.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SegmentDifference
{
    /// <summary>Gets the name of the feature.</summary>
    public required string Feature { get; init; }

    /// <summary>
    /// Gets the difference of the means, as the feature is compared, in deviations within the two groups; above 0 where the segment has more. Of the customers
    /// whose value is known; 0 where that is nobody in the segment, or nobody beside it.
    /// </summary>
    public required double Effect { get; init; }

    /// <summary>Gets the median of the known values in the segment, in the feature's unit; null where none is known.</summary>
    public required double? Median { get; init; }

    /// <summary>Gets the median of the known values of all others; null where none is known.</summary>
    public required double? MedianOfOthers { get; init; }

    /// <summary>Gets the mean of the known values in the segment, in the feature's unit; null where none is known.</summary>
    public required double? Mean { get; init; }

    /// <summary>Gets the mean of the known values of all others; null where none is known.</summary>
    public required double? MeanOfOthers { get; init; }

    /// <summary>Gets the share of the segment whose value was missing, 0 to 1: what stood in for it is in none of the figures here.</summary>
    public double Unknown { get; init; }

    /// <summary>Gets the share of all others whose value was missing.</summary>
    public double UnknownOfOthers { get; init; }

    /// <summary>Gets the difference in words; null where it is too small to speak of, or where neither medians nor means show it.</summary>
    public string? Words { get; init; }

    /// <summary>Gives the figures.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"effect {Effect:F2}: median {Median} against {MedianOfOthers}");
}
