using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>A customer with the number of the schema it is written in.</summary>
internal sealed record CustomerDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Customer Customer { get; init; }
}
