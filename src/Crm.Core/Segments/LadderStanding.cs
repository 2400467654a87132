using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Where one customer stands on the loyalty ladder on a day, why, and how they came there.</summary>
/// <remarks>Compared by value. Its text holds no personal data but the id. Immutable and thread-safe.</remarks>
public sealed record LadderStanding
{
    private readonly DateTimeZone _zone;
    private readonly SourceId _source;

    internal LadderStanding(LadderRow row, LocalDate day, DateTimeZone zone, SourceId source)
    {
        Row = row;
        Day = day;
        _zone = zone;
        _source = source;
    }

    /// <summary>Gets rung, stage and traits with the figures of the traits: what the columnar door gives of a customer.</summary>
    public LadderRow Row { get; }

    /// <summary>Gets the day whose end this speaks of.</summary>
    public LocalDate Day { get; }

    /// <summary>Gets the rung; null below the lowest.</summary>
    public LoyaltyRung? Rung => Row.Rung;

    /// <summary>Gets the stage; null where nothing was known of the customer by that day.</summary>
    public LifecycleStage? Stage => Row.Stage;

    /// <summary>Gets why the rung is what it is, in words with figures, and what is not known.</summary>
    public required string RungWords { get; init; }

    /// <summary>Gets why the stage is what it is, in words with figures.</summary>
    public required string StageWords { get; init; }

    /// <summary>Gets why the customer is an influencer or not, or what is missing to tell.</summary>
    public required string InfluencerWords { get; init; }

    /// <summary>Gets why the customer is a bargain hunter or not, or what is missing to tell.</summary>
    public required string BargainHunterWords { get; init; }

    /// <summary>Gets every rung the customer came to, by all that is known now, in the order of days.</summary>
    public required IReadOnlyList<RungMove> RungMoves { get; init; }

    /// <summary>Gets every stage the customer came to, by all that is known now, in the order of days.</summary>
    public required IReadOnlyList<StageMove> StageMoves { get; init; }

    /// <summary>
    /// Gives the computed stages as facts: each true from the beginning of the day it came true on, with the source of the definition. With what the host stated, the
    /// latest that holds (<see cref="Customer.LatestOf{T}(AsOf)"/>) is the stage of any day's end.
    /// </summary>
    /// <remarks>A customer who has such facts of an earlier run gets those retracted first; the ladder itself does not read its own.</remarks>
    /// <param name="recordedAt">Since when they are known: when this was computed.</param>
    /// <returns>The facts.</returns>
    public IReadOnlyList<StageReached> ToStages(Instant recordedAt) => ValueList<StageReached>.Of(
        StageMoves.Where(move => !move.IsStated).Select(move => new StageReached
        {
            Stage = move.Stage,
            Dates = FactDates.Of(_source, recordedAt) with { ValidFrom = BeginningOf(move.Day) },
        }),
        nameof(StageMoves));

    /// <summary>Gives the moves to append to a store, so that it says of rungs, stages and traits what is said here.</summary>
    /// <remarks>
    /// Rungs and stages are dated the day they came true, by all that is known now: where a store has moves that are no longer so, since something came in late, was corrected or
    /// retracted, each gets one of the same moment that is recorded later and decides. Traits have no past here: they are entered and left on the day asked about. A second
    /// time, with nothing new, there is nothing to append.
    /// </remarks>
    /// <param name="recordedAt">Since when they are known: when this was computed.</param>
    /// <param name="stored">The moves of the customer that the store has; none the first time. Those of other segments are left aside.</param>
    /// <returns>The moves, in the order of days.</returns>
    /// <exception cref="ArgumentException">The moves are null, or one is, or is of another customer.</exception>
    public IReadOnlyList<SegmentMove> ToMoves(Instant recordedAt, IReadOnlyList<SegmentMove> stored)
    {
        var known = ValueList<SegmentMove>.Of(stored, nameof(stored));
        return known.FirstOrDefault(move => move.Customer != Row.Customer) is { } other
            ? throw new ArgumentException($"{other.Customer} is not the customer of this standing, {Row.Customer}. Give the moves of one.", nameof(stored))
            : new LadderMoves(this, BeginningOf, recordedAt, known).ToAppend();
    }

    /// <summary>Gives the customer, the day, the rung and the stage.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Row} on {Day:uuuu-MM-dd}");

    private Instant BeginningOf(LocalDate day) => LoyaltyLadder.StartOf(day, _zone);
}
