using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>To which segment one customer belongs, and how surely.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SegmentAssignment
{
    internal SegmentAssignment(PosteriorRows rows, int count, double farDistance)
    {
        var probabilities = new double[count];
        for (int j = 0; j < count; j++)
        {
            probabilities[j] = rows.Probability(0, j);
        }

        Probabilities = Array.AsReadOnly(probabilities);
        MostLikely = rows.MostLikely(0);
        Distance = Math.Sqrt(rows.Distances[0]);
        IsFar = Distance > farDistance;
    }

    /// <summary>Gets the place of the segment, counted from 0; -1 for a customer that is far from all.</summary>
    public int Segment => IsFar ? -1 : MostLikely;

    /// <summary>Gets the place of the most likely segment, also of a customer that is far from all; the first of equally likely ones.</summary>
    public int MostLikely { get; }

    /// <summary>Gets the probability of the most likely segment.</summary>
    public double Probability => Probabilities[MostLikely];

    /// <summary>Gets the probability of each segment, given that the customer belongs to one of them. They add up to 1.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>Gets the distance to the nearest segment, in deviations of that segment.</summary>
    public double Distance { get; }

    /// <summary>Gets a value indicating whether the customer is so far from every segment that probabilities among them mean little.</summary>
    public bool IsFar { get; }

    /// <summary>Gives the segment, counted from 1, with its probability.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{(IsFar ? "far from all; nearest in kind: " : "")}segment {MostLikely + 1} ({Probability:P1})");
}
