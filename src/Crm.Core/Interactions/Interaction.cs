using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>One thing that happened between a customer and the company, in any channel, in either direction.</summary>
/// <remarks>
/// <para>
/// Interactions are only ever added. One that was wrong is corrected by another that names it (<see cref="Corrects"/>), so that what
/// is true now and what was known on a date can both be asked.
/// </para>
/// <para>Compared by value. Its text holds no personal data but ids. Immutable and thread-safe.</para>
/// </remarks>
public sealed record Interaction
{
    private readonly InteractionId _id;
    private readonly CustomerId _customer;
    private readonly InteractionDetail _detail = null!;
    private readonly Channel _channel;
    private readonly SourceId _source;
    private readonly Money? _cost;
    private readonly Duration? _length;
    private readonly double? _sentiment;
    private readonly OfferId _offer;
    private readonly CampaignId _campaign;

    /// <summary>Gets the id: a second interaction of the same id is the same one, delivered twice.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="InteractionId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId Id
    {
        get => _id;
        init => _id = StoredText.Id(value, InteractionId.None);
    }

    /// <summary>Gets whose it is.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId Customer
    {
        get => _customer;
        init => _customer = StoredText.Id(value, CustomerId.None);
    }

    /// <summary>Gets when it happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant At { get; init; }

    /// <summary>Gets since when it is known here; for a late one, long after it happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant RecordedAt { get; init; }

    /// <summary>Gets the system that told of it.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SourceId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId Source
    {
        get => _source;
        init => _source = StoredText.Id(value, SourceId.None);
    }

    /// <summary>Gets what happened.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionDetail Detail
    {
        get => _detail;
        init => _detail = value ?? throw new ArgumentNullException(nameof(Detail));
    }

    /// <summary>Gets the kind of <see cref="Detail"/>.</summary>
    [JsonIgnore]
    public InteractionKind Kind => Detail.Kind;

    /// <summary>Gets the channel, none where unknown.</summary>
    /// <exception cref="ArgumentException">The name cannot be stored as it is.</exception>
    public Channel Channel
    {
        get => _channel;
        init => _channel = StoredText.OptionalId(value);
    }

    /// <summary>Gets who began it.</summary>
    public Direction Direction { get; init; }

    /// <summary>Gets what it cost the company to serve the customer here (time, postage), goods left out; 0 or more. Null where unknown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public Money? Cost
    {
        get => _cost;
        init => _cost = DetailRules.NotNegative(value);
    }

    /// <summary>Gets how long it took; 0 or more. Null where unknown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public Duration? Length
    {
        get => _length;
        init => _length = value is { } length && length < Duration.Zero
            ? throw new ArgumentOutOfRangeException(nameof(Length), "An interaction takes no time or some.") : value;
    }

    /// <summary>Gets how the customer felt about it, from −1 (bad) to 1 (good); null where nobody can tell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from −1 to 1.</exception>
    public double? Sentiment
    {
        get => _sentiment;
        init => _sentiment = value is { } sentiment ? Guard.InRange(sentiment, -1, 1, "", nameof(Sentiment)) : null;
    }

    /// <summary>Gets who acted for the company, none where nobody did.</summary>
    public StaffId Staff { get; init; }

    /// <summary>Gets the offer it was about, none by default.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public OfferId Offer
    {
        get => _offer;
        init => _offer = StoredText.OptionalId(value);
    }

    /// <summary>Gets the campaign it belongs to, none by default.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public CampaignId Campaign
    {
        get => _campaign;
        init => _campaign = StoredText.OptionalId(value);
    }

    /// <summary>Gets what it belongs to with others: a case, an order, an opportunity, a promise; none by default.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>
    /// Gets the interaction that this one takes the place of, none by default. It names the first of a row of corrections, never one in
    /// between; of several corrections the one recorded last counts, and of those recorded at one moment the one with the greater id, compared ordinally by UTF-8 bytes.
    /// </summary>
    public InteractionId Corrects { get; init; }

    /// <summary>Gets a value indicating whether it named another customer who was erased since (<see cref="WithoutMentionOf"/>).</summary>
    public bool IsMentionErased { get; init; }

    /// <summary>Gets the id of what all corrections of one thing share: <see cref="Corrects"/>, or its own id where it corrects nothing.</summary>
    [JsonIgnore]
    public InteractionId Original => Corrects == InteractionId.None ? Id : Corrects;

    /// <summary>
    /// Whether this one counts instead of another state of the same thing, where both have one <see cref="Original"/>: a correction instead of
    /// the original, whenever that one arrives, and of two corrections the one recorded later, or at the same moment with the greater id.
    /// </summary>
    /// <param name="other">Another state of the same thing.</param>
    /// <returns>Whether this one counts.</returns>
    public bool Supersedes(Interaction other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Corrects == InteractionId.None || other.Corrects == InteractionId.None)
        {
            return Corrects != InteractionId.None;
        }

        int later = RecordedAt.CompareTo(other.RecordedAt);
        return later > 0 || (later == 0 && IdText.CompareUtf8(Id.ToString(), other.Id.ToString()) > 0);
    }

    /// <summary>
    /// Whether another interaction is this one delivered again: the same in everything but when it was recorded, and but a customer who was erased from
    /// one of the two, whether the source goes on naming them or has erased them too.
    /// </summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they say the same.</returns>
    public bool SaysTheSameAs(Interaction other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (own, given) = IsMentionErased == other.IsMentionErased ? (this, other) : (Unnamed(), other.Unnamed());
        return own.Equals(own.RecordedAt == given.RecordedAt ? given : given with { RecordedAt = own.RecordedAt });
    }

    /// <summary>Leaves out another customer its detail names, for when that one is erased.</summary>
    /// <param name="other">The customer to leave out.</param>
    /// <returns>The interaction; the same object where it does not name the other.</returns>
    public Interaction WithoutMentionOf(CustomerId other) =>
        other != CustomerId.None && Detail.NamedCustomer == other ? WithoutMention() : this;

    /// <summary>Gives the purchase that histories are made of.</summary>
    /// <returns>The purchase; null where the interaction is none.</returns>
    public Purchase? AsPurchase() => Detail is not PurchaseDetail detail ? null : new()
    {
        Customer = Customer,
        At = At,
        Amount = detail.Amount,
        Id = detail.Purchase,
        Channel = Channel,
        Product = detail.Product,
        Discount = detail.Discount,
        Cost = detail.CostOfGoods,
        Campaign = Campaign,
        ReferredBy = detail.ReferredBy,
    };

    /// <summary>Gives the return that histories are made of.</summary>
    /// <returns>The return; null where the interaction is none.</returns>
    public PurchaseReturn? AsReturn() => Detail is not ReturnDetail detail ? null
        : new() { Customer = Customer, At = At, Amount = detail.Amount, Purchase = detail.Purchase };

    /// <summary>Gives kind, ids and moment, nothing of the content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Kind} {Id} of customer {Customer} at {At}");

    private Interaction Unnamed() => this with { Detail = Detail.WithoutMention(), IsMentionErased = false };

    private Interaction WithoutMention() => IsMentionErased || Detail.NamedCustomer == CustomerId.None ? this : this with { Detail = Detail.WithoutMention(), IsMentionErased = true };
}
