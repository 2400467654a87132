using Crm.Core.Hosting;

namespace Crm.Core.Testing;

/// <summary>A store that does as another does and fails where its plan says so, to test what a service makes of it.</summary>
/// <remarks>
/// A call that is repeated (<see cref="StoreFault.AnswersTwice"/>) answers as the second did: a save that is repeated meets its own first go, and is a conflict. Thread-safe
/// where the other store is.
/// </remarks>
/// <param name="inner">The store that does the work.</param>
/// <param name="plan">Which calls fail, and how.</param>
public sealed class FaultyScoreStore(IScoreStore inner, FaultPlan plan) : IScoreStore
{
    private readonly IScoreStore _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Gets the plan, with the record of the calls.</summary>
    public FaultPlan Plan { get; } = plan ?? throw new ArgumentNullException(nameof(plan));

    /// <inheritdoc/>
    public string DataName => _inner.DataName;

    /// <inheritdoc/>
    public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.SaveAsync(run, scores, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.ReadRunsAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.FindAsync(run, customer, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadAllAsync(run, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.RemoveAsync(run, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.EraseAsync(customer, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadHeldDataAsync(customer, cancellationToken), cancellationToken);
}
