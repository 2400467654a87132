using NodaTime;

namespace Crm.Core.Segments;

/// <summary>That a customer was in a segment, from when until when, and why.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SegmentStay
{
    /// <summary>Gets who.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Gets where.</summary>
    public required SegmentId Segment { get; init; }

    /// <summary>Gets the moment they entered.</summary>
    public required Instant Entered { get; init; }

    /// <summary>Gets the moment they left; null where they are still in.</summary>
    public Instant? Left { get; init; }

    /// <summary>Gets why they entered, in words; null where nobody said.</summary>
    public string? WhyEntered { get; init; }

    /// <summary>Gets why they left, in words; null where nobody said, or they are still in.</summary>
    public string? WhyLeft { get; init; }

    /// <summary>Says whether they were in at a moment. Who entered just then was, who left just then was not.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Whether they were.</returns>
    public bool Holds(Instant moment) => Entered <= moment && !(Left <= moment);

    /// <summary>Gives ids and moments.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Customer} in {Segment} from {Entered} {(Left is { } left ? FormattableString.Invariant($"until {left}") : "on")}");
}
