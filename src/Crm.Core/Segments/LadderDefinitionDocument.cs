using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>A definition with the number of the schema it is written in.</summary>
internal sealed record LadderDefinitionDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required LadderDefinition Ladder { get; init; }
}
