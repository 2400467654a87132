namespace Crm.Core.Hosting;

/// <summary>The score of a customer from a point of view, or why there is none.</summary>
/// <remarks>Compared by value. Its text holds nothing of the score. Immutable and thread-safe.</remarks>
public sealed record ScoreAnswer
{
    private ScoreAnswer(ProfileScore? score, ScoreAbsence absence, string? why) => (Score, Absence, Why) = (score, absence, why);

    /// <summary>Gets the score; null where there is none.</summary>
    public ProfileScore? Score { get; }

    /// <summary>Gets why there is none; <see cref="ScoreAbsence.None"/> where there is one.</summary>
    public ScoreAbsence Absence { get; }

    /// <summary>Gets the reason in words, without personal data; null where there is a score.</summary>
    public string? Why { get; }

    /// <summary>Answers with a score.</summary>
    /// <param name="score">The score.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="score"/> is null.</exception>
    public static ScoreAnswer Of(ProfileScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new(score, ScoreAbsence.None, null);
    }

    /// <summary>Answers that there is none.</summary>
    /// <param name="absence">Why; not <see cref="ScoreAbsence.None"/>.</param>
    /// <param name="why">The reason in words, without personal data.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">The reason is <see cref="ScoreAbsence.None"/>, or the words are null or empty.</exception>
    public static ScoreAnswer Without(ScoreAbsence absence, string why)
    {
        ArgumentException.ThrowIfNullOrEmpty(why);
        return absence != ScoreAbsence.None ? new(null, absence, why)
            : throw new ArgumentException("An answer without a score has a reason other than None.", nameof(absence));
    }

    /// <summary>Gives the reason, or day and moment of the run.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => Why ?? Score!.ToString();
}
