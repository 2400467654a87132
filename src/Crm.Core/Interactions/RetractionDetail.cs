using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>That an interaction never was. <see cref="Interaction.Corrects"/> says which.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RetractionDetail : InteractionDetail
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Retraction;
}
