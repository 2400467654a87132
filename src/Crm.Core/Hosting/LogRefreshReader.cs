using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Histories from the log of the interactions: all of it, or what is new, carried on from the state of the run that is shown.</summary>
internal sealed class LogRefreshReader(IInteractionStore interactions, IModelStore models, RefreshOptions options) : IRefreshReader
{
    private readonly PurchaseReader _reader = new(interactions, options.Unit, options.Zone);

    public Task<bool> HasNewsAsync(ScoreRun shown, CancellationToken cancellationToken) =>
        _reader.HasNewsAsync(shown.ReadThrough, options.CostToServeDays is not null, cancellationToken);

    public async Task<RefreshReading?> ReadAsync(LocalDate through, ScoreRun? shown, ScoreRun? begun, CancellationToken cancellationToken)
    {
        StorePosition? until = begun?.ReadThrough;
        PurchasesRead? before = begun is { IsWhole: true } || options.IsWholeDue(shown, through) ? null : await LoadAsync(shown!, cancellationToken).ConfigureAwait(false);
        PurchasesRead? read = await _reader.ReadAsync(before, through, until, cancellationToken).ConfigureAwait(false);
        return read is null ? null : new()
        {
            ReadThrough = read.ReadThrough,
            IsWhole = read.All is not null,
            Interactions = read.Interactions,
            CustomersReread = read.CustomersReread,
            AnalyseAsync = (analysis, progress, token) => Task.Run(() => Analyse(read, analysis, progress, token), token),
            Kept = read,
        };
    }

    /// <summary>Keeps what tomorrow needs.</summary>
    internal static async Task KeepAsync(IModelStore models, RunId run, PurchasesRead read, CancellationToken cancellationToken)
    {
        await StoredHistories.SaveAsync(models, run, read.State, cancellationToken).ConfigureAwait(false);
        await models.SaveAsync(new() { Run = run, Name = RunArtefact.Corrected, Content = read.Corrected.ToBytes() }, cancellationToken).ConfigureAwait(false);
    }

    private static CustomerBase Analyse(PurchasesRead read, AnalysisOptions analysis, IProgress<string>? progress, CancellationToken cancellationToken) => read.All is { } purchases
        ? new CustomerBaseAnalyzer(analysis).Analyze(purchases, Window.Through(read.State.LastDay), progress, cancellationToken)
        : new CustomerBaseAnalyzer(analysis).Analyze(read.State.ToHistories(cancellationToken), progress, cancellationToken);

    private async Task<PurchasesRead?> LoadAsync(ScoreRun shown, CancellationToken cancellationToken)
    {
        HistoryState? state = await StoredHistories.FindAsync(models, shown.Id, cancellationToken).ConfigureAwait(false);
        RunArtefact? kept = await models.FindAsync(shown.Id, RunArtefact.Corrected, cancellationToken).ConfigureAwait(false);
        CorrectedIds? corrected = kept is null ? null : CorrectedIds.Load(kept.Content.Span);
        return state is null || corrected is null || state.Customers == 0 || state.Frame.Unit != options.Unit || !state.Frame.Zone.Equals(options.Zone) ? null : new()
        {
            State = state,
            ReadThrough = shown.ReadThrough,
            Corrected = corrected,
            Interactions = 0,
        };
    }
}
