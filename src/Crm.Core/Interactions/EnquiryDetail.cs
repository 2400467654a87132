using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>A question, asked through any channel.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record EnquiryDetail : InteractionDetail
{
    private readonly string? _about;
    private readonly ProductId _product;

    /// <summary>Gets what was asked; null where nobody wrote it down.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? About
    {
        get => _about;
        init => _about = StoredText.BodyOrNull(value);
    }

    /// <summary>Gets the product it was about, none where unknown.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Enquiry;
}
