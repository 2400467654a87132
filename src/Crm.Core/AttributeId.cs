using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>Identifies an attribute of customers: "year-of-birth", "floor-space".</summary>
/// <remarks>
/// Equality is ordinal. The default value is <see cref="None"/>: none given. Immutable and thread-safe.
/// </remarks>
public readonly record struct AttributeId
{
    private readonly string? _text;

    private AttributeId(string text) => _text = text;

    /// <summary>Gets the absent id, the default value.</summary>
    public static AttributeId None => default;

    /// <summary>Makes an attribute id of a text.</summary>
    /// <param name="text">1 to 128 characters, none of them NUL or half of a surrogate pair.</param>
    /// <returns>The attribute id.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or too long, or no store can keep it.</exception>
    public static AttributeId Of(string text) => TryOf(text, out var id) ? id : throw IdText.NotStorable(text, "attribute id", nameof(text));

    /// <summary>Makes an attribute id of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters that any store can keep make one; anything else does not.</param>
    /// <param name="id">The attribute id, or <see cref="None"/>.</param>
    /// <returns>Whether the text made one.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out AttributeId id)
    {
        bool accepted = IdText.IsStorable(text);
        id = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Gives the text, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
