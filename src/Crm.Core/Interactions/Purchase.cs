using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>One purchase: who bought, when, for how much, and what else is known of it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Purchase
{
    private readonly Money _amount;

    /// <summary>Gets who bought; never <see cref="CustomerId.None"/> in histories.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Gets the moment of the purchase. Histories turn it into a day in their declared time zone.</summary>
    public required Instant At { get; init; }

    /// <summary>Gets what was paid; 0 or more. 0 is a purchase too; money given back is a <see cref="PurchaseReturn"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public required Money Amount
    {
        get => _amount;
        init => _amount = value.Amount >= 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(value), "A purchase has an amount of 0 or more; this one is negative. Pass money given back as a PurchaseReturn.");
    }

    /// <summary>
    /// Gets the purchase's own id, none by default; each line of an order that is passed as a purchase needs one of its own. Give it where a <see cref="PurchaseReturn"/> names the purchase, or where the
    /// same purchase may be delivered twice: the second one is then counted and ignored. It costs a histories builder about 80
    /// bytes a purchase on top of 12.
    /// </summary>
    public PurchaseId Id { get; init; }

    /// <summary>Gets the channel it was made through, none by default.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets what was bought, none by default.</summary>
    public ProductId Product { get; init; }

    /// <summary>Gets how much the price was reduced; <see cref="Amount"/> is what was paid after it. Null where unknown.</summary>
    public Money? Discount { get; init; }

    /// <summary>Gets what the goods or services cost the company. Null where unknown.</summary>
    public Money? Cost { get; init; }

    /// <summary>Gets the campaign that led to the purchase, none by default.</summary>
    public CampaignId Campaign { get; init; }

    /// <summary>Gets the customer who brought the buyer, none by default.</summary>
    public CustomerId ReferredBy { get; init; }

    /// <summary>Makes a purchase.</summary>
    /// <param name="customer">Who bought.</param>
    /// <param name="at">The moment.</param>
    /// <param name="amount">What was paid, 0 or more.</param>
    /// <returns>The purchase.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public static Purchase Of(CustomerId customer, Instant at, Money amount) =>
        new() { Customer = customer, At = at, Amount = amount };

    /// <summary>Makes a purchase.</summary>
    /// <param name="customer">Who bought.</param>
    /// <param name="at">The moment; its offset is not kept, since histories declare their own time zone.</param>
    /// <param name="amount">What was paid, 0 or more.</param>
    /// <returns>The purchase.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public static Purchase Of(CustomerId customer, DateTimeOffset at, Money amount) =>
        Of(customer, Instant.FromDateTimeOffset(at), amount);
}
