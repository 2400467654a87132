using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>How a model did on a test period it had not seen.</summary>
/// <remarks>The model is the one fitted to the calibration; the figures belong to that fit. Immutable and thread-safe.</remarks>
public sealed class HoldoutValidation
{
    private readonly double[] _scores;

    private HoldoutValidation(PurchaseModel model, PurchaseHistories histories, Horizon length, double[] expected, double[] actual)
    {
        Model = model;
        Length = length;
        Purchases = ForecastErrors.Of(expected, actual, histories.Customers);
        Deciles = CalibrationDecile.Of(expected, actual, histories.Customers);
        _scores = Scores(model, histories, length);
        LogScore = LogScore.Of(_scores, histories.Customers);
    }

    /// <summary>Gets the model.</summary>
    public IPurchaseModel Model { get; }

    /// <summary>Gets the length of the test period.</summary>
    public Horizon Length { get; }

    /// <summary>Gets the mean of ln P(purchases made | history), by which models are compared.</summary>
    public LogScore LogScore { get; }

    /// <summary>Gets how far the expected purchases were from those made.</summary>
    public ForecastErrors Purchases { get; }

    /// <summary>Gets how far the expected spend (purchases times value) was from the spend; null without amounts or a spend model.</summary>
    public ForecastErrors? Spend { get; private init; }

    /// <summary>Gets whether those of whom much was expected bought much, tenth by tenth, those of whom least was expected first.</summary>
    public IReadOnlyList<CalibrationDecile> Deciles { get; }

    /// <summary>Gets the forecast of the total purchases with both intervals; null where the fit gives no intervals.</summary>
    public TotalForecast? Total { get; private init; }

    /// <summary>Validates a model that was made of parameters, or read from a saved fit.</summary>
    /// <param name="model">A purchase model of this library.</param>
    /// <param name="covariance">How uncertain its parameters are, for the intervals of the total; null for none.</param>
    /// <param name="sample">Calibration and test period; the model should not have seen the latter.</param>
    /// <param name="spend">A spend model, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The validation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="sample"/> is null.</exception>
    /// <exception cref="ArgumentException">The model is not one of this library, or the covariance is of another number of parameters.</exception>
    /// <exception cref="UnitMismatchException">Model and histories do not agree on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">Spend model and histories do not agree on the currency.</exception>
    /// <exception cref="UndefinedValueException">Expected spend does not exist under the spend model.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HoldoutValidation Of(
        IPurchaseModel model, ParameterCovariance? covariance, HoldoutSample sample, ISpendModel? spend = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sample);
        PurchaseHistories histories = sample.Histories;
        Horizon length = Horizon.Of(histories.Frame.HoldoutLength, histories.Unit);
        var expected = new double[histories.Count];
        model.ExpectedPurchases(histories, length, expected, cancellationToken);
        return new(PurchaseEstimates.Own(model, nameof(model)), histories, length, expected, Actual(histories))
        {
            Total = covariance is null ? null : PurchaseEstimates.Of(model, covariance).TotalPurchases(histories, length, cancellationToken),
            Spend = spend is null || histories.HoldoutMeanSpend.Length == 0 ? null : SpendErrors(histories, expected, spend),
        };
    }

    /// <summary>Validates the fit of a model.</summary>
    /// <typeparam name="TModel">A purchase model of this library, or the interface.</typeparam>
    /// <param name="fit">The fit to the calibration.</param>
    /// <param name="sample">Calibration and test period.</param>
    /// <param name="spend">A spend model fitted to the calibration, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The validation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fit"/> or <paramref name="sample"/> is null.</exception>
    /// <exception cref="FitFailedException">The fit has no model.</exception>
    /// <exception cref="ArgumentException">The model is not one of this library.</exception>
    /// <exception cref="UnitMismatchException">Model and histories do not agree on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">Spend model and histories do not agree on the currency.</exception>
    /// <exception cref="UndefinedValueException">Expected spend does not exist under the spend model.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HoldoutValidation Of<TModel>(
        FitResult<TModel> fit, HoldoutSample sample, ISpendModel? spend = null, CancellationToken cancellationToken = default)
        where TModel : class, IPurchaseModel
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Of(fit.OrThrow(), fit.Statistics!.Covariance, sample, spend, cancellationToken);
    }

    /// <summary>By how much this model's mean log score is above another's on the same customers, and the standard error of the difference.</summary>
    /// <param name="other">Another model's validation on the same sample.</param>
    /// <param name="histories">The histories of the sample.</param>
    internal LogScore Above(HoldoutValidation other, PurchaseHistories histories) =>
        LogScore.Of([.. _scores.Zip(other._scores, (mine, theirs) => mine - theirs)], histories.Customers);

    internal static double[] Actual(PurchaseHistories histories) => Array.ConvertAll(histories.HoldoutFrequencyColumn, count => (double)count);

    private static ForecastErrors SpendErrors(PurchaseHistories histories, double[] purchases, ISpendModel spend)
    {
        var expected = new double[purchases.Length];
        spend.ExpectedSpend(histories, expected);
        var actual = new double[purchases.Length];
        for (int row = 0; row < actual.Length; row++)
        {
            expected[row] *= purchases[row];
            actual[row] = histories.HoldoutFrequency[row] * histories.HoldoutMeanSpend[row];
        }

        return ForecastErrors.Of(expected, actual, histories.Customers);
    }

    // Customers with the same history who did the same score the same.
    private static double[] Scores(PurchaseModel model, PurchaseHistories histories, Horizon length)
    {
        var known = new Dictionary<(int Group, int Purchases), double>();
        var scores = new double[histories.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            var key = (histories.Distinct.GroupOfRow[row], histories.HoldoutFrequency[row]);
            if (!known.TryGetValue(key, out double score))
            {
                double probability = model.ProbabilityOfPurchases(histories[row], histories.HoldoutFrequency[row], length);
                score = Math.Max(LogScore.Least, Math.Log(probability));
                known.Add(key, score);
            }

            scores[row] = score;
        }

        return scores;
    }
}
