using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What a store of moves lacks of a standing, and what of it is no longer so.</summary>
internal sealed class LadderMoves(LadderStanding standing, Func<LocalDate, Instant> beginningOf, Instant recordedAt, IReadOnlyList<SegmentMove> stored)
{
    private const string NoLonger = "by what is known now, this was not so";

    // Of several moves of one moment the one that comes after the others counts.
    private readonly ILookup<SegmentId, SegmentMove> _stored = stored.GroupBy(move => (move.Segment, move.At))
        .Select(moves => moves.Aggregate((decides, move) => move.IsAfter(decides) ? move : decides)).ToLookup(move => move.Segment);

    /// <summary>Gives the moves to append, in the order of days.</summary>
    internal IReadOnlyList<SegmentMove> ToAppend()
    {
        var rungs = standing.RungMoves.Select(move => (move.Day, Segment: move.Rung is { } rung ? LadderSegments.Id(rung) : SegmentId.None, move.Why));
        var stages = standing.StageMoves.Select(move => (move.Day, Segment: LadderSegments.Id(move.Stage), move.Why));
        var lines = Lines(rungs).Concat(Lines(stages)).ToLookup(step => step.Segment);
        var moves = LoyaltyRung.All.Select(LadderSegments.Id).Concat(Customers.LifecycleStage.All.Select(LadderSegments.Id)).SelectMany(segment => Missing(segment, lines[segment]));
        return ValueList<SegmentMove>.Of(moves.Concat(LoyaltyTrait.All.SelectMany(Trait)).OrderBy(move => move.At).ThenBy(move => move.Entered), nameof(stored));
    }

    // One follows the other: who enters one leaves the one before.
    private static IEnumerable<(SegmentId Segment, LocalDate Day, bool Entered, string Why)> Lines(IEnumerable<(LocalDate Day, SegmentId Segment, string Why)> steps)
    {
        SegmentId before = SegmentId.None;
        foreach (var (day, segment, why) in steps)
        {
            if (segment == before)
            {
                continue; // stated what was computed, or the other way round
            }

            if (before != SegmentId.None)
            {
                yield return (before, day, false, why);
            }

            if (segment != SegmentId.None)
            {
                yield return (segment, day, true, why);
            }

            before = segment;
        }
    }

    private IEnumerable<SegmentMove> Missing(SegmentId segment, IEnumerable<(SegmentId Segment, LocalDate Day, bool Entered, string Why)> line)
    {
        var steps = new Dictionary<Instant, (SegmentId Segment, LocalDate Day, bool Entered, string Why)>();
        foreach (var step in line)
        {
            steps[beginningOf(step.Day)] = step; // where a zone skipped a day, it begins with the next one
        }

        var held = _stored[segment].ToDictionary(move => move.At);
        bool isIn = false;
        foreach (Instant at in steps.Keys.Union(held.Keys).Order())
        {
            string why = NoLonger;
            if (steps.TryGetValue(at, out var known))
            {
                (isIn, why) = (known.Entered, known.Why);
            }

            if (!held.TryGetValue(at, out SegmentMove? move) || move.Entered != isIn)
            {
                yield return Move(segment, at, isIn, why, move);
            }
        }
    }

    private IEnumerable<SegmentMove> Trait(LoyaltyTrait trait)
    {
        SegmentId segment = LadderSegments.Id(trait);
        Instant today = beginningOf(standing.Day);
        SegmentMove? last = _stored[segment].Where(move => move.At <= today).MaxBy(move => move.At);
        bool isIn = standing.Row.Segments.Contains(segment);
        if (isIn != (last?.Entered ?? false))
        {
            string why = trait == LoyaltyTrait.Influencer ? standing.InfluencerWords : standing.BargainHunterWords;
            yield return Move(segment, today, isIn, why, last?.At == today ? last : null);
        }
    }

    // It decides whatever the clock does: recorded after what it stands against.
    private SegmentMove Move(SegmentId segment, Instant at, bool entered, string why, SegmentMove? against) => new()
    {
        Customer = standing.Row.Customer,
        Segment = segment,
        Entered = entered,
        At = at,
        RecordedAt = against is { } held && held.RecordedAt >= recordedAt ? held.RecordedAt + Duration.Epsilon : recordedAt,
        Why = why,
    };
}
