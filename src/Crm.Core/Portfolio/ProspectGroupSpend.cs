namespace Crm.Core.Portfolio;

/// <summary>What is spent on the prospects of one group, and what is expected of it.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProspectGroupSpend
{
    /// <summary>Gets the name of the group.</summary>
    public required SegmentId Segment { get; init; }

    /// <summary>Gets what is spent on each of its prospects.</summary>
    public required double SpentEach { get; init; }

    /// <summary>Gets what is spent on all of them.</summary>
    public required double Spent { get; init; }

    /// <summary>Gets the share of them who are expected to be won: from 0 to below the group's ceiling.</summary>
    public required double WonShare { get; init; }

    /// <summary>Gets how many of them are expected to be won.</summary>
    public required double Won { get; init; }

    /// <summary>Gets what those who are won are worth, before what is spent.</summary>
    public required double Value { get; init; }

    /// <summary>Gets what is left: the value less what is spent.</summary>
    public double Profit => Value - Spent;

    /// <summary>Gives what is spent and what is expected of it.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Segment}: {SpentEach:0.##} each, {Won:0.#} won, profit {Profit:0.##}");
}
