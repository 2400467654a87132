using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>A segment a customer is in.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileSegment
{
    /// <summary>Gets the segment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SegmentId Segment { get; init; }

    /// <summary>Gets when the customer entered it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Since { get; init; }

    /// <summary>Gets why, in words; null where nobody said.</summary>
    public string? Why { get; init; }

    /// <summary>Gives segment and moment.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Segment} since {Since}");
}
