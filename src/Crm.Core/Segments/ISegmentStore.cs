namespace Crm.Core.Segments;

/// <summary>Where segments and who is in them are kept. A host implements it over its own storage.</summary>
/// <remarks>
/// Every member may be called by several threads at once. A write that has returned is seen by every read that begins after it. A token
/// that is cancelled beforehand makes every member throw <see cref="OperationCanceledException"/> and change nothing. Ids are compared
/// ordinally. Moves may name segments the store does not hold: the two are written by different hands.
/// </remarks>
public interface ISegmentStore : IPersonalDataStore
{
    /// <summary>Saves a segment.</summary>
    /// <param name="segment">The segment, with the version that was seen, <see cref="StoreVersion.None"/> for a new one.</param>
    /// <param name="cancellationToken">Stops the work before anything is saved, or not at all.</param>
    /// <returns>The new version, never given before for that segment.</returns>
    /// <exception cref="ConcurrencyConflictException">The stored version is not the one that was seen. Nothing is saved.</exception>
    ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken);

    /// <summary>Gives every segment once, in an order of the store's own.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The segments with their versions.</returns>
    IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken);

    /// <summary>Appends moves, all of them or none, in any order. A move that is there already, equal in all but why, is left out.</summary>
    /// <param name="moves">The moves, of any customers and segments.</param>
    /// <param name="cancellationToken">Stops the work before anything is appended, or not at all.</param>
    /// <returns>How many were new.</returns>
    ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken);

    /// <summary>Gives all moves of one customer, each once, from the first to the last by <see cref="SegmentMove.IsAfter"/>.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The moves.</returns>
    ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Gives who is in a segment from a point of view, each once, in an order of the store's own.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="asOf">The point of view.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The customers, each with the move that decides.</returns>
    IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken);
}
