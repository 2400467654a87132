namespace Crm.Core.Segments;

/// <summary>The different traits of what has happened so far, each with the filters it fits: few in a base, however much happens.</summary>
/// <remarks>Written by one thread at a time.</remarks>
internal sealed class EventClasses(EventFilter[] filters)
{
    private const int Word = 64;

    private readonly int _words = (filters.Length + Word - 1) / Word;
    private readonly bool _asksProducts = Array.Exists(filters, filter => filter.Products.Count > 0);
    private readonly bool _asksChannels = Array.Exists(filters, filter => filter.Channels.Count + filter.ChannelKinds.Count > 0);
    private readonly bool _asksCampaigns = Array.Exists(filters, filter => filter.Campaigns.Count > 0);
    private readonly bool _asksOffers = Array.Exists(filters, filter => filter.Offers.Count > 0);
    private readonly Dictionary<EventTraits, int> _places = [];
    private readonly List<Currency?> _currencies = [];
    private ulong[] _fits = [];

    internal int Count => _currencies.Count;

    internal int PlaceOf(EventTraits whole)
    {
        // What nobody asks about makes no difference: an offer made to one customer only would be a class of its own.
        EventTraits traits = whole with
        {
            Product = _asksProducts ? whole.Product : ProductId.None,
            Channel = _asksChannels ? whole.Channel : Channel.None,
            Campaign = _asksCampaigns ? whole.Campaign : CampaignId.None,
            Offer = _asksOffers ? whole.Offer : OfferId.None,
        };
        if (_places.TryGetValue(traits, out int place))
        {
            return place;
        }

        place = _currencies.Count;
        _places[traits] = place;
        _currencies.Add(traits.Currency);
        if ((place + 1) * _words > _fits.Length)
        {
            Array.Resize(ref _fits, Math.Max((place + 1) * _words, 2 * _fits.Length));
        }

        foreach (var (filter, asked) in filters.Index())
        {
            if (asked.Fits(traits))
            {
                _fits[(place * _words) + (filter / Word)] |= 1UL << (filter % Word);
            }
        }

        return place;
    }

    internal bool Fits(int place, int filter) => (_fits[(place * _words) + (filter / Word)] >> (filter % Word) & 1) != 0;

    internal Currency? CurrencyOf(int place) => _currencies[place];
}
