using System.Text.Json.Serialization;
using Crm.Core.Customers;

namespace Crm.Core.Hosting;

/// <summary>What another customer's facts say of how that one belongs to this one: a member of the household, a buyer who decides.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileRelation
{
    /// <summary>Gets the other customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId From { get; init; }

    /// <summary>Gets the relation; it leads to the customer of the profile.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Relation Relation { get; init; }

    /// <summary>Gives the other's id and the kind.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{From}: {Relation.Kind}";
}
