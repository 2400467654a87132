using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>What a person is asked to agree to. An open set: the named values are the usual ones, a host adds its own.</summary>
/// <remarks>
/// Equality is ordinal. The default value is <see cref="None"/>: none given. Immutable and thread-safe.
/// </remarks>
public readonly record struct ConsentPurpose
{
    private readonly string? _text;

    private ConsentPurpose(string text) => _text = text;

    /// <summary>Gets the absent id, the default value.</summary>
    public static ConsentPurpose None => default;

    /// <summary>Gets being sent offers and news.</summary>
    public static ConsentPurpose Marketing { get; } = new("marketing");

    /// <summary>Gets being contacted about what was bought.</summary>
    public static ConsentPurpose Service { get; } = new("service");

    /// <summary>Gets having data evaluated to decide what to offer.</summary>
    public static ConsentPurpose Profiling { get; } = new("profiling");

    /// <summary>Gets being asked for opinions.</summary>
    public static ConsentPurpose Research { get; } = new("research");

    /// <summary>Gets having data passed to a partner.</summary>
    public static ConsentPurpose Sharing { get; } = new("sharing");

    /// <summary>Makes a consent purpose of a text.</summary>
    /// <param name="text">1 to 128 characters, none of them NUL or half of a surrogate pair.</param>
    /// <returns>The consent purpose.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or too long, or no store can keep it.</exception>
    public static ConsentPurpose Of(string text) => TryOf(text, out var id) ? id : throw IdText.NotStorable(text, "consent purpose", nameof(text));

    /// <summary>Makes a consent purpose of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters that any store can keep make one; anything else does not.</param>
    /// <param name="id">The consent purpose, or <see cref="None"/>.</param>
    /// <returns>Whether the text made one.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out ConsentPurpose id)
    {
        bool accepted = IdText.IsStorable(text);
        id = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Gives the text, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
