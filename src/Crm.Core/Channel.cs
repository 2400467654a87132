using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>A way between the company and its customers, on two levels: a kind, and a medium: "web-shop", "store", "phone".</summary>
/// <remarks>
/// An open set: the named values are the usual media, each of a known kind, and a host adds its own by <see cref="Of(ChannelKind, string)"/>,
/// or by <see cref="Of(string)"/> where the kind does not matter. The text carries both levels, so that it alone brings the channel
/// back: "kiosk", "self-service:vending-machine". Equality is ordinal. The default value is <see cref="None"/>: none given. Immutable
/// and thread-safe.
/// </remarks>
public readonly record struct Channel
{
    private const char Separator = ':';

    private readonly string? _text;

    private Channel(string text) => _text = text;

    /// <summary>Gets the absent channel, the default value.</summary>
    public static Channel None => default;

    /// <summary>Gets a visit by the company's people: sales, service in the field.</summary>
    public static Channel Field { get; } = new("field");

    /// <summary>Gets a store with people in it.</summary>
    public static Channel Store { get; } = new("store");

    /// <summary>Gets an event, or a stand at a fair.</summary>
    public static Channel Event { get; } = new("event");

    /// <summary>Gets the telephone, answered by people.</summary>
    public static Channel Phone { get; } = new("phone");

    /// <summary>Gets a conversation in writing with people of the contact centre.</summary>
    public static Channel Chat { get; } = new("chat");

    /// <summary>Gets fax.</summary>
    public static Channel Fax { get; } = new("fax");

    /// <summary>Gets the company's own web shop.</summary>
    public static Channel WebShop { get; } = new("web-shop");

    /// <summary>Gets a page where customers help themselves: an account, answers, tracking.</summary>
    public static Channel SelfService { get; } = new("self-service-page");

    /// <summary>Gets a board or forum where customers write to one another and to the company.</summary>
    public static Channel Board { get; } = new("board");

    /// <summary>Gets a kiosk or a cash machine.</summary>
    public static Channel Kiosk { get; } = new("kiosk");

    /// <summary>Gets e-mail to one person.</summary>
    public static Channel Email { get; } = new("e-mail");

    /// <summary>Gets a mailing list that people join.</summary>
    public static Channel MailingList { get; } = new("mailing-list");

    /// <summary>Gets messages to a telephone, with or without pictures (SMS, MMS).</summary>
    public static Channel TextMessage { get; } = new("text-message");

    /// <summary>Gets notices an application shows on a device (push).</summary>
    public static Channel Push { get; } = new("push");

    /// <summary>Gets printed matter sent to one person.</summary>
    public static Channel DirectMail { get; } = new("direct-mail");

    /// <summary>Gets a business partner who sells for the company.</summary>
    public static Channel Partner { get; } = new("partner");

    /// <summary>Gets the named channels.</summary>
    public static IReadOnlyList<Channel> Known { get; } = Array.AsReadOnly<Channel>(
    [
        Field, Store, Event, Phone, Chat, Fax, WebShop, SelfService, Board, Kiosk, Email, MailingList, TextMessage, Push, DirectMail, Partner,
    ]);

    /// <summary>Gets the first level: who or what the customer meets; <see cref="ChannelKind.Unstated"/> where nobody has said.</summary>
    public ChannelKind Kind => _text is null ? ChannelKind.Unstated
        : ChannelKinds.OfKnown.TryGetValue(_text, out ChannelKind? kind) ? kind
        : Prefix(_text, out int length) is { } prefix && length < _text.Length ? prefix
        : ChannelKind.Unstated;

    /// <summary>Gets the second level: "phone", or the name the host gave; empty for <see cref="None"/>.</summary>
    public string Medium => _text is null ? "" : Prefix(_text, out int length) is null ? _text : _text[length..];

    /// <summary>Makes a channel of a text.</summary>
    /// <param name="text">1 to 128 characters: the name of a medium, before it perhaps its kind and a colon ("self-service:vending-machine").</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or longer than 128 characters.</exception>
    public static Channel Of(string text) =>
        TryOf(text, out var id) ? id : throw IdText.WrongLength(text, "channel", nameof(text));

    /// <summary>Makes a channel of its two levels.</summary>
    /// <param name="kind">The kind; a medium this library names has its own and may be given no other.</param>
    /// <param name="medium">The name of the medium.</param>
    /// <returns>The channel.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="medium"/> is the name of a channel of another kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The text of both is longer than 128 characters, or <paramref name="medium"/> is empty.</exception>
    public static Channel Of(ChannelKind kind, string medium)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(medium);
        if (ChannelKinds.OfKnown.TryGetValue(medium, out ChannelKind? known))
        {
            return known == kind ? new(medium) : throw new ArgumentException(
                $"'{medium}' is {known.Name}, not {kind.Name}. Give the channel a name of its own.", nameof(medium));
        }

        return medium.Length == 0 ? throw IdText.WrongLength(medium, "channel", nameof(medium))
            : Of(kind == ChannelKind.Unstated ? medium : kind.Name + Separator + medium);
    }

    /// <summary>Makes a channel of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters make a channel; anything else does not.</param>
    /// <param name="id">The channel, or <see cref="None"/>.</param>
    /// <returns>Whether the text made a channel.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out Channel id)
    {
        bool accepted = IdText.IsAccepted(text);
        id = accepted ? new(Shortest(text!)) : None;
        return accepted;
    }

    /// <summary>Gives the text of the channel, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";

    // "customer-facing:phone" is the telephone: one channel has one text.
    private static string Shortest(string text) =>
        Prefix(text, out int length) is { } kind && ChannelKinds.OfKnown.TryGetValue(text[length..], out ChannelKind? known) && known == kind
            ? text[length..] : text;

    private static ChannelKind? Prefix(string text, out int length)
    {
        length = text.IndexOf(Separator) + 1;
        return length > 1 && length < text.Length && ChannelKind.TryFromName(text[..(length - 1)], out ChannelKind? kind) && kind != ChannelKind.Unstated
            ? kind : null;
    }

    // Apart from the named values, which must exist before it.
    private static class ChannelKinds
    {
        internal static readonly FrozenDictionary<string, ChannelKind> OfKnown = Known.ToFrozenDictionary(
            channel => channel._text!,
            channel => channel == Partner ? ChannelKind.Partner
                : channel == Field || channel == Store || channel == Event || channel == Phone || channel == Chat || channel == Fax ? ChannelKind.CustomerFacing
                : channel == WebShop || channel == SelfService || channel == Board || channel == Kiosk ? ChannelKind.SelfService
                : ChannelKind.Sent,
            StringComparer.Ordinal);
    }
}
