using System.Diagnostics;
using System.Text;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.LifetimeValue;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>From a store to the answers, day after day: summarise, fit, value, tier and segment the base, and store the results.</summary>
/// <remarks>
/// <para>
/// The first time, and then every <see cref="RefreshOptions.WholeEveryDays"/> days, all purchases are read, and the model is tested on a held-out period and chosen
/// anew. On the days between only what was appended is read, with the customers it changes the past of, and the chosen model is fitted to the
/// histories; they are those of all purchases, to the last bit.
/// </para>
/// <para>
/// The scores are written in batches and shown by one write at the end, so nobody ever sees a base that is half of today and half of yesterday. Moves
/// between segments follow from the scores and are written right after; <see cref="CustomerScore.Segments"/> has them from the same moment as
/// the scores. Interrupted anywhere, it carries on where it stood when it is run again. Two that run at once do no harm: one of them ends with a
/// <see cref="ConcurrencyConflictException"/>. One that begins while another still reads throws that one's run away: begin the next when the one before has ended, or none ever will.
/// </para>
/// <para>
/// Needs 12 bytes a purchase when it reads everything, about 90 a customer besides, and with segments some hundred a customer, more the first time, when everybody
/// enters. Thread-safe if its stores are.
/// </para>
/// </remarks>
public sealed class CrmRefresh
{
    private const int Tries = 3;

    private readonly IInteractionStore? _interactions;
    private readonly IScoreStore _scores;
    private readonly StoredRuns _runs;
    private readonly IModelStore _models;
    private readonly ISegmentStore? _segments;
    private readonly RefreshOptions _options;
    private readonly IClock _clock;
    private readonly IRefreshReader _reader;

    /// <summary>Initializes a new instance of the <see cref="CrmRefresh"/> class.</summary>
    /// <param name="interactions">Where the purchases are.</param>
    /// <param name="scores">Where the results go.</param>
    /// <param name="models">Where fitted models and the state of the histories go.</param>
    /// <param name="segments">Where moves between segments go; null where the options have no segmenter.</param>
    /// <param name="clock">Says when.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">A store or the clock is null.</exception>
    /// <exception cref="ArgumentException">The options have a segmenter and there is no store for its segments.</exception>
    public CrmRefresh(
        IInteractionStore interactions, IScoreStore scores, IModelStore models, ISegmentStore? segments, IClock clock, RefreshOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(clock);
        _options = Checked(options, segments);
        (_interactions, _scores, _models, _segments, _clock) = (interactions, scores, models, segments, clock);
        _runs = new(scores, models);
        _reader = new LogRefreshReader(interactions, models, _options);
    }

    /// <summary>Initializes a new instance of the <see cref="CrmRefresh"/> class for a base whose histories are made where the purchases are.</summary>
    /// <param name="histories">Where the histories come from, each time anew.</param>
    /// <param name="scores">Where the results go.</param>
    /// <param name="models">Where fitted models go.</param>
    /// <param name="segments">Where moves between segments go; null where the options have no segmenter.</param>
    /// <param name="clock">Says when.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <param name="interactions">Where costs to serve are summed; null where the options do not ask for them.</param>
    /// <exception cref="ArgumentNullException">The source, a store or the clock is null.</exception>
    /// <exception cref="ArgumentException">
    /// The options have a segmenter and there is no store for its segments, or ask for the cost to serve and there are no interactions to sum it from.
    /// </exception>
    public CrmRefresh(
        IHistorySource histories,
        IScoreStore scores,
        IModelStore models,
        ISegmentStore? segments,
        IClock clock,
        RefreshOptions? options = null,
        IInteractionStore? interactions = null)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(clock);
        _options = Checked(options, segments);
        if (_options.CostToServeDays is not null && interactions is null)
        {
            throw new ArgumentException("What each customer cost to serve is summed from interactions. Give them, or leave CostToServeDays out.", nameof(options));
        }

        (_interactions, _scores, _models, _segments, _clock) = (interactions, scores, models, segments, clock);
        _runs = new(scores, models);
        _reader = new SourceRefreshReader(histories, _options);
    }

    /// <summary>Renews the base through the last day that is over.</summary>
    /// <param name="progress">Told of each stage as it begins.</param>
    /// <param name="cancellationToken">Interrupts it; run again, it carries on.</param>
    /// <returns>What it did.</returns>
    /// <inheritdoc cref="RunThroughAsync(LocalDate, IProgress{string}?, CancellationToken)" path="/exception"/>
    public Task<RefreshResult> RunAsync(IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        RunThroughAsync(_clock.GetCurrentInstant().InZone(_options.Zone).Date.PlusDays(-1), progress, cancellationToken);

    /// <summary>Renews the base.</summary>
    /// <param name="through">The last day whose purchases count.</param>
    /// <param name="progress">Told of each stage as it begins.</param>
    /// <param name="cancellationToken">Interrupts it; run again, it carries on.</param>
    /// <returns>What it did.</returns>
    /// <exception cref="ArgumentOutOfRangeException">What is shown knows of later days already, or the day has not come.</exception>
    /// <exception cref="ConcurrencyConflictException">Another refresh is at work on the same base.</exception>
    /// <exception cref="CurrencyMismatchException">The purchases are in several currencies, or in another than the terms or the segmenter.</exception>
    /// <exception cref="InvalidOperationException">Customers were erased during each of three attempts; or the segmenter names a segment it has not declared.</exception>
    /// <exception cref="StoreContractException">A store or source does not do what its interface promises; it is named.</exception>
    /// <exception cref="NotSupportedException">The source of histories cannot make those of this unit and zone.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<RefreshResult> RunThroughAsync(LocalDate through, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        using Activity? activity = CrmTelemetry.Activities.StartActivity("crm.refresh");
        try
        {
            RefreshResult result = await RunUntilDoneAsync(through, new CrmTelemetry.Stages(progress, activity), cancellationToken).ConfigureAwait(false);
            activity?.SetTag("crm.new", result.IsNew).SetTag("crm.customers", result.Shown?.Customers).SetTag("crm.interactions_read", result.InteractionsRead);
            return result;
        }
        catch (Exception wrong)
        {
            CrmTelemetry.Fail(activity, wrong);
            throw;
        }
    }

    /// <summary>Removes a run with all that was kept of it: its scores, its models and the state of its histories. One that is not there is no error.</summary>
    /// <remarks>
    /// What is shown then is the run shown before it. A score store alone would leave data of customers behind, of which no erasure knows. Moves between segments that followed from it
    /// stay on record; the next refresh moves everybody to where they are by then.
    /// </remarks>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Stops the work; what was removed by then may stay removed.</param>
    /// <returns>A task that ends when nothing of it is left.</returns>
    public Task RemoveAsync(RunId run, CancellationToken cancellationToken = default) => _runs.RemoveAsync(run, cancellationToken);

    private async Task<RefreshResult> RunUntilDoneAsync(LocalDate through, IProgress<string> progress, CancellationToken cancellationToken)
    {
        for (int left = Tries; ; left--)
        {
            if (await TryRunAsync(through, progress, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }

            if (left == 1)
            {
                throw new InvalidOperationException("Customers were erased during each of several attempts to renew the base. Run it again when that is over.");
            }
        }
    }

    private async Task<RefreshResult?> TryRunAsync(LocalDate through, IProgress<string> progress, CancellationToken cancellationToken)
    {
        LocalDate today = _clock.GetCurrentInstant().InZone(_options.Zone).Date;
        if (through > today)
        {
            throw new ArgumentOutOfRangeException(nameof(through), FormattableString.Invariant(
                $"{through:uuuu-MM-dd} has not come; today is {today:uuuu-MM-dd} in {_options.Zone.Id}. Give the last day that is over."));
        }

        var runs = await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false);
        Stored<ScoreRun>? shown = runs.Where(run => run.Value.PublishedAt is not null).MaxBy(run => run.Value.PublishedAt);
        if (shown?.Value.Through > through)
        {
            throw new ArgumentOutOfRangeException(nameof(through), FormattableString.Invariant(
                $"The base is shown through {shown.Value.Through:uuuu-MM-dd}; it does not go back to {through:uuuu-MM-dd}. Remove the later runs first, with RemoveAsync."));
        }

        int moves = 0;
        if (shown is { Value.AreMovesWritten: false })
        {
            (shown, moves) = await MoveAsync(shown, cancellationToken).ConfigureAwait(false);
        }

        if (shown is { Value.ErasedSince: 0 } && shown.Value.Through == through && shown.Value.Settings == _options.InWords()
            && !await _reader.HasNewsAsync(shown.Value, cancellationToken).ConfigureAwait(false))
        {
            // What an interruption kept from being tidied up is tidied up now.
            await _runs.RemoveUnshownAsync(runs.Where(run => run.Value.PublishedAt is null), cancellationToken).ConfigureAwait(false);
            await RemoveOldAsync(cancellationToken).ConfigureAwait(false);
            return new() { Shown = shown.Value, IsNew = false, SegmentMoves = moves };
        }

        // One that has read nothing yet has nothing to carry on, and its beginning is not now.
        Stored<ScoreRun>? begun = runs.FirstOrDefault(run => run.Value is { PublishedAt: null, Fingerprint: not null } && run.Value.Through == through);
        await _runs.RemoveUnshownAsync(runs.Where(run => run.Value.PublishedAt is null && run != begun), cancellationToken).ConfigureAwait(false);
        return await RenewAsync(through, shown?.Value, begun, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a run and shows it; null where what was read is no longer there.</summary>
    private async Task<RefreshResult?> RenewAsync(
        LocalDate through, ScoreRun? shown, Stored<ScoreRun>? begun, IProgress<string> progress, CancellationToken cancellationToken)
    {
        // There before anything is read: an erasure from now on takes it away, and the run with it.
        bool resumed = begun is not null;
        Stored<ScoreRun> run = begun ?? await BeginAsync(through, cancellationToken).ConfigureAwait(false);
        progress.Report("reading purchases");
        RefreshReading? read = await _reader.ReadAsync(through, shown, resumed ? run.Value : null, cancellationToken).ConfigureAwait(false);
        if (read is null)
        {
            await _runs.RemoveUnshownAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
            return null;
        }

        CostToServe? costs = await CostsAsync(run.Value, read, progress, cancellationToken).ConfigureAwait(false);
        CustomerBase analysed = await read.AnalyseAsync(OptionsFor(read, shown, costs), progress, cancellationToken).ConfigureAwait(false);
        if (analysed.Pyramid is null)
        {
            await _runs.RemoveUnshownAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
            return Result(shown, isNew: false) with { WhyNot = analysed.WhyNoPyramid };
        }

        if (_options.Segmenter?.Currency is { } currency && currency != analysed.Histories.Currency)
        {
            await _runs.RemoveUnshownAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
            throw new CurrencyMismatchException(currency, analysed.Histories.Currency);
        }

        ScoreRun described = Described(run.Value, shown, read, analysed, costs);
        if (resumed && described != run.Value)
        {
            // What was written belongs to another base, or to other terms.
            await _runs.RemoveUnshownAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
            return null;
        }

        // The run first: of two refreshes that began it together one meets a conflict here, before it writes another state under its name.
        run = await _runs.SaveAsync(run, described, cancellationToken).ConfigureAwait(false);
        if (await PublishAsync(run, shown, read, analysed, progress, cancellationToken).ConfigureAwait(false) is not { } published)
        {
            await _runs.RemoveUnshownAsync(run.Value.Id, cancellationToken).ConfigureAwait(false);
            return null;
        }

        (run, int moves) = await MoveAsync(published, cancellationToken).ConfigureAwait(false);
        await RemoveOldAsync(cancellationToken).ConfigureAwait(false);
        return Result(run.Value, isNew: true) with { SegmentMoves = moves, Resumed = resumed };

        RefreshResult Result(ScoreRun? of, bool isNew) => new()
        {
            Shown = of,
            IsNew = isNew,
            Base = analysed,
            InteractionsRead = read.Interactions,
            CustomersReread = read.CustomersReread,
        };
    }

    /// <summary>Keeps what belongs to a run, writes its scores and shows it; null where somebody was erased meanwhile.</summary>
    private async Task<Stored<ScoreRun>?> PublishAsync(
        Stored<ScoreRun> run, ScoreRun? shown, RefreshReading read, CustomerBase analysed, IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            await SaveArtefactsAsync(run.Value.Id, read, analysed, cancellationToken).ConfigureAwait(false);
            progress.Report("writing scores");
            return await new ScorePublication(_runs, _models, _clock, _options.BatchSize)
                .PublishAsync(run, shown, ScoreTable.Of(analysed, _options), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Another refresh may have thrown the run away while this one kept something under its name.
            await _runs.RemoveIfGoneAsync(run.Value.Id).ConfigureAwait(false);
            throw;
        }
    }

    private static RefreshOptions Checked(RefreshOptions? options, ISegmentStore? segments)
    {
        options ??= new();
        return options.Segmenter is not null && segments is null
            ? throw new ArgumentException("The options name a segmenter, and there is no store to keep its segments in. Give a segment store.", nameof(segments))
            : options.CostToServeDays is not null && (options.Analysis.Terms.CostToServe is not null || options.Analysis.CostToServe is not null)
            ? throw new ArgumentException("The options have two costs to serve: CostToServeDays, and one in Analysis. Give one of the two.", nameof(options))
            : options;
    }

    private AnalysisOptions OptionsFor(RefreshReading read, ScoreRun? shown, CostToServe? costs)
    {
        // A model the options no longer name is carried on no more.
        AnalysisOptions analysis = !read.IsWhole && shown is { Model: { } model } && _options.Analysis.Models.Contains(model) ? _options.Analysis with { Models = [model] } : _options.Analysis;
        return costs is null ? analysis : analysis with { CostToServe = costs };
    }

    /// <summary>What each customer cost to serve, by what was appended through where the purchases were read; by what was known when the run began, where they were not read here.</summary>
    private async Task<CostToServe?> CostsAsync(ScoreRun run, RefreshReading read, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (_options.CostToServeDays is not { } days)
        {
            return null;
        }

        progress.Report("summing costs to serve");
        Instant Start(LocalDate day) => day.AtStartOfDayInZone(_options.Zone).ToInstant();
        var (from, before) = (Start(run.Through.PlusDays(1 - days)), Start(run.Through.PlusDays(1)));
        return read.Kept is null
            ? await CostToServe.OfAsync(_interactions!, from, before, new(before, run.StartedAt), cancellationToken).ConfigureAwait(false)
            : await CostToServe.OfAsync(_interactions!, from, before, AsOf.Hindsight(before), read.ReadThrough, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stored<ScoreRun>> BeginAsync(LocalDate through, CancellationToken cancellationToken)
    {
        Instant now = _clock.GetCurrentInstant();
        var run = new ScoreRun
        {
            Id = RunId.Of(FormattableString.Invariant($"{through:uuuu-MM-dd}-{now.ToUnixTimeTicks()}")),
            Through = through,
            Zone = _options.Zone.Id,
            StartedAt = now,
        };
        Stored<ScoreRun> saved = await _runs.SaveAsync(new(run, StoreVersion.None), run, cancellationToken).ConfigureAwait(false);
        await _models.SaveAsync(
            new() { Run = run.Id, Name = RunArtefact.Begun, Content = ReadOnlyMemory<byte>.Empty }, cancellationToken).ConfigureAwait(false);
        return saved;
    }

    private ScoreRun Described(ScoreRun run, ScoreRun? shown, RefreshReading read, CustomerBase analysed, CostToServe? costs) => run with
    {
        ReadThrough = read.ReadThrough,
        IsWhole = read.IsWhole,
        WholeThrough = read.IsWhole ? run.Through : shown!.WholeThrough,
        Fingerprint = analysed.Histories.Fingerprint,
        Settings = _options.InWords(),
        CostFingerprint = costs?.Fingerprint,
        Segments = [.. _options.Segmenter?.Segments.Select(segment => segment.Id) ?? []],
        Customers = analysed.Histories.Count,
        Model = analysed.Buying!.Name,
        Currency = analysed.Histories.Currency,
        Level = _options.Level,
        Tiers = [.. analysed.Pyramid!.Scheme.Tiers.Select(share => share.Tier)],
    };

    private async Task SaveArtefactsAsync(RunId run, RefreshReading read, CustomerBase analysed, CancellationToken cancellationToken)
    {
        if (read.Kept is { } kept)
        {
            await LogRefreshReader.KeepAsync(_models, run, kept, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (name, document) in (IEnumerable<(string, FitDocument)>)
        [
            .. analysed.Candidates.Select(candidate => (candidate.Name, FitDocument.Of(candidate.Fit, analysed.Histories))),
            (GammaGamma.ShortName, FitDocument.Of(analysed.SpendFit, analysed.Histories)),
        ])
        {
            await _models.SaveAsync(new() { Run = run, Name = name, Content = Encoding.UTF8.GetBytes(document.ToJson()) }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the moves that follow from a shown run.</summary>
    private async Task<(Stored<ScoreRun> Run, int Moves)> MoveAsync(Stored<ScoreRun> run, CancellationToken cancellationToken)
    {
        int count = _segments is null ? 0
            : await new SegmentChanges(_scores, _segments).WriteAsync(_options.Segmenter?.Segments ?? [], run.Value, cancellationToken).ConfigureAwait(false);

        // An erasure since then has marked the run: it stays marked.
        for (int left = Tries; ; left--)
        {
            run = await _runs.FindAsync(run.Value.Id, cancellationToken).ConfigureAwait(false) ?? run;
            try
            {
                return (await _runs.SaveAsync(run, run.Value with { AreMovesWritten = true }, cancellationToken).ConfigureAwait(false), count);
            }
            catch (ConcurrencyConflictException) when (left > 1)
            {
                // Another erasure.
            }
        }
    }

    private async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        var runs = await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (place, old) in runs.Select(run => run.Value).Where(run => run.PublishedAt is not null).OrderByDescending(run => run.PublishedAt).Index().Skip(1))
        {
            if (place >= _options.KeepRuns)
            {
                await _runs.RemoveAsync(old.Id, cancellationToken).ConfigureAwait(false);
                continue;
            }

            // Tomorrow goes on from the run that is shown; older states would only be more to erase from.
            await _models.RemoveAsync(old.Id, RunArtefact.Histories, cancellationToken).ConfigureAwait(false);
            await _models.RemoveAsync(old.Id, RunArtefact.Corrected, cancellationToken).ConfigureAwait(false);
        }
    }
}
