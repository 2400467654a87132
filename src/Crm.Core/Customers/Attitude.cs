using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>How a customer feels and thinks about the company or a product, as someone noted it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Attitude : CustomerFact
{
    private readonly string? _words;
    private readonly double? _strength;
    private readonly ProductId _product;

    /// <summary>Gets what is noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AttitudeKind Kind { get; init; }

    /// <summary>Gets the words: the reason, the feeling; null where only the strength is known.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? Words
    {
        get => _words;
        init => _words = StoredText.BodyOrNull(value);
    }

    /// <summary>Gets how strong it is, from −1 (dislikes, wants no contact) over 0 to 1 (loves, wants to be close); null where nobody said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from −1 to 1.</exception>
    public double? Strength
    {
        get => _strength;
        init => _strength = value is { } strength ? Guard.InRange(strength, -1, 1, "", nameof(Strength)) : null;
    }

    /// <summary>Gets the product it is about; <see cref="ProductId.None"/> for the company as a whole.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }
}
