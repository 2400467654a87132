using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>What came back on a campaign; <see cref="Interaction.Campaign"/> and <see cref="Interaction.Offer"/> say which.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CampaignResponseDetail : InteractionDetail
{
    /// <summary>Gets what it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ResponseKind Response { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.CampaignResponse;
}
