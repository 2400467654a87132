using Crm.Core.Segments;

namespace Crm.Core.Testing;

/// <summary>A store that does as another does and fails where its plan says so, to test what a service makes of it.</summary>
/// <remarks>
/// A call that is repeated (<see cref="StoreFault.AnswersTwice"/>) answers as the second did: moves that are repeated are there already, and a save that is meets its own first go. Thread-safe where the other store is.
/// </remarks>
/// <param name="inner">The store that does the work.</param>
/// <param name="plan">Which calls fail, and how.</param>
public sealed class FaultySegmentStore(ISegmentStore inner, FaultPlan plan) : ISegmentStore
{
    private readonly ISegmentStore _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Gets the plan, with the record of the calls.</summary>
    public FaultPlan Plan { get; } = plan ?? throw new ArgumentNullException(nameof(plan));

    /// <inheritdoc/>
    public string DataName => _inner.DataName;

    /// <inheritdoc/>
    public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.SaveAsync(segment, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadSegmentsAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.MoveAsync(moves, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.ReadMovesAsync(customer, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadMembersAsync(segment, asOf, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.EraseAsync(customer, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadHeldDataAsync(customer, cancellationToken), cancellationToken);
}
