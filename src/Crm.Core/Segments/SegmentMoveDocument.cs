using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>A move with the number of the schema it is written in.</summary>
internal sealed record SegmentMoveDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SegmentMove Move { get; init; }
}
