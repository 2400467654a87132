using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>How old the copy is that came from one source system.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SourceAge
{
    /// <summary>Gets the source.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId Source { get; init; }

    /// <summary>Gets when something of the customer last came from there: the latest fact or interaction that is known and counts from the point of view; what only took something back does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant LastRecordedAt { get; init; }

    /// <summary>Gets how long before the moment up to which records count that was; null in hindsight, which has no such moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Duration? Age { get; init; }

    /// <summary>Gives source and moment.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Source}, last at {LastRecordedAt}");
}
