using Crm.Core.Hosting;

namespace Crm.Core.Tests.Hosting;

internal sealed class FailingModels(IModelStore inner, FailingCalls faults) : IModelStore
{
    public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.SaveAsync(artefact, cancellationToken);
    }

    public ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.FindAsync(run, name, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) => inner.ReadNamesAsync(run, cancellationToken);

    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.RemoveAsync(run, cancellationToken);
    }

    public ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken)
    {
        faults.Count();
        return inner.RemoveAsync(run, name, cancellationToken);
    }
}
