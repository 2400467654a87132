using Crm.Core.Hosting;

namespace Crm.Core.Tests.Hosting;

internal sealed class FailingModels(IModelStore inner, FailingCalls faults) : IModelStore
{
    /// <summary>Gets or sets what happens before an artefact reaches the store, after the refresh has sent it.</summary>
    internal Func<RunArtefact, Task>? BeforeSave { get; set; }

    public async ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken)
    {
        faults.Count();
        if (BeforeSave is { } beforeSave)
        {
            await beforeSave(artefact);
        }

        await inner.SaveAsync(artefact, cancellationToken);
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
