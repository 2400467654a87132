using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>One thing known of a customer: a name, a contact point, an attribute, a consent, a relation. Each has a source and dates.</summary>
/// <remarks>
/// A closed set of kinds, so that a store can keep any of them as one JSON text (<see cref="CustomerJson"/>). Compared by value; its
/// text never holds personal data. Immutable and thread-safe.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(CustomerName), "name")]
[JsonDerivedType(typeof(ExternalId), "external-id")]
[JsonDerivedType(typeof(ContactPoint), "contact-point")]
[JsonDerivedType(typeof(AttributeFact), "attribute")]
[JsonDerivedType(typeof(Attitude), "attitude")]
[JsonDerivedType(typeof(ConsentRecord), "consent")]
[JsonDerivedType(typeof(Relation), "relation")]
[JsonDerivedType(typeof(Membership), "membership")]
[JsonDerivedType(typeof(ResellerStatus), "reseller")]
[JsonDerivedType(typeof(Referral), "referral")]
[JsonDerivedType(typeof(AccountMove), "account-move")]
[JsonDerivedType(typeof(AccountOwner), "owner")]
[JsonDerivedType(typeof(StageReached), "stage")]
public abstract record CustomerFact
{
    private readonly FactDates _dates;

    private protected CustomerFact()
    {
    }

    /// <summary>Gets when the fact holds, who says so, and since when it is known.</summary>
    /// <exception cref="ArgumentException">The dates have no source, or an end before its beginning.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required FactDates Dates
    {
        get => _dates;
        init => _dates = value.Checked(nameof(Dates));
    }

    /// <summary>Gets the other customer the fact names; <see cref="CustomerId.None"/> where it names none.</summary>
    [JsonIgnore]
    public virtual CustomerId NamedCustomer => CustomerId.None;

    /// <summary>Whether the fact, where nobody said since when it is true, begins with its record: a decision or an event, not a property.</summary>
    [JsonIgnore]
    internal virtual bool BeginsWhenRecorded => false;

    /// <summary>Gives the kind of fact and its source, nothing of the person.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => $"{GetType().Name} from {Dates.Source}";
}
