using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>A way between the company and its customers, as the host names it: "web-shop", "store", "phone".</summary>
/// <remarks>
/// An open set: the named values are the usual ones, and a host adds its own by <see cref="Of"/>. Equality is ordinal. The default value is <see cref="None"/>: none given. Immutable and thread-safe.
/// </remarks>
public readonly record struct Channel
{
    private readonly string? _text;

    private Channel(string text) => _text = text;

    /// <summary>Gets the absent channel, the default value.</summary>
    public static Channel None => default;

    /// <summary>Gets the company's own web shop.</summary>
    public static Channel WebShop { get; } = new("web-shop");

    /// <summary>Gets a store with people in it.</summary>
    public static Channel Store { get; } = new("store");

    /// <summary>Gets the telephone, answered by people.</summary>
    public static Channel Phone { get; } = new("phone");

    /// <summary>Gets e-mail.</summary>
    public static Channel Email { get; } = new("e-mail");

    /// <summary>Gets printed matter sent to one person.</summary>
    public static Channel DirectMail { get; } = new("direct-mail");

    /// <summary>Gets a business partner who sells for the company.</summary>
    public static Channel Partner { get; } = new("partner");

    /// <summary>Makes a channel of a name.</summary>
    /// <param name="text">1 to 128 characters.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or longer than 128 characters.</exception>
    public static Channel Of(string text) =>
        TryOf(text, out var id) ? id : throw IdText.WrongLength(text, "channel", nameof(text));

    /// <summary>Makes a channel of a name, if it can be one.</summary>
    /// <param name="text">1 to 128 characters make a channel; anything else does not.</param>
    /// <param name="id">The channel, or <see cref="None"/>.</param>
    /// <returns>Whether the text made a channel.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out Channel id)
    {
        bool accepted = IdText.IsAccepted(text);
        id = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Gives the name of the channel, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
