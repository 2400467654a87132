using System.Diagnostics.CodeAnalysis;

namespace Crm.Core.Hosting;

/// <summary>Identifies one refresh of the base.</summary>
/// <remarks>
/// Equality is ordinal. The default value is <see cref="None"/>. Immutable and thread-safe.
/// </remarks>
public readonly record struct RunId
{
    private readonly string? _text;

    private RunId(string text) => _text = text;

    /// <summary>Gets the absent id, the default value.</summary>
    public static RunId None => default;

    /// <summary>Makes a run id of a text.</summary>
    /// <param name="text">1 to 128 characters, none of them NUL or half of a surrogate pair.</param>
    /// <returns>The run id.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or too long, or no store can keep it.</exception>
    public static RunId Of(string text) => TryOf(text, out var id) ? id : throw IdText.NotStorable(text, "run id", nameof(text));

    /// <summary>Makes a run id of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters that any store can keep make one; anything else does not.</param>
    /// <param name="id">The run id, or <see cref="None"/>.</param>
    /// <returns>Whether the text made one.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out RunId id)
    {
        bool accepted = IdText.IsStorable(text);
        id = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Gives the text, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
