namespace Crm.Core.Hosting;

/// <summary>Models in memory: the reference every other store is compared with, and enough for tests and samples.</summary>
/// <remarks>Nothing outlives the process. Thread-safe.</remarks>
public sealed class InMemoryModelStore : IModelStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(RunId Run, string Name), RunArtefact> _artefacts = [];

    /// <inheritdoc/>
    public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _artefacts[(artefact.Run, artefact.Name)] = artefact with { Content = artefact.Content.ToArray() };
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(_artefacts.GetValueOrDefault((run, name)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(ValueList<string>.Of(_artefacts.Keys.Where(key => key.Run == run).Select(key => key.Name).Order(StringComparer.Ordinal), nameof(run)));
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _artefacts.Remove((run, name));
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var key in _artefacts.Keys.Where(key => key.Run == run).ToArray())
            {
                _artefacts.Remove(key);
            }
        }

        return default;
    }
}
