using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>A message a customer was shown or sent: at a cash machine, on a page, in a letter, for a campaign.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ShownMessage
{
    /// <summary>Gets the message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required MessageId Message { get; init; }

    /// <summary>Gets what it said; null where the id tells enough.</summary>
    public string? Text { get; init; }

    /// <summary>Gets when it was shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant At { get; init; }

    /// <summary>Gets where, none where unknown.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets the campaign it belongs to, none by default.</summary>
    public CampaignId Campaign { get; init; }

    /// <summary>Gets the interaction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId Interaction { get; init; }

    /// <summary>Gives ids and moment, nothing of the text.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"message {Message} at {At}");
}
