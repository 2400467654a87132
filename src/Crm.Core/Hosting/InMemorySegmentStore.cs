using System.Runtime.CompilerServices;
using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>Segments and memberships in memory: the reference every other store is compared with, and enough for tests and samples.</summary>
/// <remarks>Nothing outlives the process. Thread-safe.</remarks>
public sealed class InMemorySegmentStore : ISegmentStore
{
    private static readonly Comparison<SegmentMove> _firstToLast = (left, right) => left.IsAfter(right) ? 1 : right.IsAfter(left) ? -1 : 0;

    private readonly Lock _gate = new();
    private readonly Dictionary<SegmentId, Stored<Segment>> _segments = [];
    private readonly Dictionary<CustomerId, List<SegmentMove>> _moves = [];
    private readonly Dictionary<SegmentId, HashSet<CustomerId>> _movers = [];
    private long _version;

    /// <inheritdoc/>
    public string DataName => "segments";

    /// <inheritdoc/>
    public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(segment);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            StoreVersion found = _segments.GetValueOrDefault(segment.Value.Id)?.Version ?? StoreVersion.None;
            if (found != segment.Version)
            {
                throw new ConcurrencyConflictException($"Segment {segment.Value.Id}", segment.Version, found);
            }

            var version = StoreVersion.Of(FormattableString.Invariant($"{++_version}"));
            _segments[segment.Value.Id] = new(segment.Value, version);
            return new(version);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        Stored<Segment>[] all;
        lock (_gate)
        {
            all = [.. _segments.Values];
        }

        foreach (Stored<Segment> segment in all)
        {
            yield return segment;
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken)
    {
        var all = ValueList<SegmentMove>.Of(moves, nameof(moves));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(all.Count(Add));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(ValueList<SegmentMove>.Of(_moves.GetValueOrDefault(customer)?.ToArray() ?? [], nameof(customer)));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SegmentMove> ReadMembersAsync(
        SegmentId segment, AsOf asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        SegmentMove[] members;
        lock (_gate)
        {
            members = [.. (_movers.GetValueOrDefault(segment) ?? [])
                .Select(customer => _moves[customer].FindLast(move => move.Segment == segment && move.Counts(asOf)))
                .Where(move => move is { Entered: true })!];
        }

        foreach (SegmentMove member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return member;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _moves.Remove(customer, out var moves);
            foreach (SegmentMove move in moves ?? [])
            {
                _movers[move.Segment].Remove(customer);
            }

            return new(new ErasureStatement { Store = DataName, Removed = moves?.Count ?? 0 });
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (SegmentMove move in await ReadMovesAsync(customer, cancellationToken).ConfigureAwait(false))
        {
            yield return new("segment move", SegmentMoveJson.Write(move));
        }
    }

    private bool Add(SegmentMove move)
    {
        var moves = _moves.TryGetValue(move.Customer, out var found) ? found : _moves[move.Customer] = [];
        if (moves.Exists(known => (known.Segment, known.Entered, known.At, known.RecordedAt) == (move.Segment, move.Entered, move.At, move.RecordedAt)))
        {
            return false;
        }

        int place = moves.FindLastIndex(known => _firstToLast(known, move) <= 0) + 1;
        moves.Insert(place, move);
        (_movers.TryGetValue(move.Segment, out var movers) ? movers : _movers[move.Segment] = []).Add(move.Customer);
        return true;
    }
}
