using System.Runtime.CompilerServices;

namespace Crm.Core.Hosting;

/// <summary>Models in memory: the reference every other store is compared with, and enough for tests and samples.</summary>
/// <remarks>Nothing outlives the process. Thread-safe.</remarks>
public sealed class InMemoryModelStore : IModelStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(RunId Run, string Name), RunArtefact> _artefacts = [];

    /// <inheritdoc/>
    public string DataName => "models";

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
    public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Remove(artefact => artefact.Run == run);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(new ErasureStatement { Store = DataName, Removed = Remove(artefact => artefact.HoldsPersonalData) });
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What states of histories hold of one customer follows from the interactions, which are shown; who is in one cannot be told from here.
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        yield break;
    }

    private int Remove(Func<RunArtefact, bool> goes)
    {
        var keys = _artefacts.Where(entry => goes(entry.Value)).Select(entry => entry.Key).ToList();
        keys.ForEach(key => _artefacts.Remove(key));
        return keys.Count;
    }
}
