using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What happened to each of many customers: of each thing the state that counts, whenever it comes.</summary>
/// <remarks>One thread at a time. 32 bytes a thing, and about 40 a customer.</remarks>
internal sealed class EventLedger
{
    private readonly DateTimeZone _zone;
    private readonly List<Customer> _customers = [];

    // Of things that were ever corrected, the state that counts: few.
    private readonly Dictionary<InteractionId, Interaction> _corrected = [];

    internal EventLedger(RuleProgram program, DateTimeZone zone)
    {
        _zone = zone;
        EventFilter[] filters = [.. program.Signals.OfType<EventSignal>().Select(signal => signal.Events).Distinct()];
        Classes = new(filters);
        Queries = new EventQuery?[program.Signals.Length];
        foreach (var (place, signal) in program.Signals.Index())
        {
            if (signal is EventSignal events)
            {
                Queries[place] = new(
                    events, Array.IndexOf(filters, events.Events), program.Conditions.Where(condition => condition.Signal == place).Select(condition => condition.Test));
            }
        }
    }

    internal EventClasses Classes { get; }

    /// <summary>Gets the queries by the places of their signals; null for signals that are no events.</summary>
    internal EventQuery?[] Queries { get; }

    internal void AddCustomer() => _customers.Add(default);

    internal ReadOnlySpan<EventRow> Rows(int customer) => _customers[customer].Span;

    internal void Forget(int customer) => _customers[customer] = default;

    /// <summary>Leaves out the states of corrected things that are a customer's, when that one is erased, and what others' say of them. What the former correct was theirs too, or is gone.</summary>
    internal void ForgetCorrected(CustomerId customer)
    {
        foreach (InteractionId original in _corrected.Where(entry => entry.Value.Customer == customer).Select(entry => entry.Key).ToArray())
        {
            _corrected.Remove(original);
        }

        foreach (InteractionId original in _corrected.Where(entry => entry.Value.Detail.NamedCustomer == customer).Select(entry => entry.Key).ToArray())
        {
            _corrected[original] = _corrected[original].WithoutMentionOf(customer);
        }
    }

    /// <summary>Takes an interaction in.</summary>
    /// <param name="interaction">It: an original, a correction or a retraction.</param>
    /// <param name="known">Gives the place of a customer who is known.</param>
    /// <param name="places">Gives the place of a customer, who becomes known.</param>
    /// <param name="formerly">The customers whose it may have been.</param>
    /// <param name="changed">Told of each customer whose rows are others now, with the class of the row that came or went.</param>
    internal void Take(Interaction interaction, Func<CustomerId, int?> known, Func<CustomerId, int> places, IReadOnlyList<CustomerId> formerly, Action<int, int> changed)
    {
        bool isCorrected = _corrected.TryGetValue(interaction.Original, out Interaction? held);
        if (isCorrected && !interaction.Supersedes(held!))
        {
            return; // the original of what was corrected before it came, or an older correction
        }

        ulong key = IdKey.Of(interaction.Original);
        if (interaction.Corrects != InteractionId.None)
        {
            foreach (CustomerId owner in formerly.Append(held?.Customer ?? interaction.Customer).Distinct())
            {
                if (known(owner) is { } place)
                {
                    Remove(place, key, changed);
                }
            }

            _corrected[interaction.Original] = interaction;
        }

        if (interaction.Kind != InteractionKind.Retraction)
        {
            Add(places(interaction.Customer), key, interaction, changed);
        }
    }

    /// <summary>Takes in all that happened in a base, in any order.</summary>
    internal void TakeAll(IEnumerable<Interaction> interactions, Func<CustomerId, int?> known)
    {
        foreach (Interaction interaction in interactions)
        {
            ArgumentNullException.ThrowIfNull(interaction, nameof(interactions));
            if (interaction.Corrects != InteractionId.None)
            {
                EffectiveInteractions.Keep(_corrected, interaction);
            }
            else
            {
                AddKnown(interaction, known);
            }
        }

        RemoveCorrected();
        foreach (Interaction correction in _corrected.Values)
        {
            AddKnown(correction, known);
        }
    }

    private void AddKnown(Interaction interaction, Func<CustomerId, int?> known)
    {
        if (interaction.Kind != InteractionKind.Retraction && known(interaction.Customer) is { } place)
        {
            Add(place, IdKey.Of(interaction.Original), interaction, static (_, _) => { });
        }
    }

    // A correction does not say whose the thing was before, so all are looked through, once.
    private void RemoveCorrected()
    {
        HashSet<ulong> keys = [.. _corrected.Keys.Select(IdKey.Of)];
        for (int customer = 0; keys.Count > 0 && customer < _customers.Count; customer++)
        {
            for (int place = _customers[customer].Count - 1; place >= 0; place--)
            {
                if (keys.Contains(_customers[customer].Span[place].Key))
                {
                    _customers[customer] = _customers[customer].Without(place);
                }
            }
        }
    }

    private void Add(int customer, ulong key, Interaction interaction, Action<int, int> changed)
    {
        Customer rows = _customers[customer];
        foreach (ref readonly EventRow row in rows.Span)
        {
            if (row.Key == key)
            {
                return; // delivered twice
            }
        }

        decimal paid = EventTraits.PaymentOf(interaction.Detail)?.Amount ?? 0;
        var added = new EventRow(key, paid, DayNumber.Of(interaction.At.InZone(_zone).Date), Classes.PlaceOf(EventTraits.Of(interaction)));
        _customers[customer] = rows.With(added);
        changed(customer, added.Class);
    }

    private void Remove(int customer, ulong key, Action<int, int> changed)
    {
        Customer rows = _customers[customer];
        for (int place = 0; place < rows.Span.Length; place++)
        {
            if (rows.Span[place].Key == key)
            {
                int removed = rows.Span[place].Class;
                _customers[customer] = rows.Without(place);
                changed(customer, removed);
                return;
            }
        }
    }

    /// <summary>The rows of one customer, in the order of their days.</summary>
    private readonly record struct Customer(EventRow[]? Rows, int Count)
    {
        internal ReadOnlySpan<EventRow> Span => Rows.AsSpan(0, Count);

        internal Customer With(EventRow added)
        {
            EventRow[] rows = Rows ?? new EventRow[2];
            if (Count == rows.Length)
            {
                Array.Resize(ref rows, Count + Math.Max(2, Count / 2));
            }

            int place = Count;
            for (; place > 0 && rows[place - 1].Day > added.Day; place--)
            {
                rows[place] = rows[place - 1];
            }

            rows[place] = added;
            return new(rows, Count + 1);
        }

        internal Customer Without(int place)
        {
            Rows.AsSpan((place + 1)..Count).CopyTo(Rows.AsSpan(place));
            return new(Rows, Count - 1);
        }
    }
}
