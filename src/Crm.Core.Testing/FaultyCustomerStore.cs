using Crm.Core.Customers;

namespace Crm.Core.Testing;

/// <summary>A store that does as another does and fails where its plan says so, to test what a service makes of it.</summary>
/// <remarks>
/// A call that is repeated (<see cref="StoreFault.AnswersTwice"/>) answers as the second did: a save that is repeated meets its own first go, and is a conflict. To be an
/// <see cref="ICustomerReferences"/> is a promise, and whether the other store makes it is not known before it is given: this one makes none and has <see cref="References"/>
/// instead. Thread-safe where the other store is.
/// </remarks>
/// <param name="inner">The store that does the work.</param>
/// <param name="plan">Which calls fail, and how.</param>
public sealed class FaultyCustomerStore(ICustomerStore inner, FaultPlan plan) : ICustomerStore
{
    private readonly ICustomerStore _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Gets the plan, with the record of the calls.</summary>
    public FaultPlan Plan { get; } = plan ?? throw new ArgumentNullException(nameof(plan));

    /// <summary>Gets who names whom, by the same plan, for services that ask for it; null where the other store is no <see cref="ICustomerReferences"/>.</summary>
    public ICustomerReferences? References { get; } = inner is ICustomerReferences references ? new FaultyReferences(references, plan) : null;

    /// <inheritdoc/>
    public string DataName => _inner.DataName;

    /// <inheritdoc/>
    public ValueTask<Stored<Customer>?> FindAsync(CustomerId id, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.FindAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CustomerId>> FindByKeyAsync(CustomerKey key, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.FindByKeyAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoreVersion>> SaveAsync(IReadOnlyList<Stored<Customer>> changes, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.SaveAsync(changes, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Stored<Customer>> ReadAllAsync(CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadAllAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.EraseAsync(customer, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) =>
        Plan.Run(_inner.ReadHeldDataAsync(customer, cancellationToken), cancellationToken);

    private sealed class FaultyReferences(ICustomerReferences inner, FaultPlan plan) : ICustomerReferences
    {
        public ValueTask<IReadOnlyList<CustomerId>> FindNamingAsync(CustomerId named, CancellationToken cancellationToken) =>
            plan.Run(() => inner.FindNamingAsync(named, cancellationToken), cancellationToken);
    }
}
