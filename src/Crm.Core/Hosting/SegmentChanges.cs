using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>Who has entered and left a segmenter's segments by a shown run.</summary>
internal sealed class SegmentChanges(IScoreStore scores, ISegmentStore segments, ICustomerSegmenter segmenter)
{
    internal async Task<IReadOnlyList<SegmentMove>> FindAsync(ScoreRun run, CancellationToken cancellationToken)
    {
        var now = AsOf.At(run.PublishedAt!.Value);
        var members = segmenter.Segments.ToDictionary(segment => segment.Id, _ => new HashSet<CustomerId>());
        foreach (var (segment, ids) in members)
        {
            await foreach (SegmentMove member in segments.ReadMembersAsync(segment, now, cancellationToken).ConfigureAwait(false))
            {
                ids.Add(member.Customer);
            }
        }

        var moves = new List<SegmentMove>();
        await foreach (CustomerScore score in scores.ReadAllAsync(run.Id, cancellationToken).ConfigureAwait(false))
        {
            foreach (SegmentId segment in score.Segments)
            {
                // A segment of another day's segmenter is nobody's any more.
                if (members.TryGetValue(segment, out var ids) && !ids.Remove(score.Customer))
                {
                    moves.Add(Move(run, score.Customer, segment, entered: true));
                }
            }
        }

        // Who is left over is in no longer.
        moves.AddRange(members.SelectMany(entry => entry.Value.Select(customer => Move(run, customer, entry.Key, entered: false))));
        return moves;
    }

    private static SegmentMove Move(ScoreRun run, CustomerId customer, SegmentId segment, bool entered) => new()
    {
        Customer = customer,
        Segment = segment,
        Entered = entered,
        At = run.PublishedAt!.Value,
        RecordedAt = run.PublishedAt.Value,
        Why = $"scored by run {run.Id}",
    };
}
