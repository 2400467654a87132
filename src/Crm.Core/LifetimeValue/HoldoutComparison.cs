using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>Models and baselines compared on a test period that none of them had seen, and the model chosen by it.</summary>
/// <remarks>
/// The simplest model wins whose mean log score is within one standard error of the best one's, the error being that of the paired
/// difference; of equally simple ones the one named first. The other figures are reported, never used to choose: the mean absolute
/// error, for one, prefers forecasts that are too low. Immutable and thread-safe.
/// </remarks>
public sealed class HoldoutComparison
{
    private const double LeastMiss = 0.10;
    private const double LargeMiss = 0.25;

    private HoldoutComparison(HoldoutSample sample, IReadOnlyList<HoldoutCandidate> candidates, HoldoutCandidate? chosen)
    {
        Sample = sample;
        Candidates = candidates;
        Chosen = chosen;
        Baselines = HoldoutBaseline.All(sample);
    }

    /// <summary>Gets calibration and test period.</summary>
    public HoldoutSample Sample { get; }

    /// <summary>Gets the models, the ones to prefer at equal score first.</summary>
    public IReadOnlyList<HoldoutCandidate> Candidates { get; }

    /// <summary>Gets the model that was chosen, or null where none could be fitted to the calibration.</summary>
    public HoldoutCandidate? Chosen { get; }

    /// <summary>Gets the forecasts without a model that each must beat.</summary>
    public IReadOnlyList<HoldoutBaseline> Baselines { get; }

    /// <summary>Gets the grade of the chosen model's forecast of purchases.</summary>
    public ValidationGrade Grade => Chosen?.Validation is { } chosen
        ? GradeOf(chosen.Purchases, baseline => baseline.Purchases)
        : ValidationGrade.NotValidated;

    /// <summary>
    /// Gets the grade of the forecast of spend, purchases times spend, by the same rule; null where spend was not forecast: a value fails
    /// where either does.
    /// </summary>
    public ValidationGrade? SpendGrade => Chosen?.Validation?.Spend is { } spend ? GradeOf(spend, baseline => baseline.Spend) : null;

    /// <summary>Fits models to the calibration and compares them on the test period.</summary>
    /// <param name="sample">Calibration and test period.</param>
    /// <param name="models">Short names of purchase models, the ones to prefer at equal score first; null for all.</param>
    /// <param name="prior">A prior to fit every model under; null for maximum likelihood.</param>
    /// <param name="progress">Told of each model as its fit begins: "testing mbg-nbd".</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sample"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no model of a name.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HoldoutComparison Of(
        HoldoutSample sample,
        IReadOnlyList<string>? models = null,
        ParameterPrior? prior = null,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        PurchaseHistories histories = sample.Histories;
        GammaGamma? spend = histories.MeanSpend.Length == 0 ? null
            : prior is null ? GammaGamma.Fit(histories, null, cancellationToken).Model
            : GammaGamma.FitPenalised(histories, prior, null, cancellationToken).Model;
        spend = spend is not null && spend.HasExpectedSpend(0) ? spend : null;
        var tested = new List<(string Name, FitResult<IPurchaseModel> Fit, HoldoutValidation? Validation)>();
        foreach (string name in models ?? PurchaseModels.Names)
        {
            progress?.Report($"testing {name}");
            var fit = prior is null
                ? PurchaseModels.Fit(name, histories, null, cancellationToken)
                : PurchaseModels.FitPenalised(name, histories, prior, null, cancellationToken);
            tested.Add((name, fit, fit.Converged ? HoldoutValidation.Of(fit, sample, spend, cancellationToken) : null));
        }

        HoldoutValidation? best = tested.Select(t => t.Validation).OfType<HoldoutValidation>().MaxBy(validation => validation.LogScore.Mean);
        HoldoutCandidate[] candidates = [.. tested.Select(t => new HoldoutCandidate(
            t.Name, t.Fit, t.Validation, t.Validation is null ? null : best!.Above(t.Validation, histories)))];
        return new(sample, Array.AsReadOnly(candidates), Simplest(candidates));
    }

    /// <summary>Says in plain words how the chosen model did: the grade, the total, its interval, the baselines.</summary>
    /// <returns>Sentences, in the invariant culture.</returns>
    public IReadOnlyList<string> InWords() => HoldoutWords.Of(this);

    internal bool BeatsBaselines(HoldoutValidation validation) => Beats(validation.Purchases, baseline => baseline.Purchases);

    private ValidationGrade GradeOf(ForecastErrors forecast, Func<HoldoutBaseline, ForecastErrors?> ofBaseline)
    {
        double miss = Math.Abs(forecast.Bias ?? double.PositiveInfinity);
        return !(miss <= LargeMiss) || !Beats(forecast, ofBaseline) ? ValidationGrade.Poor
            : miss <= LeastMiss ? ValidationGrade.Good
            : ValidationGrade.Fair;
    }

    private bool Beats(ForecastErrors forecast, Func<HoldoutBaseline, ForecastErrors?> ofBaseline) =>
        Baselines.Select(ofBaseline).All(baseline => baseline is null || forecast.RootMeanSquareError < baseline.RootMeanSquareError);

    // All models here have four parameters, so that the order of the names decides; fewer parameters would go first.
    private static HoldoutCandidate? Simplest(HoldoutCandidate[] candidates) => candidates
        .Where(candidate => candidate.BelowBest is { } below && below.Mean <= below.StandardError)
        .OrderBy(candidate => candidate.Fit.Model!.Parameters.Count)
        .FirstOrDefault();
}
