using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>A visit: to a store, a page, a stand, or to the customer.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record VisitDetail : InteractionDetail
{
    private readonly string? _place;
    private readonly ProductId _product;

    /// <summary>Gets where: the store, the page; null where the channel says enough.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Place
    {
        get => _place;
        init => _place = StoredText.LineOrNull(value);
    }

    /// <summary>Gets what was looked at, none where unknown.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public ProductId Product
    {
        get => _product;
        init => _product = StoredText.OptionalId(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Visit;
}
