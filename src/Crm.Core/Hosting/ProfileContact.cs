using System.Text.Json.Serialization;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>When, how and by whom a customer and the company were last in contact.</summary>
/// <remarks>
/// A contact is an interaction whose <see cref="Direction"/> is stated, or that is one by its kind (purchase, return, enquiry, visit, campaign
/// contact and response, service case, complaint, quotation, message); never a disclosure, a follow-up that only plans, or the report
/// that a campaign contact was delivered or bounced. Of those without a stated direction, campaign contacts, quotations and messages are outbound.
/// Compared by value. Immutable and thread-safe.
/// </remarks>
public sealed record ProfileContact
{
    /// <summary>Gets the interaction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId Interaction { get; init; }

    /// <summary>Gets its kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionKind Kind { get; init; }

    /// <summary>Gets when it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant At { get; init; }

    /// <summary>Gets the channel, none where unknown.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets who began it, as it was stated.</summary>
    public Direction Direction { get; init; }

    /// <summary>Gets who acted for the company, none where nobody did.</summary>
    public StaffId Staff { get; init; }

    /// <summary>Gives kind, id and moment.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Kind} {Interaction} at {At}");

    internal static ProfileContact Of(Interaction interaction) => new()
    {
        Interaction = interaction.Id,
        Kind = interaction.Kind,
        At = interaction.At,
        Channel = interaction.Channel,
        Direction = interaction.Direction,
        Staff = interaction.Staff,
    };

    internal static bool IsContact(Interaction interaction, InteractionKind kind) => kind switch
    {
        InteractionKind.Purchase or InteractionKind.Return or InteractionKind.Enquiry or InteractionKind.Visit or InteractionKind.CampaignContact
            or InteractionKind.ServiceCase or InteractionKind.Complaint or InteractionKind.Quotation or InteractionKind.Message => true,
        InteractionKind.CampaignResponse => interaction.Detail is CampaignResponseDetail { Response: not (ResponseKind.Delivered or ResponseKind.Bounced) },
        InteractionKind.Disclosure or InteractionKind.FollowUp => false,
        _ => interaction.Direction != Direction.Unstated,
    };

    /// <summary>Whether the company began a contact.</summary>
    internal static bool IsOutbound(Interaction interaction, InteractionKind kind) => interaction.Direction == Direction.Outbound
        || (interaction.Direction == Direction.Unstated && kind is (InteractionKind.CampaignContact or InteractionKind.Quotation or InteractionKind.Message));
}
