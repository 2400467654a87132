using Crm.Core.Hosting;

namespace Crm.Core.Testing;

/// <summary>A store that does as another does and fails where its plan says so, to test what a service makes of it.</summary>
/// <remarks>
/// A call that is repeated (<see cref="StoreFault.AnswersTwice"/>) does what was done once more, and it is the same. Both ways to remove are
/// calls of "RemoveAsync". Thread-safe where the other store is.
/// </remarks>
/// <param name="inner">The store that does the work.</param>
/// <param name="plan">Which calls fail, and how.</param>
public sealed class FaultyModelStore(IModelStore inner, FaultPlan plan) : IModelStore
{
    private readonly IModelStore _inner = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <summary>Gets the plan, with the record of the calls.</summary>
    public FaultPlan Plan { get; } = plan ?? throw new ArgumentNullException(nameof(plan));

    /// <inheritdoc/>
    public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.SaveAsync(artefact, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.FindAsync(run, name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.ReadNamesAsync(run, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.RemoveAsync(run, name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) =>
        Plan.Run(() => _inner.RemoveAsync(run, cancellationToken), cancellationToken);
}
