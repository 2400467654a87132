using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>The customer used what was bought.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record UsageDetail : InteractionDetail
{
    private readonly string _what = "";
    private readonly decimal? _quantity;
    private readonly ProductId _product;

    /// <summary>Gets what was done: "sign-in", "minutes", "print"; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string What
    {
        get => _what;
        init => _what = StoredText.Line(value);
    }

    /// <summary>Gets how much; above 0. Null for once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public decimal? Quantity
    {
        get => _quantity;
        init => _quantity = value is { } number ? Guard.Positive(number, nameof(Quantity)) : null;
    }

    /// <summary>Gets the product, none where unknown.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Usage;
}
