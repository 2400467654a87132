namespace Crm.Core.Segments;

/// <summary>That a segment had too few customers to stand alone.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
/// <param name="Segment">The segment.</param>
/// <param name="Into">Its parent, which took them; <see cref="SegmentId.None"/> where it has none, and they are in no segment.</param>
/// <param name="Customers">How many it had, with those who had fallen back on it.</param>
public sealed record SegmentFold(SegmentId Segment, SegmentId Into, long Customers)
{
    /// <summary>Gives the segments and the number.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Segment} with {Customers} falls back on {Into}");
}
