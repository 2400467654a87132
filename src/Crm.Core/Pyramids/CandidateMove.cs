namespace Crm.Core.Pyramids;

/// <summary>A customer who would bring more in the next higher tier.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct CandidateMove
{
    /// <summary>Gets the customer.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Gets the tier they stand in.</summary>
    public required Tier From { get; init; }

    /// <summary>Gets the next higher tier in which there is anybody.</summary>
    public required Tier To { get; init; }

    /// <summary>Gets how much more they would bring, if they brought what those in the higher tier bring on average.</summary>
    public required double Gain { get; init; }

    /// <summary>Gets the probability that they move up, from 0 to 1; 1 where nobody said.</summary>
    public required double Probability { get; init; }

    /// <summary>Gets what the move is worth: probability × gain.</summary>
    public double Worth => Probability * Gain;
}
