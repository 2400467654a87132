using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>What is handed to a partner, with the number of the schema it is written in.</summary>
internal sealed record PartnerDataDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required PartnerData Shared { get; init; }
}
