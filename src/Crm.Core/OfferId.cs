using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>Identifies something that is offered to customers.</summary>
/// <remarks>
/// Equality is ordinal. The default value is <see cref="None"/>: none given. Immutable and thread-safe.
/// </remarks>
public readonly record struct OfferId
{
    private readonly string? _text;

    private OfferId(string text) => _text = text;

    /// <summary>Gets the absent id, the default value.</summary>
    public static OfferId None => default;

    /// <summary>Makes an id of a text.</summary>
    /// <param name="text">1 to 128 characters.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or longer than 128 characters.</exception>
    public static OfferId Of(string text) =>
        TryOf(text, out var id) ? id : throw IdText.WrongLength(text, "offer id", nameof(text));

    /// <summary>Makes an id of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters make an id; anything else does not.</param>
    /// <param name="id">The id, or <see cref="None"/>.</param>
    /// <returns>Whether the text made an id.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out OfferId id)
    {
        bool accepted = IdText.IsAccepted(text);
        id = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Gives the text of the id, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
