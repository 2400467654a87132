using System.Collections.Frozen;
using Crm.Core.Offers;

namespace Crm.Core.Benefits;

/// <summary>The factors of an offer, by buying moment, and by channel where the channel makes a difference.</summary>
/// <remarks>The same book costs no trip in the web shop and no delivery in the store. Immutable and thread-safe.</remarks>
public sealed class OfferFactors
{
    private readonly FrozenDictionary<Channel, MomentFactors> _byChannel;

    private OfferFactors(Offer offer, MomentFactors anywhere, FrozenDictionary<Channel, MomentFactors> byChannel)
    {
        Offer = offer;
        Anywhere = anywhere;
        _byChannel = byChannel;
    }

    /// <summary>Gets the offer.</summary>
    public Offer Offer { get; }

    /// <summary>Gets the factors through channels that have none of their own.</summary>
    public MomentFactors Anywhere { get; }

    /// <summary>Gets the channels that have factors of their own, by name.</summary>
    public IReadOnlyList<Channel> Channels => [.. _byChannel.Keys.OrderBy(channel => channel.ToString(), StringComparer.Ordinal)];

    /// <summary>Makes the factors of an offer.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="anywhere">Its factors, whatever the channel.</param>
    /// <returns>The factors.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static OfferFactors Of(Offer offer, MomentFactors anywhere)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(anywhere);
        return new(offer, anywhere, FrozenDictionary<Channel, MomentFactors>.Empty);
    }

    /// <summary>Makes the factors of an offer whose moments are not told apart.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="factors">Its factors.</param>
    /// <returns>The factors.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="offer"/> is null.</exception>
    public static OfferFactors Of(Offer offer, BenefitFactors factors) => Of(offer, MomentFactors.Of(factors));

    /// <summary>Gives these factors with those of a channel.</summary>
    /// <param name="channel">The channel; <see cref="Channel.None"/> stands for those that have none of their own.</param>
    /// <param name="factors">The factors of the offer through it, in place of the others.</param>
    /// <returns>The factors.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factors"/> is null.</exception>
    public OfferFactors With(Channel channel, MomentFactors factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        return channel == Channel.None
            ? new(Offer, factors, _byChannel)
            : new(Offer, Anywhere, new Dictionary<Channel, MomentFactors>(_byChannel) { [channel] = factors }.ToFrozenDictionary());
    }

    /// <summary>Gives the factors of the offer through a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>Its own, or those that hold anywhere.</returns>
    public MomentFactors Through(Channel channel) => _byChannel.TryGetValue(channel, out MomentFactors? own) ? own : Anywhere;

    /// <summary>
    /// The offer at another price of the same currency: the cost at the purchase moves with the price, through every channel. Where the cost
    /// was the price and nothing else, it is the new price to the bit, and at the price it has the cost stays to the bit.
    /// </summary>
    internal OfferFactors WithPrice(Money price)
    {
        double before = (double)Offer.Price!.Value.Amount;
        double after = (double)price.Amount;
        return before == after
            ? new(Offer with { Price = price }, Anywhere, _byChannel)
            : new(Offer with { Price = price }, Moved(Anywhere), _byChannel.ToFrozenDictionary(own => own.Key, own => Moved(own.Value)));

        MomentFactors Moved(MomentFactors factors) => factors with { At = factors.At with { Cost = factors.At.Cost - before + after } };
    }
}
