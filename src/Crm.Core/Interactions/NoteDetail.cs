using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>Something worth knowing that is none of the other kinds.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NoteDetail : InteractionDetail
{
    private readonly string _text = "";

    /// <summary>Gets what is noted.</summary>
    /// <exception cref="ArgumentException">The text is null, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text
    {
        get => _text;
        init => _text = StoredText.Body(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Note;
}
