using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Customers;

/// <summary>A customer: an id, a kind, and dated facts, each with its source. What is computed of it is its profile.</summary>
/// <remarks>
/// <para>
/// Facts are added, ended and retracted, never removed, so that any past date can be asked: <see cref="FactsOf{T}"/> with
/// <see cref="AsOf.At"/> gives what was known then, with <see cref="AsOf.Hindsight"/> what was true then.
/// </para>
/// <para>Compared by value. Its text holds no personal data but the id. Immutable and thread-safe.</para>
/// </remarks>
public sealed record Customer
{
    private readonly CustomerId _id;
    private readonly IReadOnlyList<CustomerFact> _facts = ValueList<CustomerFact>.None;

    /// <summary>Gets the id.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId Id
    {
        get => _id;
        init => _id = StoredText.Id(value, CustomerId.None);
    }

    /// <summary>Gets the kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerKind Kind { get; init; }

    /// <summary>Gets all that was ever recorded, in the order it was added.</summary>
    /// <exception cref="ArgumentException">The list or one of its facts is null.</exception>
    public IReadOnlyList<CustomerFact> Facts
    {
        get => _facts;
        init => _facts = ValueList<CustomerFact>.Of(value, nameof(Facts));
    }

    /// <summary>Gets every key the customer was ever found by and that is not retracted, each once: what a store keeps in its index.</summary>
    [JsonIgnore]
    public IReadOnlyList<CustomerKey> Keys => ValueList<CustomerKey>.Of(
        Facts.Where(fact => fact.Dates.RetractedAt is null).SelectMany(KeysOf).Where(key => key != CustomerKey.None).Distinct(), nameof(Keys));

    /// <summary>Gets the other customers its facts name, each once.</summary>
    [JsonIgnore]
    public IReadOnlyList<CustomerId> NamedCustomers => ValueList<CustomerId>.Of(
        Facts.Select(fact => fact.NamedCustomer).Where(id => id != CustomerId.None).Distinct(), nameof(NamedCustomers));

    /// <summary>Begins a person.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The customer, of whom nothing is known yet.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is none or cannot be stored as it is.</exception>
    public static Customer Person(CustomerId id) => new() { Id = id, Kind = CustomerKind.Person };

    /// <summary>Begins an organisation.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The customer, of whom nothing is known yet.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is none or cannot be stored as it is.</exception>
    public static Customer Organisation(CustomerId id) => new() { Id = id, Kind = CustomerKind.Organisation };

    /// <summary>Begins a household, whose members relate to it by <see cref="RelationKind.MemberOf"/>.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The customer, of whom nothing is known yet.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is none or cannot be stored as it is.</exception>
    public static Customer Household(CustomerId id) => new() { Id = id, Kind = CustomerKind.Household };

    /// <summary>Adds facts.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The customer with them.</returns>
    /// <exception cref="ArgumentException">One of the facts is null.</exception>
    public Customer With(params IEnumerable<CustomerFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return this with { Facts = [.. Facts, .. facts] };
    }

    /// <summary>Says that a fact is true no more from a moment on. What was known before stays as it was.</summary>
    /// <param name="fact">One of <see cref="Facts"/>, believed so far.</param>
    /// <param name="validUntil">Since when it is true no more.</param>
    /// <param name="recordedAt">Since when that is known.</param>
    /// <returns>The customer, in which the fact is retracted and stands again with its end.</returns>
    /// <exception cref="ArgumentException">The fact is not one of the customer's, is retracted, or would end before it begins.</exception>
    public Customer End(CustomerFact fact, Instant validUntil, Instant recordedAt)
    {
        Customer without = Retract(fact, recordedAt, isEnding: true);
        Instant? validFrom = fact.BeginsWhenRecorded ? fact.Dates.EffectiveFrom : fact.Dates.ValidFrom;
        return without.With(fact with { Dates = fact.Dates with { ValidFrom = validFrom, ValidUntil = validUntil, RecordedAt = recordedAt } });
    }

    /// <summary>Says that a fact was wrong. It stays, for what was known before.</summary>
    /// <param name="fact">One of <see cref="Facts"/>, believed so far; no consent, which a later consent takes the place of.</param>
    /// <param name="recordedAt">Since when it is known to be wrong.</param>
    /// <returns>The customer, in which the fact is retracted.</returns>
    /// <exception cref="ArgumentException">The fact is not one of the customer's, is retracted, or is a consent.</exception>
    public Customer Retract(CustomerFact fact, Instant recordedAt) => Retract(fact, recordedAt, isEnding: false);

    /// <summary>Gives the facts of a kind that hold from a point of view, in the order they were added.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="asOf">The point of view.</param>
    /// <returns>The facts.</returns>
    public IEnumerable<T> FactsOf<T>(AsOf asOf)
        where T : CustomerFact => Facts.OfType<T>().Where(fact => fact.Dates.Holds(asOf));

    /// <summary>Gives the fact of a kind that holds and came last: of those that hold, the one effective last, and of these the one recorded last.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="asOf">The point of view.</param>
    /// <returns>The fact, or null where none holds.</returns>
    public T? LatestOf<T>(AsOf asOf)
        where T : CustomerFact => Latest(FactsOf<T>(asOf));

    /// <summary>Of the facts of a kind that hold and are such, the one that came last.</summary>
    internal T? LatestOf<T>(AsOf asOf, Func<T, bool> isSuch)
        where T : CustomerFact => Latest(FactsOf<T>(asOf).Where(isSuch));

    /// <summary>Gives the value of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="asOf">The point of view.</param>
    /// <returns>The fact that holds and came last, or null where none holds.</returns>
    public AttributeFact? Attribute(AttributeId attribute, AsOf asOf) =>
        LatestOf<AttributeFact>(asOf, fact => fact.Attribute == attribute);

    /// <summary>
    /// Says whether a purpose is consented to. Of the records about the purpose and the channel, or about the purpose in all channels, the
    /// one effective last decides; of two of one moment the refusal. A consent that ran out, or that nobody gave, is none.
    /// </summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="channel">The channel; <see cref="Channel.None"/> asks whether it is consented to in all channels: one that refuses is enough for no.</param>
    /// <param name="asOf">The point of view: the moment of the decision that needs it.</param>
    /// <returns>The answer, with the record that decides.</returns>
    public ConsentAnswer Consent(ConsentPurpose purpose, Channel channel, AsOf asOf) =>
        channel == Channel.None
            ? ConsentAnswer.OfAll([.. Facts.OfType<ConsentRecord>()], purpose, asOf)
            : ConsentAnswer.Of(Facts.OfType<ConsentRecord>(), purpose, channel, asOf);

    /// <summary>Whether this customer keeps all that another state of it had recorded: the only change a store should be given.</summary>
    /// <param name="earlier">The earlier state.</param>
    /// <returns>Whether the id is the same and every fact is still there in its order, unchanged or retracted since.</returns>
    public bool Continues(Customer earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Id == earlier.Id && Facts.Count >= earlier.Facts.Count && earlier.Facts.Zip(Facts).All(pair => pair.First == pair.Second
            || (pair.First.Dates.RetractedAt is null && pair.First == pair.Second with { Dates = pair.Second.Dates with { RetractedAt = null } }));
    }

    /// <summary>Leaves out every fact that names another customer, for when that one is erased.</summary>
    /// <param name="other">The customer to leave out.</param>
    /// <returns>The customer; the same object where nothing names the other.</returns>
    public Customer WithoutMentionOf(CustomerId other) =>
        other != CustomerId.None && Facts.Any(fact => fact.NamedCustomer == other) ? this with { Facts = [.. Facts.Where(fact => fact.NamedCustomer != other)] } : this;

    /// <summary>Gives kind, id and the number of facts, nothing of their content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Kind} {Id}, {Facts.Count} facts");

    private static T? Latest<T>(IEnumerable<T> facts)
        where T : CustomerFact
    {
        T? latest = null;
        foreach (T fact in facts)
        {
            if (latest is null || (fact.Dates.EffectiveFrom, fact.Dates.RecordedAt).CompareTo((latest.Dates.EffectiveFrom, latest.Dates.RecordedAt)) >= 0)
            {
                latest = fact;
            }
        }

        return latest;
    }

    // A national number is asked for as it is dialled at home, too.
    internal static IEnumerable<CustomerKey> KeysOf(CustomerFact fact) => fact is ContactPoint { Kind: ContactKind.Phone } phone
        ? [phone.Key, CustomerKey.Phone(phone.Text)] : [KeyOf(fact)];

    private static CustomerKey KeyOf(CustomerFact fact) => fact switch
    {
        ContactPoint point => point.Key,
        ExternalId id => id.Key,
        Membership membership => membership.Key,
        _ => CustomerKey.None,
    };

    private Customer Retract(CustomerFact fact, Instant recordedAt, bool isEnding)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact is ConsentRecord && !isEnding)
        {
            throw new ArgumentException("A consent stays as proof of what held. Add a later record that refuses.", nameof(fact));
        }

        int place = Facts.Index().Where(entry => entry.Item == fact).Select(entry => entry.Index).DefaultIfEmpty(-1).First();
        if (place < 0 || fact.Dates.RetractedAt is not null)
        {
            throw new ArgumentException(place < 0 ? "The fact is not one of the customer's." : "The fact is retracted already.", nameof(fact));
        }

        CustomerFact[] changed = [.. Facts];
        changed[place] = fact with { Dates = fact.Dates with { RetractedAt = recordedAt } };
        return this with { Facts = changed };
    }
}
