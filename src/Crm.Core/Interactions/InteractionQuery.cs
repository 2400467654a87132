namespace Crm.Core.Interactions;

/// <summary>Which interactions of one customer are asked for, and from which point of view.</summary>
/// <remarks>
/// What counts is what happened by <see cref="AsOf.TrueAt"/> and was recorded by <see cref="AsOf.KnownAt"/>, of each thing the state that
/// <see cref="Interaction.Supersedes"/> all others recorded by then, whosever they are: a correction can move it to another customer; retractions, and what they retract, are left out.
/// <see cref="Counts"/> is the rule for one interaction, for stores that filter in memory. Immutable and thread-safe.
/// </remarks>
public sealed record InteractionQuery
{
    /// <summary>The greatest number of interactions on a page.</summary>
    public const int MostOnAPage = 1_000;

    private readonly int _limit = 50;
    private readonly IReadOnlyList<InteractionKind> _kinds = ValueList<InteractionKind>.None;

    /// <summary>Gets whose interactions.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Gets the point of view.</summary>
    public required AsOf AsOf { get; init; }

    /// <summary>Gets the first moment that counts; null for no limit.</summary>
    public NodaTime.Instant? From { get; init; }

    /// <summary>Gets the first moment that counts no more; null for no limit.</summary>
    public NodaTime.Instant? Before { get; init; }

    /// <summary>Gets the kinds that count; empty for all.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<InteractionKind> Kinds
    {
        get => _kinds;
        init => _kinds = ValueList<InteractionKind>.Of(value, nameof(Kinds));
    }

    /// <summary>Gets the channel that counts; <see cref="Channel.None"/> for all.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets the thread that counts; <see cref="ThreadId.None"/> for all.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>Gets the last interaction of the page before, after which this one begins; null for the first page.</summary>
    public PageEnd? After { get; init; }

    /// <summary>Gets how many interactions a page holds at most; from 1 to 1,000, 50 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 1,000.</exception>
    public int Limit
    {
        get => _limit;
        init => _limit = (int)Guard.InRange((double)value, 1, MostOnAPage, "Ask for the next page instead.", nameof(Limit));
    }

    /// <summary>Whether an interaction is asked for, leaving aside who the customer is, which page it is on, and what corrects it.</summary>
    /// <param name="interaction">The interaction.</param>
    /// <returns>Whether it is known and has happened by the point of view, is no retraction, and passes the filters.</returns>
    public bool Counts(Interaction interaction)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return interaction.At <= AsOf.TrueAt && interaction.RecordedAt <= AsOf.KnownAt
            && interaction.Kind != InteractionKind.Retraction
            && (From is not { } from || interaction.At >= from)
            && (Before is not { } before || interaction.At < before)
            && (Kinds.Count == 0 || Kinds.Contains(interaction.Kind))
            && (Channel == Channel.None || interaction.Channel == Channel)
            && (Thread == ThreadId.None || interaction.Thread == Thread);
    }
}
