using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Testing.Rules;

/// <summary>What the rules of segment stores do with a store.</summary>
internal static class SegmentTrials
{
    internal static Segment NewSegment(this Trial<ISegmentStore> trial, string name) => new() { Id = trial.Segment(name), Name = name };

    internal static async Task<StoreVersion> Save(this Trial<ISegmentStore> trial, Segment segment, StoreVersion seen = default)
    {
        StoreVersion version = await trial.Store.SaveAsync(new(segment, seen), trial.Token).ConfigureAwait(false);
        Expect.True(version != StoreVersion.None, "a version of what was saved", "it is none");
        return version;
    }

    internal static async Task<List<Stored<Segment>>> ReadMine(this Trial<ISegmentStore> trial) =>
        await trial.Store.ReadSegmentsAsync(trial.Token).Where(stored => trial.IsMine(stored.Value.Id)).ToListAsync(trial.Token).ConfigureAwait(false);

    internal static async Task<Stored<Segment>> Found(this Trial<ISegmentStore> trial, SegmentId id) =>
        (await trial.ReadMine().ConfigureAwait(false)).Find(stored => stored.Value.Id == id) ?? throw new BrokenPromise($"segment {id}, which was saved, among those read", "there is none");

    internal static async Task IsFound(this Trial<ISegmentStore> trial, Segment segment, string what)
    {
        Segment found = (await trial.Found(segment.Id).ConfigureAwait(false)).Value;
        foreach (var (name, expected, actual) in new[]
        {
            (nameof(Segment.Name), segment.Name, found.Name), (nameof(Segment.Words), segment.Words, found.Words), (nameof(Segment.Parent), segment.Parent.ToString(), found.Parent.ToString()),
        })
        {
            Expect.True(expected == actual, $"the {name} of a segment {what} as it was given", FormattableString.Invariant($"it has {actual?.Length ?? 0} characters instead of {expected?.Length ?? 0}, or others"));
        }
    }

    internal static async Task IsConflict(this Trial<ISegmentStore> trial, Segment segment, StoreVersion seen, StoreVersion held)
    {
        var conflict = await Expect.Throws<ConcurrencyConflictException>(
            async () => await trial.Store.SaveAsync(new(segment, seen), trial.Token).ConfigureAwait(false), "for a version that is not the stored one").ConfigureAwait(false);
        Expect.Equal(seen, conflict.Expected, "the version that was seen, as the exception's Expected,");
        Expect.Equal(held, conflict.Found, "the version in the store, as the exception's Found,");
    }

    /// <summary>Gives a move some hours after noon, recorded some hours after noon.</summary>
    internal static SegmentMove Move(
        this Trial<ISegmentStore> trial, bool entered, int at, int recordedAt = 0, string customer = "ada", string segment = "gold") => new()
        {
            Customer = trial.Customer(customer),
            Segment = trial.Segment(segment),
            Entered = entered,
            At = trial.After(at),
            RecordedAt = trial.After(recordedAt),
        };

    internal static async Task Moves(this Trial<ISegmentStore> trial, int appended, params IReadOnlyList<SegmentMove> moves) =>
        Expect.Count(appended, await trial.Store.MoveAsync(moves, trial.Token).ConfigureAwait(false), "moves stated as new");

    internal static async Task MovesAre(this Trial<ISegmentStore> trial, CustomerId customer, string what, params IReadOnlyList<SegmentMove> expected)
    {
        var found = await trial.Store.ReadMovesAsync(customer, trial.Token).ConfigureAwait(false);
        Expect.Count(expected.Count, found.Count, what);
        foreach (var (wanted, move) in expected.Zip(found))
        {
            Expect.Same(wanted, move, $"among the {what}, from the first to the last,");
        }
    }

    internal static async Task MembersAre(this Trial<ISegmentStore> trial, AsOf asOf, string what, params IReadOnlyList<SegmentMove> deciding)
    {
        var found = await trial.Store.ReadMembersAsync(trial.Segment("gold"), asOf, trial.Token).ToListAsync(trial.Token).ConfigureAwait(false);
        Expect.Set(deciding.Select(move => move.Customer), found.Select(move => move.Customer), $"members {what}");
        foreach (SegmentMove wanted in deciding)
        {
            Expect.Same(wanted, found.Find(move => move.Customer == wanted.Customer), $"as the move that decides among the members {what}");
        }
    }

    internal static AsOf Now { get; } = AsOf.Hindsight(Instant.MaxValue);
}
