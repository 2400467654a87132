namespace Crm.Core.Portfolio;

/// <summary>Prospects who are alike, and what was learnt of them when money was last spent on winning them.</summary>
/// <remarks>All amounts are in one currency. Checked where it is used. Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProspectGroup
{
    /// <summary>Gets the name of the group.</summary>
    public required SegmentId Segment { get; init; }

    /// <summary>Gets how many prospects there are; 1 or more.</summary>
    public required int Prospects { get; init; }

    /// <summary>Gets what one who is won is worth, before what winning them costs: a lifetime value. Of any sign; on whom it is 0 or less nothing is spent by value.</summary>
    public required double Value { get; init; }

    /// <summary>Gets what was spent on each prospect when <see cref="WonShare"/> of them were won; above 0.</summary>
    public required double SpentEach { get; init; }

    /// <summary>Gets the share of them who were won for that: 0 or more and below <see cref="Ceiling"/>. A group of which nobody was won is taken as one that no money wins.</summary>
    public required double WonShare { get; init; }

    /// <summary>Gets the share who could be won if money were no object; above 0, at most 1.</summary>
    public required double Ceiling { get; init; }
}
