using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>How far someone has read what was appended to a store, in the store's own words: a sequence number, a log position.</summary>
/// <remarks>
/// Opaque: only the store that gave it understands it. The default value is <see cref="Start"/>: nothing read yet.
/// Immutable and thread-safe.
/// </remarks>
public readonly record struct StorePosition
{
    private readonly string? _text;

    private StorePosition(string text) => _text = text;

    /// <summary>Gets the position before everything.</summary>
    public static StorePosition Start => default;

    /// <summary>Makes a position of a text.</summary>
    /// <param name="text">1 to 128 characters.</param>
    /// <returns>The position.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or longer than 128 characters.</exception>
    public static StorePosition Of(string text) =>
        TryOf(text, out var position) ? position : throw IdText.WrongLength(text, "store position", nameof(text));

    /// <summary>Makes a position of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters make a position; anything else does not.</param>
    /// <param name="position">The position, or <see cref="Start"/>.</param>
    /// <returns>Whether the text made a position.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out StorePosition position)
    {
        bool accepted = IdText.IsAccepted(text);
        position = accepted ? new(text!) : Start;
        return accepted;
    }

    /// <summary>Gives the text of the position, "(start)" for <see cref="Start"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(start)";
}
