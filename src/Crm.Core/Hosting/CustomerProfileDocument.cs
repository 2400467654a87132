using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>A profile with the number of the schema it is written in.</summary>
internal sealed record CustomerProfileDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerProfile Profile { get; init; }
}
