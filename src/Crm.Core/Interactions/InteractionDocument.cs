using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>An interaction with the number of the schema it is written in.</summary>
internal sealed record InteractionDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Interaction Interaction { get; init; }
}
