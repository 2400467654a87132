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

    /// <summary>Says what is wrong with interactions, all of it, and keeps none.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <returns>The faults, by the place of the interaction in the list; at most 8 masked characters of a value.</returns>
    /// <exception cref="ArgumentException">The list or one of the interactions is null.</exception>
    public RowFaults Check(IReadOnlyList<Interaction> interactions) =>
        Check(ValueList<Interaction>.Of(interactions, nameof(interactions)), _clock.GetCurrentInstant());

    /// <summary>Keeps interactions, all of them or none. Since when they are known is the clock's to say; what they state of it does not count.</summary>
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
        Check(all, now).ThrowIfAny(nameof(interactions));
        return await _interactions.AppendAsync([.. all.Select(interaction => interaction with { RecordedAt = now })], cancellationToken).ConfigureAwait(false);
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
    /// Keeps facts of one customer, all of them or none. Since when they are known is the clock's to say. One that says since when it is true
    /// and is believed already is left out, so that what is delivered twice stands once; one that does not is news each time it comes.
    /// </summary>
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
            old => (old ?? new() { Id = customer, Kind = kind }).With(New(old, all).Select(fact => DatedAt(fact, now))),
            cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<CustomerFact> New(Customer? old, ValueList<CustomerFact> facts)
    {
        HashSet<CustomerFact> known = [.. (old?.Facts ?? []).Where(fact => fact.Dates.RetractedAt is null).Select(fact => DatedAt(fact, default))];

        // Yes, no and yes again without dates are three decisions, of which the last is like the first.
        return facts.Where(fact => known.Add(DatedAt(fact, default)) || fact.Dates.ValidFrom is null);
    }

    private static CustomerFact DatedAt(CustomerFact fact, Instant recordedAt) => fact with { Dates = fact.Dates with { RecordedAt = recordedAt } };

    private RowFaults Check(ValueList<Interaction> interactions, Instant now)
    {
        var faults = new RowFaultList();
        foreach (var (row, interaction) in interactions.Index())
        {
            _schema.Check(row, interaction, now, faults);
        }

        return RowFaults.Of(faults);
    }
}
