using Crm.Core.Segments;

namespace Crm.Core.Testing.Sequences;

/// <summary>What a segment store should hold: lists, looked through from end to end for every answer.</summary>
internal sealed class SegmentModel
{
    internal List<Stored<Segment>> Saved { get; } = [];

    internal List<SegmentMove> Moves { get; } = [];

    internal Stored<Segment>? Held(SegmentId id) => Saved.LastOrDefault(stored => stored.Value.Id == id);

    internal int Move(IReadOnlyList<SegmentMove> moves)
    {
        int before = Moves.Count;
        foreach (SegmentMove move in moves)
        {
            if (!Moves.Exists(known => known.Customer == move.Customer && known.Segment == move.Segment && known.Entered == move.Entered && known.At == move.At && known.RecordedAt == move.RecordedAt))
            {
                Moves.Add(move);
            }
        }

        return Moves.Count - before;
    }

    internal IReadOnlyList<SegmentMove> MovesOf(CustomerId customer, SegmentId segment) => [.. Moves
        .Where(move => move.Customer == customer && move.Segment == segment)
        .OrderBy(move => move.At).ThenBy(move => move.RecordedAt).ThenByDescending(move => move.Entered)];

    internal IReadOnlyList<SegmentMove> Members(SegmentId segment, AsOf asOf) => [.. Moves
        .Where(move => move.Segment == segment && move.At <= asOf.TrueAt && move.RecordedAt <= asOf.KnownAt)
        .GroupBy(move => move.Customer)
        .Select(group => MovesOf(group.Key, segment).Last(group.Contains))
        .Where(move => move.Entered)];
}
