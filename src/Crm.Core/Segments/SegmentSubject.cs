using System.Collections.Frozen;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>One customer as rules see them on a day: what is on record, what they did, what was computed.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SegmentSubject
{
    private readonly IReadOnlyList<Interaction> _interactions = ValueList<Interaction>.None;
    private readonly Lazy<IReadOnlyList<Interaction>> _effective;

    /// <summary>Initializes a new instance of the <see cref="SegmentSubject"/> class.</summary>
    public SegmentSubject() => _effective = new(() => EffectiveInteractions.Of(_interactions, KnownAt, Id));

    /// <summary>Gets who it is.</summary>
    public required CustomerId Id { get; init; }

    /// <summary>Gets what is on record; null where nothing is, and rules about it are not known.</summary>
    public Customer? Customer { get; init; }

    /// <summary>
    /// Gets what happened, in any order: every state of each thing, corrections and retractions among them, or only the states that count.
    /// Those of other customers are left aside.
    /// </summary>
    /// <exception cref="ArgumentException">The list or one of its interactions is null.</exception>
    public IReadOnlyList<Interaction> Interactions
    {
        get => _interactions;
        init => _interactions = ValueList<Interaction>.Of(value, nameof(Interactions));
    }

    /// <summary>Gets what was computed, by the name of the column.</summary>
    public IReadOnlyDictionary<string, ColumnValue> Columns { get; init; } = FrozenDictionary<string, ColumnValue>.Empty;

    /// <summary>Gets the day that is asked about. All that happened or held on it, to its end, counts.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>Gets the zone whose days count; UTC by default.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>Gets the moment up to which records count; by default all do.</summary>
    public Instant KnownAt { get; init; } = Instant.MaxValue;

    /// <summary>The point of view for facts.</summary>
    internal AsOf AsOf => new(DayNumber.EndOf(Day, Zone), KnownAt);

    internal IReadOnlyList<Interaction> Effective => _effective.Value;

    /// <summary>Gives the id and the day, nothing else.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"customer {Id} on {Day:uuuu-MM-dd}");
}
