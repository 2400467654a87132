using Crm.Core.Interactions;

namespace Crm.Core.Segments;

/// <summary>Of an interaction what filters look at. Few different ones occur in a base.</summary>
internal readonly record struct EventTraits(
    InteractionKind Kind, ProductId Product, Channel Channel, CampaignId Campaign, OfferId Offer, Currency? Currency)
{
    internal static EventTraits Of(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return new(interaction.Kind, ProductOf(interaction.Detail), interaction.Channel, interaction.Campaign, interaction.Offer, PaymentOf(interaction.Detail)?.Currency);
    }

    /// <summary>What was paid, below 0 where it was given back; null where the interaction is no payment.</summary>
    internal static Money? PaymentOf(InteractionDetail detail) => detail switch
    {
        PurchaseDetail purchase => purchase.Amount,
        ReturnDetail back => Money.Of(-back.Amount.Amount, back.Amount.Currency),
        _ => null,
    };

    private static ProductId ProductOf(InteractionDetail detail) => detail switch
    {
        PurchaseDetail purchase => purchase.Product,
        ComplaintDetail complaint => complaint.Product,
        UsageDetail usage => usage.Product,
        _ => ProductId.None,
    };
}
