using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Where a refresh has its histories from.</summary>
internal interface IRefreshReader
{
    /// <summary>Whether something came that changes the histories of a shown run.</summary>
    Task<bool> HasNewsAsync(ScoreRun shown, CancellationToken cancellationToken);

    /// <summary>Reads the base.</summary>
    /// <param name="through">The last day that counts.</param>
    /// <param name="shown">The run that is shown; null for none.</param>
    /// <param name="begun">A run that is carried on, and must read what it read before; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What was read; null where what <paramref name="begun"/> has read is no longer there.</returns>
    Task<RefreshReading?> ReadAsync(LocalDate through, ScoreRun? shown, ScoreRun? begun, CancellationToken cancellationToken);
}
