using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>A message the customer was shown: at a cash machine, on a page, in a letter. The next who serves the customer sees which.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record MessageDetail : InteractionDetail
{
    private readonly MessageId _message;
    private readonly string? _text;

    /// <summary>Gets the message.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="MessageId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required MessageId Message
    {
        get => _message;
        init => _message = StoredText.Id(value, MessageId.None);
    }

    /// <summary>Gets what it said; null where the id tells enough.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? Text
    {
        get => _text;
        init => _text = StoredText.BodyOrNull(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Message;
}
