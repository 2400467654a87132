using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>The customer was contacted for a campaign; <see cref="Interaction.Campaign"/> and <see cref="Interaction.Offer"/> say which.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CampaignContactDetail : InteractionDetail
{
    private readonly MessageId _message;

    /// <summary>Gets the message that was sent, none where there was none.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public MessageId Message
    {
        get => _message;
        init => _message = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.CampaignContact;
}
