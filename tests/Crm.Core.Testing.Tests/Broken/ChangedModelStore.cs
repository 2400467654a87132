using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>A store that does as another does, but for what is changed in it.</summary>
internal sealed class ChangedModelStore : IModelStore
{
    internal IModelStore Inner { get; init; } = new InMemoryModelStore();

    internal Func<IModelStore, RunArtefact, CancellationToken, Task> Save { get; init; } = async (inner, artefact, token) => await inner.SaveAsync(artefact, token);

    internal Func<IModelStore, RunId, string, CancellationToken, Task<RunArtefact?>> Find { get; init; } = async (inner, run, name, token) => await inner.FindAsync(run, name, token);

    internal Func<IModelStore, RunId, CancellationToken, Task<IReadOnlyList<string>>> ReadNames { get; init; } = async (inner, run, token) => await inner.ReadNamesAsync(run, token);

    internal Func<IModelStore, RunId, string, CancellationToken, Task> Remove { get; init; } = async (inner, run, name, token) => await inner.RemoveAsync(run, name, token);

    internal Func<IModelStore, RunId, CancellationToken, Task> RemoveRun { get; init; } = async (inner, run, token) => await inner.RemoveAsync(run, token);

    /// <summary>Gives a store that changes each content before it is kept.</summary>
    internal static ChangedModelStore Keeping(Func<byte[], byte[]> change) => new()
    {
        Save = async (inner, artefact, token) => await inner.SaveAsync(artefact with { Content = change(artefact.Content.ToArray()) }, token),
    };

    public async ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken) => await Save(Inner, artefact, cancellationToken);

    public async ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken) => await Find(Inner, run, name, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) => await ReadNames(Inner, run, cancellationToken);

    public async ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken) => await Remove(Inner, run, name, cancellationToken);

    public async ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => await RemoveRun(Inner, run, cancellationToken);
}
