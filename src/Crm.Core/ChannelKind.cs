using Ardalis.SmartEnum;

namespace Crm.Core;

/// <summary>Who or what a customer meets in a channel.</summary>
/// <remarks>A closed set. Immutable and thread-safe.</remarks>
public sealed class ChannelKind : SmartEnum<ChannelKind>
{
    /// <summary>The kind nobody has stated.</summary>
    public static readonly ChannelKind Unstated = new("unstated", 0, isFacing: false, isTouching: false);

    /// <summary>People of the company who meet or hear the customer: field, store, event, contact centre.</summary>
    public static readonly ChannelKind CustomerFacing = new("customer-facing", 1, isFacing: true, isTouching: false);

    /// <summary>What customers use themselves, when they like: web shop, self-service page, board, kiosk.</summary>
    public static readonly ChannelKind SelfService = new("self-service", 2, isFacing: false, isTouching: true);

    /// <summary>What the company sends without people: e-mail, mailing list, text message, push, direct mail.</summary>
    public static readonly ChannelKind Sent = new("sent", 3, isFacing: false, isTouching: true);

    /// <summary>Another company that stands between: people, but not the company's own.</summary>
    public static readonly ChannelKind Partner = new("partner", 4, isFacing: true, isTouching: false);

    private ChannelKind(string name, int value, bool isFacing, bool isTouching)
        : base(name, value)
    {
        IsCustomerFacing = isFacing;
        IsCustomerTouching = isTouching;
    }

    /// <summary>Gets all kinds, in the order of their values.</summary>
    public static IReadOnlyList<ChannelKind> All { get; } = Array.AsReadOnly<ChannelKind>([Unstated, CustomerFacing, SelfService, Sent, Partner]);

    /// <summary>Gets a value indicating whether people meet the customer.</summary>
    public bool IsCustomerFacing { get; }

    /// <summary>Gets a value indicating whether the customer meets a machine or a sent thing.</summary>
    public bool IsCustomerTouching { get; }
}
