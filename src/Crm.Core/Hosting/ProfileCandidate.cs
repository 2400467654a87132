using System.Text.Json.Serialization;
using Crm.Core.Customers;

namespace Crm.Core.Hosting;

/// <summary>One of those who may be meant by a contact point or another system's id.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileCandidate
{
    /// <summary>Gets who.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId Id { get; init; }

    /// <summary>Gets the kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerKind Kind { get; init; }

    /// <summary>Gets what they are called, to choose by; null where unknown.</summary>
    public string? Name { get; init; }

    /// <summary>Gets a value indicating whether they are still reached there; else they were once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsCurrent { get; init; }

    /// <summary>Gives kind and id, not the name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Kind} {Id}{(IsCurrent ? "" : ", once")}";
}
