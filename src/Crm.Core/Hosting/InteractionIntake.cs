using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The door for what comes from outside: it is checked against what was declared, dated by the clock here, and kept whole or not at all.</summary>
/// <remarks>As thread-safe as the stores it is given.</remarks>
public sealed class InteractionIntake
{
    private readonly IntakeSchema _schema;
    private readonly IInteractionStore _interactions;
    private readonly ICustomerStore _customers;
    private readonly IClock _clock;
    private readonly AttributeSchema? _attributes;

    /// <summary>Initializes a new instance of the <see cref="InteractionIntake"/> class.</summary>
    /// <param name="schema">What may come.</param>
    /// <param name="interactions">Where interactions are kept.</param>
    /// <param name="customers">Where customers are kept.</param>
    /// <param name="clock">Dates what comes.</param>
    /// <param name="attributes">The types of attributes; null where nobody has declared any.</param>
    /// <exception cref="ArgumentNullException">An argument other than the last is null.</exception>
    public InteractionIntake(IntakeSchema schema, IInteractionStore interactions, ICustomerStore customers, IClock clock, AttributeSchema? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(clock);
        _schema = schema;
        _interactions = interactions;
        _customers = customers;
        _clock = clock;
        _attributes = attributes;
    }

    /// <summary>
    /// Says what is wrong with interactions, all of it, and keeps none. Whether what they correct is theirs to correct is seen when they are kept, since the store has to be asked.
    /// </summary>
    /// <param name="interactions">The interactions.</param>
    /// <returns>The faults, by the place of the interaction in the list; at most 8 masked characters of a value.</returns>
    /// <exception cref="ArgumentException">The list or one of the interactions is null.</exception>
    public RowFaults Check(IReadOnlyList<Interaction> interactions)
    {
        var faults = new RowFaultList();
        Check(ValueList<Interaction>.Of(interactions, nameof(interactions)), _clock.GetCurrentInstant(), faults);
        return RowFaults.Of(faults);
    }

    /// <summary>
    /// Keeps interactions, all of them or none. Since when they are known is the clock's to say; what they state of it does not count. Of corrections of one thing, and of steps of one moment, the later in
    /// the list counts. A source corrects what it told itself, and what its <see cref="IntakeSource.MayCorrect"/> names.
    /// </summary>
    /// <param name="interactions">The interactions. One that came before and says the same is left out.</param>
    /// <param name="cancellationToken">Stops the work before anything is kept, or not at all.</param>
    /// <returns>How many were new, and how many there already.</returns>
    /// <exception cref="ArgumentException">The list or one of the interactions is null.</exception>
    /// <exception cref="RowFaultsException">Interactions are not as declared. All were checked, and none is kept.</exception>
    /// <exception cref="InteractionConflictException">The store holds some of the ids with another content, or a correction corrects one.</exception>
    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken = default)
    {
        var all = ValueList<Interaction>.Of(interactions, nameof(interactions));
        Instant now = _clock.GetCurrentInstant();
        var faults = new RowFaultList();
        Check(all, now, faults);
        var corrections = await IntakeCorrections.OfAsync(_interactions, all, cancellationToken).ConfigureAwait(false);
        corrections.Check(_schema, faults);
        CrmTelemetry.Taken(faults.IsEmpty ? 0 : all.Count, "refused");
        faults.ThrowIfAny(nameof(interactions));
        try
        {
            AppendResult result = await _interactions.AppendAsync(corrections.Dated(now), cancellationToken).ConfigureAwait(false);
            CrmTelemetry.Taken(result.Appended, "appended");
            CrmTelemetry.Taken(result.AlreadyThere, "known");
            return result;
        }
        catch (InteractionConflictException)
        {
            CrmTelemetry.Taken(all.Count, "refused");
            throw;
        }
    }

    /// <summary>Says what is wrong with facts, all of it, and keeps none.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The faults, by the place of the fact in the list; at most 8 masked characters of a value.</returns>
    /// <exception cref="ArgumentException">The list or one of the facts is null.</exception>
    public RowFaults Check(IReadOnlyList<CustomerFact> facts)
    {
        var faults = new RowFaultList();
        foreach (var (row, fact) in ValueList<CustomerFact>.Of(facts, nameof(facts)).Index())
        {
            _schema.Check(row, fact, _attributes, faults);
        }

        return RowFaults.Of(faults);
    }

    /// <summary>
    /// Keeps facts of one customer, all of them or none. Since when they are known is the clock's to say, and what is delivered twice stands once.
    /// </summary>
    /// <remarks>
    /// A feed may say the same every night. A fact is kept where it is not what the same source said last of the same thing and time, so that what was ended, retracted or
    /// withdrawn here is not brought back by a source that has not heard of it; a refusal always, unless it holds. Yes, no, and yes again of one source are three decisions. A
    /// source that says the end of what it said before ends that.
    /// </remarks>
    /// <param name="customer">The customer; begun where there is none.</param>
    /// <param name="kind">The kind of a customer who is new; of one who is there it does not count.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="cancellationToken">Stops the work before anything is kept, or not at all.</param>
    /// <returns>The customer as it was saved.</returns>
    /// <exception cref="ArgumentException">The customer is none, or the list or one of the facts is null.</exception>
    /// <exception cref="RowFaultsException">Facts are not as declared. All were checked, and none is kept.</exception>
    /// <exception cref="ConcurrencyConflictException">Others saved in between 20 times running.</exception>
    public async ValueTask<Stored<Customer>> UpdateAsync(
        CustomerId customer, CustomerKind kind, IReadOnlyList<CustomerFact> facts, CancellationToken cancellationToken = default)
    {
        StoredText.Id(customer, CustomerId.None, nameof(customer));
        var all = ValueList<CustomerFact>.Of(facts, nameof(facts));
        Check(all).ThrowIfAny(nameof(facts));
        Instant now = _clock.GetCurrentInstant();
        return await _customers.UpdateAsync(
            customer,
            old => FactNews.Add(old ?? new() { Id = customer, Kind = kind }, all, now),
            cancellationToken).ConfigureAwait(false);
    }

    private void Check(ValueList<Interaction> interactions, Instant now, RowFaultList faults)
    {
        foreach (var (row, interaction) in interactions.Index())
        {
            _schema.Check(row, interaction, now, faults);
        }
    }
}
