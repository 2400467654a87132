namespace Crm.Core.Hosting;

/// <summary>Where fitted models and the state of the histories are kept, as bytes. A host implements it over its own storage.</summary>
/// <remarks>
/// <para>
/// A content is bytes, none or many millions, and comes back byte for byte; a reading meanwhile gives the old one or the new one, whole. The
/// store keeps a copy: the memory it was given may be used for something else once the call has returned. A name is like an id: 1 to 128
/// characters, none of them NUL or half of a surrogate pair.
/// </para>
/// <para>The state of the histories is personal data. Whose, only this library can read: <see cref="StoredHistories"/> shows and erases it.</para>
/// <para>
/// Every member may be called by several threads at once. A write that has returned is seen by every read that begins after it. A token
/// that is cancelled beforehand makes every member throw <see cref="OperationCanceledException"/> and change nothing. Ids and names are
/// compared ordinally.
/// </para>
/// </remarks>
public interface IModelStore
{
    /// <summary>Saves an artefact, over one of the same run and name.</summary>
    /// <param name="artefact">The artefact.</param>
    /// <param name="cancellationToken">Stops the work before anything is saved, or not at all.</param>
    /// <returns>A task that ends when it is saved.</returns>
    ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken);

    /// <summary>Finds an artefact.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The artefact, or null where there is none.</returns>
    ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken);

    /// <summary>Gives the names of what is kept of a run, each once, in the order of <see cref="StringComparer.Ordinal"/>, which is not that of their UTF-8 bytes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The names.</returns>
    ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Removes an artefact. One that is not there is no error.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the work before it is removed, or not at all.</param>
    /// <returns>A task that ends when it is gone.</returns>
    ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken);

    /// <summary>Removes all that is kept of a run. One of which nothing is kept is no error.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the work; what was removed by then may stay removed.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken);
}
