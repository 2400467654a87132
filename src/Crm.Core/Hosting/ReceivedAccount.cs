using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>An account of another customer whose purchases are this one's since a date.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ReceivedAccount
{
    /// <summary>Gets the system the account is in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId System { get; init; }

    /// <summary>Gets the account, as that system calls it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Account { get; init; }

    /// <summary>Gets in whose timeline the purchases stand.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId From { get; init; }

    /// <summary>Gets since when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Since { get; init; }

    /// <summary>Gives the system, the other's id and the moment, not the account.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"account of {System}, received from {From} at {Since}");
}
