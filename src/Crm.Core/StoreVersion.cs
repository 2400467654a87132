using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>Which state of a stored value someone has seen, in the store's own words: a row version, a counter, a hash.</summary>
/// <remarks>
/// Opaque: only the store that gave it understands it. The default value is <see cref="None"/>: the value was not there.
/// Immutable and thread-safe.
/// </remarks>
public readonly record struct StoreVersion
{
    private readonly string? _text;

    private StoreVersion(string text) => _text = text;

    /// <summary>Gets the version of what is not there: expect it when the value must be new.</summary>
    public static StoreVersion None => default;

    /// <summary>Makes a version of a text.</summary>
    /// <param name="text">1 to 128 characters.</param>
    /// <returns>The version.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or longer than 128 characters.</exception>
    public static StoreVersion Of(string text) =>
        TryOf(text, out var version) ? version : throw IdText.WrongLength(text, "store version", nameof(text));

    /// <summary>Makes a version of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters make a version; anything else does not.</param>
    /// <param name="version">The version, or <see cref="None"/>.</param>
    /// <returns>Whether the text made a version.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out StoreVersion version)
    {
        bool accepted = IdText.IsAccepted(text);
        version = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Gives the text of the version, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
