using Crm.Core.Hosting;
using Crm.Core.Segments;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>A store that does as another does, but for what is changed in it.</summary>
internal sealed class ChangedSegmentStore : ISegmentStore
{
    internal ISegmentStore Inner { get; init; } = new InMemorySegmentStore();

    internal Func<ISegmentStore, Stored<Segment>, CancellationToken, Task<StoreVersion>> Save { get; init; } = async (inner, segment, token) => await inner.SaveAsync(segment, token);

    internal Func<ISegmentStore, CancellationToken, IAsyncEnumerable<Stored<Segment>>> ReadSegments { get; init; } = (inner, token) => inner.ReadSegmentsAsync(token);

    internal Func<ISegmentStore, IReadOnlyList<SegmentMove>, CancellationToken, Task<int>> Move { get; init; } = async (inner, moves, token) => await inner.MoveAsync(moves, token);

    internal Func<ISegmentStore, CustomerId, CancellationToken, Task<IReadOnlyList<SegmentMove>>> ReadMoves { get; init; } =
        async (inner, id, token) => await inner.ReadMovesAsync(id, token);

    internal Func<ISegmentStore, SegmentId, AsOf, CancellationToken, IAsyncEnumerable<SegmentMove>> ReadMembers { get; init; } =
        (inner, segment, asOf, token) => inner.ReadMembersAsync(segment, asOf, token);

    internal Func<ISegmentStore, CustomerId, CancellationToken, Task<ErasureStatement>> Erase { get; init; } = async (inner, id, token) => await inner.EraseAsync(id, token);

    internal Func<ISegmentStore, CustomerId, CancellationToken, IAsyncEnumerable<HeldData>> ReadHeld { get; init; } = (inner, id, token) => inner.ReadHeldDataAsync(id, token);

    public string DataName { get; init; } = "segments";

    internal static ChangedSegmentStore Keeping(Func<Segment, Segment> change) => new()
    {
        Save = async (inner, segment, token) => await inner.SaveAsync(segment with { Value = change(segment.Value) }, token),
    };

    internal static ChangedSegmentStore KeepingMoves(Func<SegmentMove, SegmentMove> change) => new()
    {
        Move = async (inner, moves, token) => await inner.MoveAsync([.. moves.Select(change)], token),
    };

    public async ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken) => await Save(Inner, segment, cancellationToken);

    public IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) => ReadSegments(Inner, cancellationToken);

    public async ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken) => await Move(Inner, moves, cancellationToken);

    public async ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) => await ReadMoves(Inner, customer, cancellationToken);

    public IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) => ReadMembers(Inner, segment, asOf, cancellationToken);

    public async ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => await Erase(Inner, customer, cancellationToken);

    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => ReadHeld(Inner, customer, cancellationToken);
}
