using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>Money given back for a purchase.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReturnDetail : InteractionDetail
{
    private readonly Money _amount;
    private readonly PurchaseId _purchase;

    /// <summary>Gets how much was given back; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Money Amount
    {
        get => _amount;
        init => _amount = DetailRules.NotNegative(value);
    }

    /// <summary>Gets the purchase it is for, none where nobody knows.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public PurchaseId Purchase
    {
        get => _purchase;
        init => _purchase = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Return;
}
