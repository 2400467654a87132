using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>A purchase.</summary>
/// <remarks>One line of an order is one purchase. Immutable and thread-safe.</remarks>
public sealed record PurchaseDetail : InteractionDetail
{
    private readonly Money _amount;
    private readonly PurchaseId _purchase;
    private readonly ProductId _product;
    private readonly decimal? _quantity;
    private readonly Money? _discount;
    private readonly Money? _costOfGoods;
    private readonly CustomerId _referredBy;

    /// <summary>Gets what was paid; 0 or more. Money given back is a <see cref="ReturnDetail"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Money Amount
    {
        get => _amount;
        init => _amount = DetailRules.NotNegative(value);
    }

    /// <summary>Gets the id a return can name the purchase by; none by default. It should be of one purchase: of several of a customer that share it each counts, and a return takes from the earliest.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public PurchaseId Purchase
    {
        get => _purchase;
        init => _purchase = StoredText.OptionalId(value);
    }

    /// <summary>Gets what was bought, none where unknown.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <summary>Gets how much of it; above 0. Null where unknown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public decimal? Quantity
    {
        get => _quantity;
        init => _quantity = value is { } number ? Guard.Positive(number, nameof(Quantity)) : null;
    }

    /// <summary>Gets how much the price was reduced; <see cref="Amount"/> is what was paid after it; 0 or more. Null where unknown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Discount
    {
        get => _discount;
        init => _discount = DetailRules.NotNegative(value);
    }

    /// <summary>Gets what the goods or services cost the company; 0 or more. Null where unknown. What the contact cost is <see cref="Interaction.Cost"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? CostOfGoods
    {
        get => _costOfGoods;
        init => _costOfGoods = DetailRules.NotNegative(value);
    }

    /// <summary>Gets the customer who brought the buyer, none by default.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public CustomerId ReferredBy
    {
        get => _referredBy;
        init => _referredBy = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Purchase;

    /// <inheritdoc/>
    [JsonIgnore]
    public override CustomerId NamedCustomer => ReferredBy;

    /// <inheritdoc/>
    public override InteractionDetail WithoutMention() => this with { ReferredBy = CustomerId.None };
}
