using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Histories that are made where the purchases are: each time anew, since that engine does it faster than we read what is new.</summary>
internal sealed class SourceRefreshReader(IHistorySource source, RefreshOptions options) : IRefreshReader
{
    public async Task<bool> HasNewsAsync(ScoreRun shown, CancellationToken cancellationToken) =>
        (await ReadAsync(shown.Through, cancellationToken).ConfigureAwait(false)).Fingerprint != shown.Fingerprint;

    public Task<RefreshReading?> ReadAsync(LocalDate through, ScoreRun? shown, ScoreRun? begun, CancellationToken cancellationToken)
    {
        bool isWhole = begun is { IsWhole: true } || options.IsWholeDue(shown, through);
        return Task.FromResult<RefreshReading?>(new()
        {
            IsWhole = isWhole,
            AnalyseAsync = async (analysis, progress, token) =>
            {
                var analyzer = new CustomerBaseAnalyzer(analysis);
                return isWhole
                    ? await analyzer.AnalyzeAsync(source, through, options.Unit, options.Zone, progress, token).ConfigureAwait(false)
                    : analyzer.Analyze(await ReadAsync(through, token).ConfigureAwait(false), progress, token);
            },
        });
    }

    private Task<PurchaseHistories> ReadAsync(LocalDate through, CancellationToken cancellationToken) =>
        source.ReadInOrderAsync(Window.Through(through), options.Unit, options.Zone, cancellationToken);
}
