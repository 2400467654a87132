using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The whole flow in one call: fit the models, choose, value every customer, rank them.</summary>
/// <remarks>
/// Of purchases with their dates, the last third of the days is held out where that leaves enough (see
/// <see cref="HoldoutSample.LastThird"/>); the models are compared by their mean log score on it, and the one chosen is fitted again to
/// all the data. Otherwise the model is chosen by Akaike's criterion on all the data, which compares fit, not foresight, and the base
/// says so. Immutable and thread-safe.
/// </remarks>
public sealed class CustomerBaseAnalyzer
{
    private readonly AnalysisOptions _options;

    /// <summary>Initializes a new instance of the <see cref="CustomerBaseAnalyzer"/> class.</summary>
    /// <param name="options">What to use; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The options have no terms, scheme or models.</exception>
    /// <exception cref="ArgumentException">The options name no model, or one that does not exist, or two costs to serve.</exception>
    public CustomerBaseAnalyzer(AnalysisOptions? options = null)
    {
        _options = options ?? new();
        ArgumentNullException.ThrowIfNull(_options.Terms, nameof(options));
        ArgumentNullException.ThrowIfNull(_options.Scheme, nameof(options));
        ArgumentNullException.ThrowIfNull(_options.Models, nameof(options));
        if (_options.CostToServe is not null && _options.Terms.CostToServe is not null)
        {
            throw new ArgumentException(
                "The options have a cost to serve for each customer and the terms have one for all. Give one of the two.", nameof(options));
        }

        if (_options.Models.Count == 0 || _options.Models.Except(PurchaseModels.Names).Any())
        {
            throw new ArgumentException(
                $"Name one or more of the purchase models {string.Join(", ", PurchaseModels.Names)}; the options name '{string.Join(", ", _options.Models)}'.",
                nameof(options));
        }
    }

    /// <summary>Analyses a customer base of its purchases: the door that can test the models on purchases they have not seen.</summary>
    /// <param name="purchases">The purchases and returns.</param>
    /// <param name="window">
    /// The window of the whole; or the window of a calibration with its test period, which is then held out instead of the last third.
    /// </param>
    /// <param name="progress">Told of each stage as it begins: "testing mbg-nbd".</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The base; without pyramid where the data do not allow any, which it then explains.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="purchases"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="window"/> is the default value, or nobody bought before its test period.</exception>
    /// <exception cref="UnitMismatchException">The terms do not agree with the purchases on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">The terms do not agree with the purchases on the currency.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public CustomerBase Analyze(
        PurchaseHistoryBuilder purchases, Window window, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        Window whole = window.HoldoutLastDay is { } end ? Window.Through(end) : window;
        PurchaseHistories histories = purchases.Build(whole, cancellationToken);
        HoldoutSample? sample = window == whole
            ? HoldoutSample.LastThird(purchases, window, cancellationToken)
            : HoldoutSample.From(purchases, window, cancellationToken);
        HoldoutComparison? holdout = sample is null ? null : HoldoutComparison.Of(sample, _options.Models, _options.Prior, progress, cancellationToken);
        return Analyze(histories, holdout, histories.Count > 0 ? purchases.Timeline(whole, cancellationToken) : null, progress, cancellationToken);
    }

    /// <summary>
    /// Analyses a customer base of its histories. Where they carry a test period the models are tested on it, and the figures are as of
    /// its beginning; without one the models are compared by fit alone.
    /// </summary>
    /// <param name="histories">The histories.</param>
    /// <param name="progress">Told of each stage as it begins: "fitting mbg-nbd".</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The base; without pyramid where the data do not allow any, which it then explains.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="UnitMismatchException">The terms do not agree with the histories on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">The terms do not agree with the histories on the currency.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public CustomerBase Analyze(
        PurchaseHistories histories, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        HoldoutComparison? holdout = HoldoutSample.CanBeOf(histories)
            ? HoldoutComparison.Of(HoldoutSample.Of(histories), _options.Models, _options.Prior, progress, cancellationToken)
            : null;
        return Analyze(histories, holdout, null, progress, cancellationToken);
    }

    /// <summary>
    /// Analyses a customer base whose histories are made where the purchases are. As of purchases, the last third of the days is held out where that leaves
    /// enough; the source is then asked three times. Without the dates of purchases there is no tracking and no season.
    /// </summary>
    /// <param name="source">The source of the histories.</param>
    /// <param name="lastDay">The last day whose purchases count.</param>
    /// <param name="unit">The unit of time.</param>
    /// <param name="zone">The zone whose days are counted; UTC by default.</param>
    /// <param name="progress">Told of each stage as it begins: "testing mbg-nbd".</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The base; without pyramid where the data do not allow any, which it then explains.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="StoreContractException">The source gives other histories than it was asked for.</exception>
    /// <exception cref="NotSupportedException">The source cannot make these histories.</exception>
    /// <exception cref="UnitMismatchException">The terms do not agree with the histories on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">The terms do not agree with the histories on the currency.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<CustomerBase> AnalyzeAsync(
        IHistorySource source,
        LocalDate lastDay,
        TimeUnit unit,
        DateTimeZone? zone = null,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        PurchaseHistories whole = await source.ReadInOrderAsync(Window.Through(lastDay), unit, zone ?? DateTimeZone.Utc, cancellationToken).ConfigureAwait(false);
        HoldoutSample? sample = await HoldoutSample.LastThirdAsync(source, whole, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Analyze(
            whole, sample is null ? null : HoldoutComparison.Of(sample, _options.Models, _options.Prior, progress, cancellationToken), null, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private CustomerBase Analyze(
        PurchaseHistories histories, HoldoutComparison? holdout, PurchaseTimeline? timeline, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var candidates = FitAll(histories, holdout, progress, cancellationToken);
        progress?.Report($"fitting {GammaGamma.ShortName}");
        var spend = _options.Prior is { } prior
            ? GammaGamma.FitPenalised(histories, prior, null, cancellationToken)
            : GammaGamma.Fit(histories, null, cancellationToken);
        progress?.Report("valuing customers");
        ModelCandidate? chosen = candidates.Find(candidate => candidate.IsChosen);
        IPurchaseModel? buying = chosen?.Fit.Model;
        string? whyNot = WhyNoPyramid(histories, candidates, spend);
        bool inMoney = histories.MeanSpend.Length > 0;
        string? whyNoIntervals = whyNot ?? WhyNoIntervals(chosen!, inMoney ? spend : null);
        PurchaseEstimates? expected = whyNot is null && chosen!.Fit.Statistics!.Covariance is not null ? PurchaseEstimates.Of(chosen.Fit) : null;
        CustomerValueEstimates? estimates = whyNoIntervals is null && expected is not null && inMoney
            ? Estimate(histories, expected, SpendEstimates.Of(spend), cancellationToken)
            : null;
        CustomerValues? values = estimates?.Values ?? (whyNot is null && inMoney ? Value(histories, buying!, spend.Model!, cancellationToken) : null);
        ChoiceBasis basis = chosen is null ? ChoiceBasis.Nothing : IsChosenBy(holdout, chosen) ? ChoiceBasis.HoldoutLogScore : ChoiceBasis.Akaike;
        PurchaseTracking? tracking = timeline is null || buying is null || !histories.Unit.IsNamed ? null
            : basis == ChoiceBasis.HoldoutLogScore ? Track(holdout!.Sample.Timeline!, holdout.Chosen!.Fit, cancellationToken)
            : Track(timeline, chosen!.Fit, cancellationToken);
        return new()
        {
            Histories = histories,
            Candidates = candidates,
            Basis = basis,
            Holdout = holdout,
            Validation = ValidationWords(holdout, basis, timeline is not null, chosen),
            Tracking = tracking,
            Season = tracking is null ? null : Seasonality.Of(tracking),
            SpendFit = spend,
            Values = values,
            Estimates = estimates,
            PurchasesInAYear = expected is not null && histories.Unit.IsNamed ? expected.TotalPurchases(histories, Horizon.Years(1), cancellationToken) : null,
            WhyNoIntervals = whyNoIntervals,
            Measure = inMoney ? ValueMeasure.LifetimeValue : ValueMeasure.DiscountedPurchases,
            Pyramid = whyNot is null ? _options.Scheme.Rank(histories.Ids, Ranked(histories, buying!, values, cancellationToken), [], histories.Customers) : null,
            WhyNoPyramid = whyNot,
        };
    }

    private CustomerValueEstimates Estimate(PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, CancellationToken cancellationToken) =>
        _options.CostToServe is { } costs
            ? CustomerValueEstimates.Of(histories, buying, spend, _options.Terms, costs.PerYear(histories), cancellationToken)
            : CustomerValueEstimates.Of(histories, buying, spend, _options.Terms, cancellationToken);

    private CustomerValues Value(PurchaseHistories histories, IPurchaseModel buying, ISpendModel spend, CancellationToken cancellationToken) =>
        _options.CostToServe is { } costs
            ? CustomerValues.Of(histories, buying, spend, _options.Terms, costs.PerYear(histories), cancellationToken)
            : CustomerValues.Of(histories, buying, spend, _options.Terms, cancellationToken);

    private static bool IsChosenBy(HoldoutComparison? holdout, ModelCandidate chosen) => holdout?.Chosen?.Name == chosen.Name;

    private static PurchaseTracking Track(PurchaseTimeline timeline, FitResult<IPurchaseModel> fit, CancellationToken cancellationToken) =>
        fit.Statistics!.Covariance is null
            ? PurchaseTracking.Of(timeline, fit.Model!, cancellationToken)
            : PurchaseTracking.Of(timeline, PurchaseEstimates.Of(fit), cancellationToken);

    private static IReadOnlyList<string> ValidationWords(HoldoutComparison? holdout, ChoiceBasis basis, bool hasDates, ModelCandidate? chosen) => basis switch
    {
        ChoiceBasis.HoldoutLogScore =>
        [
            .. holdout!.InWords(),
            hasDates
                ? $"The model used for the figures is {chosen!.Name} fitted again to all the data; the test belongs to the fit without the held-out period."
                : "The figures are as of the beginning of the held-out period: the histories end there, and the purchases in it are not in them.",
        ],
        ChoiceBasis.Akaike when holdout?.Chosen is { } tested =>
            [$"{tested.Name} did best on the held-out period but could not be fitted to all the data; {chosen!.Name} was chosen by fit on all the data (AIC), not validated."],
        ChoiceBasis.Akaike =>
        [
            holdout is not null ? holdout.InWords()[0]
                : hasDates ? FormattableString.Invariant($"Not validated: too little data to hold a test period out (it takes {HoldoutSample.LeastRepeatBuyers} customers who bought again before it and {HoldoutSample.LeastPurchases} of their purchases in it).")
                : "Not validated: the data came as histories, without the dates of purchases that a test period is made of.",
            $"{chosen!.Name} was chosen by fit on all the data (AIC), which is no proof of foresight.",
        ],
        _ => [],
    };

    private static string? WhyNoIntervals(ModelCandidate chosen, FitResult<GammaGamma>? spend)
    {
        var flat = chosen.Fit.Diagnostics.Concat(spend?.Diagnostics ?? []).Where(found => found.Diagnosis == FitDiagnosis.FlatDirection);
        return chosen.Fit.Statistics!.Covariance is null || spend is { Statistics.Covariance: null }
            ? (chosen.Fit.Statistics!.Covariance is null ? "There are no intervals. " : "There are no intervals of values in money. ") + string.Join(" ", flat)
            : null;
    }

    private ReadOnlySpan<double> Ranked(
        PurchaseHistories histories, IPurchaseModel buying, CustomerValues? values, CancellationToken cancellationToken)
    {
        if (values is not null)
        {
            return values.Clv;
        }

        var purchases = new double[histories.Count];
        buying.DiscountedPurchases(histories, _options.Terms.Discount, _options.Terms.Horizon, purchases, cancellationToken);
        return purchases;
    }

    private List<ModelCandidate> FitAll(
        PurchaseHistories histories, HoldoutComparison? holdout, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var fits = new List<(string Name, FitResult<IPurchaseModel> Fit)>();
        foreach (string name in _options.Models)
        {
            progress?.Report($"fitting {name}");
            fits.Add((name, _options.Prior is { } prior
                ? PurchaseModels.FitPenalised(name, histories, prior, null, cancellationToken)
                : PurchaseModels.Fit(name, histories, null, cancellationToken)));
        }

        // MinBy gives the first of equals, which is the preferred one.
        var tested = fits.Find(f => f.Name == holdout?.Chosen?.Name && f.Fit.Converged).Fit;
        var best = tested ?? fits.Select(f => f.Fit).Where(fit => fit.Converged).MinBy(fit => fit.Statistics!.Aic);
        return fits.ConvertAll(f => new ModelCandidate(f.Name, f.Fit, ReferenceEquals(f.Fit, best)));
    }

    private string? WhyNoPyramid(PurchaseHistories histories, List<ModelCandidate> candidates, FitResult<GammaGamma> spend)
    {
        ModelCandidate? chosen = candidates.Find(candidate => candidate.IsChosen);
        if (chosen?.Fit.Model is not { } buying)
        {
            // Models that fail for one reason are named together.
            var reasons = candidates.GroupBy(c => string.Join(" ", c.Fit.Diagnostics.Where(d => d.IsFailure)), c => c.Name);
            return "No purchase model could be fitted. " + string.Join(" ", reasons.Select(r => $"{string.Join(", ", r)}: {r.Key}"));
        }

        bool inMoney = histories.MeanSpend.Length > 0;
        if (inMoney && spend.Model is null)
        {
            return "No spend model could be fitted. " + string.Join(" ", spend.Diagnostics.Where(d => d.IsFailure));
        }

        if (inMoney && !spend.Model!.HasExpectedSpend(0))
        {
            return "Expected spend does not exist. " + string.Join(" ", spend.Diagnostics.Where(d => d.Diagnosis == FitDiagnosis.InfiniteMeanSpend));
        }

        return buying.HasDiscountedPurchases(_options.Terms.Discount, _options.Terms.Horizon)
            && (!inMoney || (_options.Terms.CostToServe is not { Amount: > 0 } && _options.CostToServe is null) || buying.HasDiscountedLifetime(_options.Terms.Discount, _options.Terms.Horizon))
            ? null
            : "Lifetime value is infinite on these terms: no discount, no horizon, and customers who may never drop out. "
                + "Give a discount rate above 0 or a limited horizon.";
    }
}
