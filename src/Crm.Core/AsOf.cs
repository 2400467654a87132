using System.Globalization;
using NodaTime;

namespace Crm.Core;

/// <summary>A point of view in time: what was true at one moment, by what was known at another.</summary>
/// <remarks>
/// The two differ where facts come late or are corrected. <see cref="At"/> asks what the screen showed then;
/// <see cref="Hindsight"/> asks what was true then by all that is known now. Immutable and thread-safe.
/// </remarks>
/// <param name="TrueAt">The moment that is asked about.</param>
/// <param name="KnownAt">The moment up to which records count. Records made exactly then do.</param>
public readonly record struct AsOf(Instant TrueAt, Instant KnownAt)
{
    /// <summary>What was true at a moment by what was known at that moment. With the present moment: how things stand.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The point of view.</returns>
    public static AsOf At(Instant moment) => new(moment, moment);

    /// <summary>What was true at a moment by all that has been recorded since.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The point of view.</returns>
    public static AsOf Hindsight(Instant moment) => new(moment, Instant.MaxValue);

    /// <summary>Gives both moments, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => TrueAt == KnownAt
        ? string.Create(CultureInfo.InvariantCulture, $"{TrueAt}")
        : string.Create(CultureInfo.InvariantCulture, $"{TrueAt} by what was known at {KnownAt}");
}
