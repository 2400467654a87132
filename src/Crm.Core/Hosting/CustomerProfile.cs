using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Core.Customers;

namespace Crm.Core.Hosting;

/// <summary>All that is known of one customer from one point of view, on one screen: who they are, what happened, what is open.</summary>
/// <remarks>
/// Found by <see cref="CustomerProfiles"/>. It depends on the stores and on the request, never on who asks. Compared by value; its text
/// holds no personal data but the id. Immutable and thread-safe.
/// </remarks>
public sealed record CustomerProfile
{
    /// <summary>The schema of <see cref="ToJson"/>. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    /// <summary>How many customers who name this one are looked at; <see cref="ReferencesLeftOut"/> says how many are not.</summary>
    public const int MostReferences = 100;

    private static readonly HostingJsonContext _context = new(HostingJson.Options());

    /// <summary>Gets the point of view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AsOf AsOf { get; init; }

    /// <summary>Gets the id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId Id { get; init; }

    /// <summary>Gets the kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerKind Kind { get; init; }

    /// <summary>Gets the name; null where unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CustomerName? Name { get; init; }

    /// <summary>Gets what other systems call the customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ExternalId> ExternalIds { get; init => field = ValueList<ExternalId>.Of(value, nameof(ExternalIds)); } = ValueList<ExternalId>.None;

    /// <summary>Gets where the customer can be reached, with when that was last shown to work and to fail.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ContactPoint> ContactPoints { get; init => field = ValueList<ContactPoint>.Of(value, nameof(ContactPoints)); } = ValueList<ContactPoint>.None;

    /// <summary>Gets the attributes, of each the value that holds and came last, in the ordinal order of attributes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<AttributeFact> Attributes { get; init => field = ValueList<AttributeFact>.Of(value, nameof(Attributes)); } = ValueList<AttributeFact>.None;

    /// <summary>Gets how many attributes are held back: of a special category, or not declared, and not named by the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int AttributesWithheld { get; init; }

    /// <summary>Gets how the customer feels and thinks, in the order it was noted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<Attitude> Attitudes { get; init => field = ValueList<Attitude>.Of(value, nameof(Attitudes)); } = ValueList<Attitude>.None;

    /// <summary>Gets the memberships.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<Membership> Memberships { get; init => field = ValueList<Membership>.Of(value, nameof(Memberships)); } = ValueList<Membership>.None;

    /// <summary>Gets how the customer belongs to others, with the roles in what those buy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<Relation> Relations { get; init => field = ValueList<Relation>.Of(value, nameof(Relations)); } = ValueList<Relation>.None;

    /// <summary>
    /// Gets who belongs to the customer: members, buyers, subsidiaries; all of them where <see cref="ReferencesLeftOut"/> is 0. Null where
    /// the customer store cannot find them (<see cref="ICustomerReferences"/>).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ProfileRelation>? RelatedFrom { get; init => field = value is null ? null : ValueList<ProfileRelation>.Of(value, nameof(RelatedFrom)); }

    /// <summary>
    /// Gets how many customers name this one and were not looked at, for there are more than <see cref="MostReferences"/>: where it is not 0,
    /// <see cref="RelatedFrom"/>, <see cref="Brought"/> and <see cref="AccountsReceived"/> are of the first by id only, and
    /// <see cref="ICustomerReferences.FindNamingAsync"/> gives all. Those left out may name the customer no more, or not yet.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ReferencesLeftOut { get; init; }

    /// <summary>Gets whether and where the customer sells on; null where they do not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResellerStatus? Reseller { get; init; }

    /// <summary>Gets who brought the customer; null where nobody is known to have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Referral? BroughtBy { get; init; }

    /// <summary>
    /// Gets whom the customer brought, in the order of ids; all of them where <see cref="ReferencesLeftOut"/> is 0. Null where the customer
    /// store cannot find them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<CustomerId>? Brought { get; init => field = value is null ? null : ValueList<CustomerId>.Of(value, nameof(Brought)); }

    /// <summary>Gets the accounts whose purchases are another person's, in the order they were recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<MovedAccount> AccountsMoved { get; init => field = ValueList<MovedAccount>.Of(value, nameof(AccountsMoved)); } = ValueList<MovedAccount>.None;

    /// <summary>
    /// Gets the accounts of others whose purchases are this customer's; all of them where <see cref="ReferencesLeftOut"/> is 0. Null where
    /// the customer store cannot find them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ReceivedAccount>? AccountsReceived { get; init => field = value is null ? null : ValueList<ReceivedAccount>.Of(value, nameof(AccountsReceived)); }

    /// <summary>Gets who of the company looks after the customer; null where nobody does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public AccountOwner? Owner { get; init; }

    /// <summary>Gets the stage of the lifecycle; null where nobody has said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StageReached? Stage { get; init; }

    /// <summary>Gets the consents, in the ordinal order of purposes and channels. Of what is not listed nobody has decided: it is not given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ProfileConsent> Consents { get; init => field = ValueList<ProfileConsent>.Of(value, nameof(Consents)); } = ValueList<ProfileConsent>.None;

    /// <summary>Gets value, tier and the probability of being alive; null where there are none, and <see cref="ScoreAbsence"/> says why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ProfileScore? Score { get; init; }

    /// <summary>
    /// Gets why there is no score; <see cref="ScoreAbsence.None"/> where there is one. A past date may lie before all runs that are kept
    /// (<see cref="ScoreAbsence.BeforeKeptRuns"/>): then the customer may have had a score that nobody knows any more.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ScoreAbsence ScoreAbsence { get; init; }

    /// <summary>Gets that reason in words; null where there is a score.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? WhyNoScore { get; init; }

    /// <summary>Gets the segments the customer is in, in the ordinal order of segments; null where the host keeps none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ProfileSegment>? Segments { get; init => field = value is null ? null : ValueList<ProfileSegment>.Of(value, nameof(Segments)); }

    /// <summary>Gets the service cases that are open, the longest open first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<OpenCase> OpenCases { get; init => field = ValueList<OpenCase>.Of(value, nameof(OpenCases)); } = ValueList<OpenCase>.None;

    /// <summary>Gets the opportunities that are open, the one whose last step is latest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<OpenOpportunity> OpenOpportunities { get; init => field = ValueList<OpenOpportunity>.Of(value, nameof(OpenOpportunities)); } = ValueList<OpenOpportunity>.None;

    /// <summary>Gets the orders that are open, by the promised day, those without one last. An order with a promised day is a promise too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<OpenOrder> OpenOrders { get; init => field = ValueList<OpenOrder>.Of(value, nameof(OpenOrders)); } = ValueList<OpenOrder>.None;

    /// <summary>Gets what was promised and is not done, by when it is due: what is overdue comes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<OpenFollowUp> OpenPromises { get; init => field = ValueList<OpenFollowUp>.Of(value, nameof(OpenPromises)); } = ValueList<OpenFollowUp>.None;

    /// <summary>Gets the reminders that are not done, by when they are due: what is overdue comes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<OpenFollowUp> Reminders { get; init => field = ValueList<OpenFollowUp>.Of(value, nameof(Reminders)); } = ValueList<OpenFollowUp>.None;

    /// <summary>Gets the last contact in either direction; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ProfileContact? LastContact { get; init; }

    /// <summary>Gets the last contact the company began; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ProfileContact? LastOutboundContact { get; init; }

    /// <summary>Gets the promise or reminder that is due next and not overdue; null where none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public OpenFollowUp? NextContact { get; init; }

    /// <summary>Gets the last message the customer was shown or sent; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ShownMessage? LastMessage { get; init; }

    /// <summary>Gets what it has cost to serve the customer: the costs of all interactions, one amount a currency in the order of codes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<Money> CostToServe { get; init => field = ValueList<Money>.Of(value, nameof(CostToServe)); } = ValueList<Money>.None;

    /// <summary>Gets how many interactions there are in all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Interactions { get; init; }

    /// <summary>Gets the age of the copy of each source system, in the ordinal order of sources.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<SourceAge> Sources { get; init => field = ValueList<SourceAge>.Of(value, nameof(Sources)); } = ValueList<SourceAge>.None;

    /// <summary>Gets the page of the timeline that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProfileTimeline Timeline { get; init; }

    /// <summary>Writes the profile as one JSON text with a schema number, in which every member stands, empty or not.</summary>
    /// <returns>The JSON text. It is personal data.</returns>
    public string ToJson() => JsonSerializer.Serialize(new() { Schema = CurrentSchema, Profile = this }, _context.CustomerProfileDocument);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The profile, equal to the one that was written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no profile, or its schema is newer than this library. The message holds none of it.</exception>
    public static CustomerProfile FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonText.Read(json, CurrentSchema, "a customer profile", _context.CustomerProfileDocument).Profile;
    }

    /// <summary>Gives kind, id and point of view, nothing of the content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => $"profile of {Kind} {Id} as of {AsOf}";
}
