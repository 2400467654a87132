namespace Crm.Core.Pyramids;

/// <summary>Whether more went one way than the other, beyond chance.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ChangeTest
{
    /// <summary>Gets how many went up, or in.</summary>
    public required long Up { get; init; }

    /// <summary>Gets how many went down, or out.</summary>
    public required long Down { get; init; }

    /// <summary>
    /// Gets how probable a difference at least as great is, if each who moved had gone either way with the same probability, and independently; from 0 to 1. Below 0.05 is commonly
    /// taken for a change.
    /// </summary>
    /// <remarks>The exact test of McNemar (1947), a two-sided sign test: 2 P(X ≤ min(up, down)), X binomial of up + down and 1/2, at most 1.</remarks>
    public required double Probability { get; init; }

    internal static ChangeTest Of(long up, long down) => new() { Up = up, Down = down, Probability = SignTest.Probability(up, down) };
}
