using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Hosting;

/// <summary>A customer base analysed: histories in, models, values and pyramid out.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CustomerBase
{
    /// <summary>Gets the histories.</summary>
    public required PurchaseHistories Histories { get; init; }

    /// <summary>Gets the purchase models that were tried, fitted to all the data, in the order of preference.</summary>
    public required IReadOnlyList<ModelCandidate> Candidates { get; init => field = [.. value]; }

    /// <summary>Gets by what the purchase model was chosen.</summary>
    public ChoiceBasis Basis { get; init; }

    /// <summary>Gets in plain words how the model was chosen and how it did on purchases it had not seen, or why that was not tested.</summary>
    public required IReadOnlyList<string> Validation { get; init => field = [.. value]; }

    /// <summary>
    /// Gets the comparison on a held-out test period, whose fits are those to the calibration; null where too little could be held out.
    /// </summary>
    public HoldoutComparison? Holdout { get; init; }

    /// <summary>
    /// Gets the course of the purchases against the chosen model, fitted to the calibration where a test period was held out; null where
    /// the data came without dates.
    /// </summary>
    public PurchaseTracking? Tracking { get; init; }

    /// <summary>Gets whether purchases follow the season; null where the data came without dates.</summary>
    public Seasonality? Season { get; init; }

    /// <summary>Gets the fit of the spend model.</summary>
    public required FitResult<GammaGamma> SpendFit { get; init; }

    /// <summary>Gets the values, or null where none can be given in money.</summary>
    public CustomerValues? Values { get; init; }

    /// <summary>Gets the values with their uncertainty; null where there are no values, or where <see cref="WhyNoIntervals"/> says why not.</summary>
    public CustomerValueEstimates? Estimates { get; init; }

    /// <summary>Gets the purchases of today's customers in the next twelve months, with both intervals; null as <see cref="Estimates"/>.</summary>
    public TotalForecast? PurchasesInAYear { get; init; }

    /// <summary>Gets why there are no intervals and what to do, or null where there are.</summary>
    public string? WhyNoIntervals { get; init; }

    /// <summary>Gets what the pyramid is ranked by.</summary>
    public ValueMeasure Measure { get; init; }

    /// <summary>Gets the pyramid over <see cref="Measure"/>, or null where <see cref="WhyNoPyramid"/> says why there is none.</summary>
    public Pyramid? Pyramid { get; init; }

    /// <summary>Gets why the customers cannot be ranked and what to do, or null where they are.</summary>
    public string? WhyNoPyramid { get; init; }

    /// <summary>Gets the purchase model that was chosen, or null where none could be fitted.</summary>
    public IPurchaseModel? Buying => Candidates.FirstOrDefault(candidate => candidate.IsChosen)?.Fit.Model;
}
