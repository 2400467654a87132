using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>Where a page of a timeline ended: the next one begins after it, however many were appended meanwhile.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="At">The moment of the last interaction on the page.</param>
/// <param name="Id">Its id, which parts it from others of the same moment.</param>
public readonly record struct PageEnd(Instant At, InteractionId Id)
{
    /// <summary>
    /// The order of a timeline: newest first; of one moment the greater id first, ids compared ordinally by their UTF-8 bytes, as databases
    /// with a binary collation do.
    /// </summary>
    /// <param name="left">One interaction.</param>
    /// <param name="right">Another.</param>
    /// <returns>Less than 0 where <paramref name="left"/> comes first.</returns>
    public static int Compare(Interaction left, Interaction right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Compare(left.At, left.Id, right.At, right.Id);
    }

    /// <summary>Whether an interaction comes after the end of the page.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <returns>Whether it does.</returns>
    public bool IsBefore(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return Compare(At, Id, interaction.At, interaction.Id) < 0;
    }

    private static int Compare(Instant leftAt, InteractionId leftId, Instant rightAt, InteractionId rightId)
    {
        int newest = rightAt.CompareTo(leftAt);
        return newest != 0 ? newest : IdText.CompareUtf8(rightId.ToString(), leftId.ToString());
    }
}
