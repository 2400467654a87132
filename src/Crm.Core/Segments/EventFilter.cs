using Crm.Core.Interactions;

namespace Crm.Core.Segments;

/// <summary>Which interactions count. Of each list one must fit; an empty list fits all.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record EventFilter
{
    private readonly IReadOnlyList<InteractionKind> _kinds = ValueList<InteractionKind>.None;
    private readonly IReadOnlyList<ProductId> _products = ValueList<ProductId>.None;
    private readonly IReadOnlyList<Channel> _channels = ValueList<Channel>.None;
    private readonly IReadOnlyList<ChannelKind> _channelKinds = ValueList<ChannelKind>.None;
    private readonly IReadOnlyList<CampaignId> _campaigns = ValueList<CampaignId>.None;
    private readonly IReadOnlyList<OfferId> _offers = ValueList<OfferId>.None;

    /// <summary>Gets the filter that fits everything that happened.</summary>
    public static EventFilter Everything { get; } = new();

    /// <summary>Gets the filter of all purchases.</summary>
    public static EventFilter Purchases { get; } = OfKinds(InteractionKind.Purchase);

    /// <summary>Gets the kinds; a retraction is none that ever counts.</summary>
    /// <exception cref="ArgumentException">The list is null, or one of its kinds is <see cref="InteractionKind.Retraction"/>.</exception>
    public IReadOnlyList<InteractionKind> Kinds
    {
        get => _kinds;
        init
        {
            var kinds = ValueList<InteractionKind>.Of(value, nameof(Kinds));
            _kinds = kinds.Contains(InteractionKind.Retraction)
                ? throw new ArgumentException("A retraction says that something never was; it is not counted.", nameof(Kinds)) : kinds;
        }
    }

    /// <summary>Gets the products bought, complained of or used.</summary>
    /// <exception cref="ArgumentException">The list is null or holds none.</exception>
    public IReadOnlyList<ProductId> Products
    {
        get => _products;
        init => _products = Ids(value, ProductId.None, nameof(Products));
    }

    /// <summary>Gets the channels.</summary>
    /// <exception cref="ArgumentException">The list is null or holds none.</exception>
    public IReadOnlyList<Channel> Channels
    {
        get => _channels;
        init => _channels = Ids(value, Channel.None, nameof(Channels));
    }

    /// <summary>Gets the kinds of channel.</summary>
    /// <exception cref="ArgumentException">The list or one of its kinds is null.</exception>
    public IReadOnlyList<ChannelKind> ChannelKinds
    {
        get => _channelKinds;
        init => _channelKinds = ValueList<ChannelKind>.Of(value, nameof(ChannelKinds));
    }

    /// <summary>Gets the campaigns.</summary>
    /// <exception cref="ArgumentException">The list is null or holds none.</exception>
    public IReadOnlyList<CampaignId> Campaigns
    {
        get => _campaigns;
        init => _campaigns = Ids(value, CampaignId.None, nameof(Campaigns));
    }

    /// <summary>Gets the offers.</summary>
    /// <exception cref="ArgumentException">The list is null or holds none.</exception>
    public IReadOnlyList<OfferId> Offers
    {
        get => _offers;
        init => _offers = Ids(value, OfferId.None, nameof(Offers));
    }

    /// <summary>Makes a filter of kinds.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">One of them is <see cref="InteractionKind.Retraction"/>.</exception>
    public static EventFilter OfKinds(params IReadOnlyList<InteractionKind> kinds) => new() { Kinds = kinds };

    /// <summary>Narrows the filter to products.</summary>
    /// <param name="products">The products.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">One of them is none.</exception>
    public EventFilter Of(params IReadOnlyList<ProductId> products) => this with { Products = products };

    /// <summary>Narrows the filter to channels.</summary>
    /// <param name="channels">The channels.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">One of them is none.</exception>
    public EventFilter Through(params IReadOnlyList<Channel> channels) => this with { Channels = channels };

    /// <summary>Whether an interaction counts.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <returns>Whether it does. A retraction never does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interaction"/> is null.</exception>
    public bool Fits(Interaction interaction) => Fits(EventTraits.Of(interaction));

    /// <summary>Gives the filter in words: "purchases of p1 through web-shop".</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string what = Kinds.Count == 0 ? "events" : string.Join(" and ", Kinds.Select(kind => Plural(Names.Of(kind))));
        return what + Part(" of ", Products) + Part(" through ", [.. Channels.Select(channel => channel.ToString()), .. ChannelKinds.Select(kind => kind.Name)])
            + Part(" in campaign ", Campaigns) + Part(" for offer ", Offers);
    }

    internal bool Fits(EventTraits traits) => traits.Kind != InteractionKind.Retraction
        && (Kinds.Count == 0 || Kinds.Contains(traits.Kind))
        && (Products.Count == 0 || Products.Contains(traits.Product))
        && (Channels.Count == 0 || Channels.Contains(traits.Channel))
        && (ChannelKinds.Count == 0 || ChannelKinds.Contains(traits.Channel.Kind))
        && (Campaigns.Count == 0 || Campaigns.Contains(traits.Campaign))
        && (Offers.Count == 0 || Offers.Contains(traits.Offer));

    private static string Plural(string name) => name.EndsWith('y') ? name[..^1] + "ies" : name == "usage" ? "uses" : name + "s";

    private static string Part<T>(string word, IReadOnlyList<T> names) => names.Count == 0 ? "" : word + string.Join(" or ", names);

    private static ValueList<T> Ids<T>(IReadOnlyList<T> ids, T none, string name)
        where T : struct, IEquatable<T>
    {
        var list = ValueList<T>.Of(ids, name);
        foreach (T id in list)
        {
            StoredText.Id(id, none, name);
        }

        return list;
    }
}
