using System.Globalization;
using NodaTime;

namespace Crm.Core.Customers;

/// <summary>When a fact holds, who says so, since when it has been known and until when it was believed.</summary>
/// <remarks>
/// Two lines of time: what is true (<see cref="ValidFrom"/> to <see cref="ValidUntil"/>) and what was known (<see cref="RecordedAt"/> to
/// <see cref="RetractedAt"/>). Nothing is overwritten, so both can be asked for any date. Every beginning counts, every end does not.
/// Immutable and thread-safe.
/// </remarks>
public readonly record struct FactDates
{
    /// <summary>Gets where the fact comes from.</summary>
    public required SourceId Source { get; init; }

    /// <summary>Gets since when the fact has been known here.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>Gets since when it is true; null where it always was, as far as anyone knows.</summary>
    public Instant? ValidFrom { get; init; }

    /// <summary>Gets since when it is true no more; null where no end is known.</summary>
    public Instant? ValidUntil { get; init; }

    /// <summary>Gets since when it is known to have been wrong; null where it is believed.</summary>
    public Instant? RetractedAt { get; init; }

    /// <summary>Gets from when the fact is to be reckoned with: from when it is true, or else from when it was known.</summary>
    public Instant EffectiveFrom => ValidFrom ?? RecordedAt;

    /// <summary>Dates a fact that was true before anyone asked.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="recordedAt">Since when it is known.</param>
    /// <returns>The dates.</returns>
    public static FactDates Of(SourceId source, Instant recordedAt) => new() { Source = source, RecordedAt = recordedAt };

    /// <summary>Whether a fact of these dates is true from a point of view.</summary>
    /// <param name="asOf">The point of view.</param>
    /// <returns>Whether it was known and not retracted then, and holds at the moment asked about.</returns>
    public bool Holds(AsOf asOf) => IsKnown(asOf)
        && (ValidFrom is not { } from || from <= asOf.TrueAt)
        && (ValidUntil is not { } until || asOf.TrueAt < until);

    /// <summary>Whether a fact of these dates is known from a point of view, be it true at the moment asked about or not.</summary>
    /// <param name="asOf">The point of view.</param>
    /// <returns>Whether it was known and not retracted then.</returns>
    public bool IsKnown(AsOf asOf) => RecordedAt <= asOf.KnownAt && (RetractedAt is not { } retracted || asOf.KnownAt < retracted);

    internal FactDates Checked(string name)
    {
        if (Source == SourceId.None)
        {
            throw new ArgumentException("A fact says where it comes from. Give its dates a Source.", name);
        }

        if (ValidUntil < ValidFrom)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A fact does not end ({ValidUntil}) before it begins ({ValidFrom})."), name);
        }

        return RetractedAt < RecordedAt
            ? throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A fact is not retracted ({RetractedAt}) before it was recorded ({RecordedAt})."), name)
            : this;
    }
}
