using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>That a customer entered or left a segment, when, and why.</summary>
/// <remarks>
/// A customer is in a segment at a moment if the last move by then entered it; of several moves of one moment the one recorded last
/// counts, and of those recorded at one moment the one that left. Compared by value. Immutable and thread-safe.
/// </remarks>
public sealed record SegmentMove
{
    private readonly CustomerId _customer;
    private readonly SegmentId _segment;
    private readonly string? _why;

    /// <summary>Gets who moved.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId Customer
    {
        get => _customer;
        init => _customer = StoredText.Id(value, CustomerId.None);
    }

    /// <summary>Gets the segment.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SegmentId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SegmentId Segment
    {
        get => _segment;
        init => _segment = StoredText.Id(value, SegmentId.None);
    }

    /// <summary>Gets a value indicating whether the customer entered; else they left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool Entered { get; init; }

    /// <summary>Gets when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant At { get; init; }

    /// <summary>Gets since when it is known; for one found late, after it happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant RecordedAt { get; init; }

    /// <summary>Gets why, in words; null where nobody said.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? Why
    {
        get => _why;
        init => _why = StoredText.BodyOrNull(value);
    }

    /// <summary>Whether this move decides instead of another of the same customer and segment.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether this one is later, as the remarks of this type say.</returns>
    public bool IsAfter(SegmentMove other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int later = (At, RecordedAt).CompareTo((other.At, other.RecordedAt));
        return later > 0 || (later == 0 && !Entered && other.Entered);
    }

    /// <summary>Whether the move is known and has happened by a point of view.</summary>
    /// <param name="asOf">The point of view.</param>
    /// <returns>Whether it counts.</returns>
    public bool Counts(AsOf asOf) => At <= asOf.TrueAt && RecordedAt <= asOf.KnownAt;

    /// <summary>Gives the direction, the ids and the moment.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Customer} {(Entered ? "entered" : "left")} {Segment} at {At}");
}
