using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Passes data of a customer to a partner: what was agreed on, only where the customer has consented, and never without a trace.</summary>
/// <remarks>As thread-safe as the stores it is given.</remarks>
public sealed class PartnerSharing
{
    private static readonly SourceId _source = SourceId.Of("partner-sharing");

    private readonly ICustomerStore _customers;
    private readonly IInteractionStore _interactions;
    private readonly IClock _clock;
    private readonly AttributeSchema? _attributes;

    /// <summary>Initializes a new instance of the <see cref="PartnerSharing"/> class.</summary>
    /// <param name="customers">Where customers are kept.</param>
    /// <param name="interactions">Where the log is kept.</param>
    /// <param name="clock">Tells when something is passed on.</param>
    /// <param name="attributes">Which attributes there are, and which are of a special category; null where nobody has declared any: then each is named one by one.</param>
    /// <exception cref="ArgumentNullException">A store or the clock is null.</exception>
    public PartnerSharing(ICustomerStore customers, IInteractionStore interactions, IClock clock, AttributeSchema? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(clock);
        _customers = customers;
        _interactions = interactions;
        _clock = clock;
        _attributes = attributes;
    }

    /// <summary>
    /// Passes on what an agreement allows. Agreement and consent are those of this moment, whatever the data are as of. A <see cref="DisclosureDetail"/>
    /// is in the store before anything is handed out.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A call that did not return may have logged the disclosure: a process that ended, a line that broke. A retry is a call with the same id of the
    /// disclosure, the same customer and the same agreement. It is logged once, at the moment of the first call, and gives the values as
    /// of that moment again (with the same <paramref name="asOf"/> where one was given), as far as nobody has changed the past of the
    /// customer. It asks for agreement and consent of its own moment: where either is gone by then, it is refused, and the log tells of
    /// a disclosure whose data may never have arrived. With anything else under the same id it is no retry and conflicts.
    /// </para>
    /// <para>
    /// The customer is read again when the log is written. One who was erased meanwhile is refused, and what is in the store of
    /// interactions for them is erased again; a retry does so too where the first call did not come to it. An erasure that begins
    /// later finds the entry by itself.
    /// </para>
    /// </remarks>
    /// <param name="customer">Whose data.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="disclosure">The id the disclosure has in the log; one of its own, and the same again for a retry.</param>
    /// <param name="asOf">The point of view of the data; null for now, which for a retry is the moment of the first call.</param>
    /// <param name="cancellationToken">Stops the work before anything is logged, or not at all.</param>
    /// <returns>The data, or why nothing is passed on.</returns>
    /// <exception cref="ArgumentException">The agreement is null, or the id of the disclosure none.</exception>
    /// <exception cref="InteractionConflictException">The store holds the id of the disclosure with another content, or corrected or taken back. Nothing is passed on.</exception>
    public async ValueTask<SharingResult> ShareAsync(
        CustomerId customer, SharingAgreement agreement, InteractionId disclosure, AsOf? asOf = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        StoredText.Id(disclosure, InteractionId.None, nameof(disclosure));
        Instant now = _clock.GetCurrentInstant();
        Stored<Customer>? found = await _customers.FindAsync(customer, cancellationToken).ConfigureAwait(false);
        if (found is null && await IsLeftAsync(customer, disclosure, cancellationToken).ConfigureAwait(false))
        {
            return await TakeBackAsync(customer).ConfigureAwait(false);
        }

        if (Refusal(found?.Value, agreement, now) is { } refusal)
        {
            return refusal;
        }

        Interaction log = await WriteAsync(Log(customer, agreement, disclosure, now), cancellationToken).ConfigureAwait(false);

        // From here on it is done to the end: what is logged is handed out or taken back.
        found = await _customers.FindAsync(customer, CancellationToken.None).ConfigureAwait(false);
        if (found is null)
        {
            return await TakeBackAsync(customer).ConfigureAwait(false);
        }

        // Erased and delivered anew is another record, with consents of its own.
        return Refusal(found.Value, agreement, now) ?? new()
        {
            Data = new()
            {
                Disclosure = disclosure,
                Partner = agreement.Partner,
                Purpose = agreement.Purpose,
                Until = agreement.Until,
                Values = [.. agreement.Fields.SelectMany(field => Values(found.Value, field, agreement, asOf ?? AsOf.At(log.At)))],
            },
        };
    }

    /// <summary>Lists what was passed on of a customer, to whom, what for, and what has run out.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The disclosures, newest first.</returns>
    public async ValueTask<IReadOnlyList<SharedRecord>> ReadSharedAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        Instant now = _clock.GetCurrentInstant();
        var records = new List<SharedRecord>();
        var query = new InteractionQuery { Customer = customer, AsOf = AsOf.At(now), Kinds = [InteractionKind.Disclosure], Limit = InteractionQuery.MostOnAPage };
        await foreach (InteractionPage page in _interactions.ReadPagesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            records.AddRange(page.Items.Select(item => SharedRecord.Of(item, now)));
        }

        return records.AsReadOnly();
    }

    private static Interaction Log(CustomerId customer, SharingAgreement agreement, InteractionId disclosure, Instant now) => new()
    {
        Id = disclosure,
        Customer = customer,
        At = now,
        RecordedAt = now,
        Source = _source,
        Channel = Channel.Partner,
        Direction = Direction.Outbound,
        Detail = new DisclosureDetail { Partner = agreement.Partner, Purpose = agreement.Purpose, Fields = agreement.FieldsText, Until = agreement.Until },
    };

    /// <summary>Writes the log, or finds what an earlier call wrote of the same disclosure.</summary>
    private async ValueTask<Interaction> WriteAsync(Interaction log, CancellationToken cancellationToken)
    {
        Interaction entry = await LoggedAsync(log, cancellationToken).ConfigureAwait(false) ?? log;
        try
        {
            await _interactions.AppendAsync([entry], cancellationToken).ConfigureAwait(false);
        }
        catch (InteractionConflictException) when (entry == log)
        {
            // Another call may have been quicker by a moment; anything else conflicts again.
            entry = await LoggedAsync(log, cancellationToken).ConfigureAwait(false) ?? log;
            await _interactions.AppendAsync([entry], cancellationToken).ConfigureAwait(false);
        }

        return entry;
    }

    /// <summary>The same disclosure as it was logged before, of whatever moment; null where none was.</summary>
    /// <exception cref="InteractionConflictException">What was logged is corrected or taken back: nobody would see what was handed out under it.</exception>
    private async ValueTask<Interaction?> LoggedAsync(Interaction log, CancellationToken cancellationToken)
    {
        var states = await _interactions.ReadStatesAsync(log.Id, cancellationToken).ConfigureAwait(false);
        return states.Any(state => state.Id != log.Id)
            ? throw new InteractionConflictException([log.Id], [])
            : states.FirstOrDefault(state => state.SaysTheSameAs(log with { At = state.At }));
    }

    /// <summary>Whether an earlier call logged the disclosure of a customer who is there no more, and did not come to take it back.</summary>
    private async ValueTask<bool> IsLeftAsync(CustomerId customer, InteractionId disclosure, CancellationToken cancellationToken) =>
        (await _interactions.ReadStatesAsync(disclosure, cancellationToken).ConfigureAwait(false))
            .Any(state => state.Id == disclosure && state.Customer == customer && state.Kind == InteractionKind.Disclosure);

    private async ValueTask<SharingResult> TakeBackAsync(CustomerId customer)
    {
        await _interactions.EraseAsync(customer, CancellationToken.None).ConfigureAwait(false);
        return new()
        {
            Refusal = SharingRefusal.NoSuchCustomer,
            Why = "The customer was erased meanwhile. Nothing is passed on, and what was logged of it is erased again.",
        };
    }

    private SharingResult? Refusal(Customer? customer, SharingAgreement agreement, Instant now)
    {
        if (customer is null)
        {
            return new() { Refusal = SharingRefusal.NoSuchCustomer, Why = "There is no such customer." };
        }

        if (agreement.Until <= now)
        {
            return new() { Refusal = SharingRefusal.AgreementExpired, Why = FormattableString.Invariant($"The agreement with {agreement.Partner} ran out at {agreement.Until}.") };
        }

        ConsentAnswer consent = customer.Consent(agreement.Purpose, Channel.Partner, AsOf.At(now));
        if (!consent.IsGiven)
        {
            return new() { Refusal = SharingRefusal.NoConsent, Why = $"Consent to {agreement.Purpose} is {consent}." };
        }

        return agreement.Fields.Contains(SharedField.Attributes) && NotNamed(agreement) is { } words
            ? new() { Refusal = SharingRefusal.SpecialCategoryNotNamed, Why = words } : null;
    }

    private string? NotNamed(SharingAgreement agreement)
    {
        if (_attributes is null)
        {
            return "Nobody has declared which attributes are of a special category. Declare them, or name each attribute that is shared.";
        }

        AttributeId[] hidden = [.. _attributes.Definitions.Where(known => known.IsSpecialCategory && !IsNamed(known.Id, agreement)).Select(known => known.Id)];
        return hidden.Length == 0 ? null : $"Of a special category and not named one by one: {string.Join(", ", hidden)}. Name them, or name the attributes that are shared instead of all.";
    }

    private IEnumerable<SharedValue> Values(Customer customer, SharedField field, SharingAgreement agreement, AsOf asOf)
    {
        if (field == SharedField.Attributes)
        {
            // Those named besides have a place of their own in the agreement.
            return _attributes!.Definitions.Where(known => !IsNamed(known.Id, agreement) && SharedField.TryOf(known.Id, out _))
                .SelectMany(known => Values(customer, SharedField.Of(known.Id), agreement, asOf));
        }

        return Texts(customer, field, asOf).Select(text => new SharedValue { Field = field, Value = text });
    }

    private static IEnumerable<string> Texts(Customer customer, SharedField field, AsOf asOf) =>
        field.Attribute != AttributeId.None ? One(customer.Attribute(field.Attribute, asOf)?.Value.ToText())
        : field.System != SourceId.None ? customer.FactsOf<ExternalId>(asOf).Where(id => id.System == field.System).Select(id => id.Id)
        : field.Programme != ProgrammeId.None ? customer.FactsOf<Membership>(asOf).Where(membership => membership.Programme == field.Programme).Select(Words)
        : field == SharedField.Name ? One(customer.LatestOf<CustomerName>(asOf)?.Full)
        : field == SharedField.Kind ? One(customer.Kind.ToString())
        : field == SharedField.Stage ? One(customer.LatestOf<StageReached>(asOf)?.Stage.Name)
        : customer.FactsOf<ContactPoint>(asOf).Where(point => point.Kind == KindOf(field)).Select(point => point.Text);

    private static string[] One(string? text) => text is null ? [] : [text];

    private static bool IsNamed(AttributeId attribute, SharingAgreement agreement) =>
        SharedField.TryOf(attribute, out SharedField field) && agreement.Fields.Contains(field);

    private static string Words(Membership membership) => string.Join(", ", new[] { membership.Number, membership.Level }.OfType<string>());

    private static ContactKind KindOf(SharedField field) => field == SharedField.Email ? ContactKind.Email
        : field == SharedField.Phone ? ContactKind.Phone
        : field == SharedField.Postal ? ContactKind.Postal
        : ContactKind.Message;
}
