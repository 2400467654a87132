using Crm.Core.Interactions;

namespace Crm.Core.Testing;

/// <summary>A store that does as another does and fails where its plan says so, to test what a service makes of it.</summary>
/// <remarks>
/// A call that is repeated (<see cref="StoreFault.AnswersTwice"/>) answers as the second did: an append that is repeated finds everything there already. Thread-safe where the other store is.
/// </remarks>
/// <param name="inner">The store that does the work.</param>
/// <param name="plan">Which calls fail, and how.</param>
public sealed class FaultyInteractionStore(IInteractionStore inner, FaultPlan plan) : IInteractionStore
{
    private readonly IInteractionStore _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Gets the plan, with the record of the calls.</summary>
    public FaultPlan Plan { get; } = plan ?? throw new ArgumentNullException(nameof(plan));

    /// <inheritdoc/>
    public string DataName => _inner.DataName;

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.AppendAsync(interactions, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.ReadAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.ReadStatesAsync(original, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadAppendedAsync(after, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.EraseAsync(customer, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadHeldDataAsync(customer, cancellationToken), cancellationToken);
}
