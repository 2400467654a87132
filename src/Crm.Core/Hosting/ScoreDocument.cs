using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>A score or a run with the number of the schema it is written in.</summary>
internal sealed record ScoreDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int Schema { get; init; }

    public CustomerScore? Score { get; init; }

    public ScoreRun? Run { get; init; }
}
