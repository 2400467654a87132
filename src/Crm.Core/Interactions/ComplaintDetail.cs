using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>A complaint.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ComplaintDetail : InteractionDetail
{
    private readonly string? _about;
    private readonly ProductId _product;

    /// <summary>Gets what it is about; null where nobody wrote it down.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? About
    {
        get => _about;
        init => _about = StoredText.BodyOrNull(value);
    }

    /// <summary>Gets the product, none where it is about something else.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Complaint;
}
