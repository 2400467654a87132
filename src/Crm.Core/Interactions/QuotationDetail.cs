using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>A quotation given to the customer.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record QuotationDetail : InteractionDetail
{
    private readonly Money _amount;
    private readonly ProductId _product;

    /// <summary>Gets the price quoted; 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Money Amount
    {
        get => _amount;
        init => _amount = DetailRules.NotNegative(value);
    }

    /// <summary>Gets the last day it holds; null where it says none.</summary>
    public LocalDate? ValidThrough { get; init; }

    /// <summary>Gets the product, none where there are several.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Quotation;
}
