using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>Who has entered and left the segments of a shown run: the difference between its scores and who is in the segments.</summary>
/// <remarks>Segments that the run before spoke of and it does not are nobody's any more: their members leave.</remarks>
internal sealed class SegmentChanges(IScoreStore scores, ISegmentStore segments)
{
    /// <summary>Declares the segments, writes the moves, and takes back those of customers who were erased meanwhile.</summary>
    /// <returns>How many moves were new.</returns>
    internal async Task<int> WriteAsync(IReadOnlyList<Segment> declared, ScoreRun run, CancellationToken cancellationToken)
    {
        await DeclareAsync(declared, cancellationToken).ConfigureAwait(false);
        var (moves, unscored) = await CompareAsync(run, cancellationToken).ConfigureAwait(false);
        if (moves.Count == 0)
        {
            return 0;
        }

        if (await FindAsync(run.Id, cancellationToken).ConfigureAwait(false) is null)
        {
            return 0; // removed while it was read, perhaps halfway: who has no score in it may have one all the same
        }

        int count = await segments.MoveAsync(moves, cancellationToken).ConfigureAwait(false);
        foreach (CustomerId customer in await ErasedAsync(run, moves, unscored, cancellationToken).ConfigureAwait(false))
        {
            await segments.EraseAsync(customer, cancellationToken).ConfigureAwait(false);
        }

        return count;
    }

    private async Task DeclareAsync(IReadOnlyList<Segment> declared, CancellationToken cancellationToken)
    {
        var known = new Dictionary<SegmentId, Stored<Segment>>();
        if (declared.Count > 0)
        {
            await foreach (Stored<Segment> segment in segments.ReadSegmentsAsync(cancellationToken).ConfigureAwait(false))
            {
                known[segment.Value.Id] = segment;
            }
        }

        foreach (Segment segment in declared)
        {
            if (!known.TryGetValue(segment.Id, out Stored<Segment>? stored) || stored.Value != segment)
            {
                await segments.SaveAsync(new(segment, stored?.Version ?? StoreVersion.None), cancellationToken).ConfigureAwait(false);
            }
        }
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

    private async Task<(List<SegmentMove> Moves, HashSet<CustomerId> Unscored)> CompareAsync(ScoreRun run, CancellationToken cancellationToken)
    {
        var now = AsOf.At(run.PublishedAt!.Value);
        var runs = await scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false);
        ScoreRun? former = runs.Select(stored => stored.Value).Where(other => other.PublishedAt < run.PublishedAt).MaxBy(other => other.PublishedAt);
        var members = run.Segments.Concat(former?.Segments ?? []).Distinct()
            .ToDictionary(segment => segment, _ => new HashSet<CustomerId>());
        foreach (var (segment, ids) in members)
        {
            await foreach (SegmentMove member in segments.ReadMembersAsync(segment, now, cancellationToken).ConfigureAwait(false))
            {
                ids.Add(member.Customer);
            }
        }

        // Kept beside those who are left over: a score that is given twice moves nobody.
        var before = members.ToDictionary(entry => entry.Key, entry => new HashSet<CustomerId>(entry.Value));
        HashSet<CustomerId> unscored = [.. members.Values.SelectMany(ids => ids)];
        var moves = new List<SegmentMove>();
        await foreach (CustomerScore score in scores.ReadAllAsync(run.Id, cancellationToken).ConfigureAwait(false))
        {
            unscored.Remove(score.Customer);
            foreach (SegmentId segment in score.Segments)
            {
                if (members.TryGetValue(segment, out var ids) && !ids.Remove(score.Customer) && before[segment].Add(score.Customer))
                {
                    moves.Add(Move(run, score.Customer, segment, entered: true));
                }
            }
        }

        // Who is left over is in no longer.
        moves.AddRange(members.SelectMany(entry => entry.Value.Select(customer => Move(run, customer, entry.Key, entered: false))));
        return (moves, unscored);
    }

    /// <summary>
    /// Of those who moved, the erased. An erasure that came to the segments before these moves were written left them behind; it took, or will
    /// take, the scores too.
    /// </summary>
    private async Task<IEnumerable<CustomerId>> ErasedAsync(ScoreRun run, List<SegmentMove> moves, HashSet<CustomerId> unscored, CancellationToken cancellationToken)
    {
        var erased = new HashSet<CustomerId>();
        foreach (CustomerId customer in unscored)
        {
            // Who was a member and has no score any more has left, if anything tells of a time before.
            if ((await segments.ReadMovesAsync(customer, cancellationToken).ConfigureAwait(false)).All(move => move.At >= run.PublishedAt))
            {
                erased.Add(customer);
            }
        }

        if (await FindAsync(run.Id, cancellationToken).ConfigureAwait(false) is { } now && now.ErasedSince != run.ErasedSince)
        {
            HashSet<CustomerId> gone = [.. moves.Select(move => move.Customer).Where(customer => !unscored.Contains(customer))];
            await foreach (CustomerScore score in scores.ReadAllAsync(run.Id, cancellationToken).ConfigureAwait(false))
            {
                gone.Remove(score.Customer);
            }

            // Without the run nobody has a score, and that says nothing of anybody.
            if (await FindAsync(run.Id, cancellationToken).ConfigureAwait(false) is not null)
            {
                erased.UnionWith(gone);
            }
        }

        return erased;
    }

    private async Task<ScoreRun?> FindAsync(RunId run, CancellationToken cancellationToken) =>
        (await scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(stored => stored.Value.Id == run)?.Value;
}
