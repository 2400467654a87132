using System.Runtime.CompilerServices;
using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What a fitted purchase model expects, with how sure each expectation is, and what may come of it.</summary>
/// <remarks>
/// <para>
/// An <see cref="Estimate"/> carries the uncertainty of the parameters: how well the data determine the expectation (delta method, on
/// the logarithm; for P(alive) on the logit; with the next order for customers without repeat purchases under MBG/NBD). An outcome
/// interval is for what will happen, chance included, and is far wider. Both are conditional on the model. The values are those of the model itself, to the bit.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class PurchaseEstimates
{
    private readonly PurchaseModel _model;

    private PurchaseEstimates(PurchaseModel model, ParameterCovariance covariance)
    {
        _model = model;
        Covariance = covariance;
    }

    /// <summary>Gets the model.</summary>
    public IPurchaseModel Model => _model;

    /// <summary>Gets the model as one of this library.</summary>
    internal PurchaseModel OwnModel => _model;

    /// <summary>Gets how uncertain its parameters are.</summary>
    public ParameterCovariance Covariance { get; }

    /// <summary>Makes the estimates of a fit.</summary>
    /// <typeparam name="TModel">A purchase model of this library, or the interface.</typeparam>
    /// <param name="fit">The fit.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fit"/> is null.</exception>
    /// <exception cref="FitFailedException">
    /// The fit has no model, or its data do not determine the parameters well enough for intervals; the message says what to do.
    /// </exception>
    /// <exception cref="ArgumentException">The model is not one of this library.</exception>
    public static PurchaseEstimates Of<TModel>(FitResult<TModel> fit)
        where TModel : class, IPurchaseModel
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new(Own(fit.OrThrow(), nameof(fit)), fit.CovarianceOrThrow());
    }

    /// <summary>Makes the estimates of a model and how uncertain its parameters are, as they are saved with a fit.</summary>
    /// <param name="model">A purchase model of this library.</param>
    /// <param name="covariance">The covariance of the logarithms of its parameters, in its order.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model is not one of this library, or the covariance is of another number of parameters.</exception>
    public static PurchaseEstimates Of(IPurchaseModel model, ParameterCovariance covariance)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(covariance);
        Guard.SameLength(model.Parameters.Count, covariance.Count, "parameters of the model", nameof(covariance));
        return new(Own(model, nameof(model)), covariance);
    }

    /// <summary>Probability that a customer has not dropped out by the end of the window.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <returns>
    /// The estimate, on the logit; null where it is 1 by construction and not by evidence, as for x = 0 under BG/NBD or where the last
    /// purchase is on the last day under Pareto/NBD.
    /// </returns>
    /// <exception cref="UnitMismatchException">The history is in another unit.</exception>
    public Estimate? ProbabilityAlive(in PurchaseHistory history)
    {
        Span<double> slopes = stackalloc double[AliveProcess.Parameters];
        double odds = _model.LogOddsOut(history, slopes);
        return double.IsNegativeInfinity(odds) ? null
            : Bent(history, PurchaseModel.Alive(odds), Covariance.StandardError(slopes), EstimateScale.Logit, null);
    }

    /// <summary>Probability of every row that the customer has not dropped out by the end of the window.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <returns>The estimates, on the logit; with an error of 0 where the probability is 1 by construction.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="UnitMismatchException">The histories are in another unit.</exception>
    public EstimateColumn ProbabilityAlive(PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        double[] values = GC.AllocateUninitializedArray<double>(histories.Distinct.Count);
        double[] errors = GC.AllocateUninitializedArray<double>(values.Length);
        _model.LogOddsOutOfEveryDistinct(histories, (row, odds, slopes) =>
        {
            values[row] = PurchaseModel.Alive(odds);
            errors[row] = Covariance.StandardError(slopes);
        });
        return Column(histories, values, errors, EstimateScale.Logit, Bends(histories, errors, null));
    }

    /// <summary>Expected purchases in (T, T + t] of a customer with this history.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="horizon">t, limited.</param>
    /// <returns>The estimate, on the logarithm.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    public Estimate ExpectedPurchases(in PurchaseHistory history, Horizon horizon) => OfOne(history, Purchases(horizon));

    /// <summary>Expected repeat purchases of a new customer in (0, t], the first purchase not counted.</summary>
    /// <param name="horizon">t, limited.</param>
    /// <returns>The estimate, on the logarithm.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    public Estimate ExpectedPurchases(Horizon horizon) => OfNewCustomer(Purchases(horizon));

    /// <summary>Expected purchases in (T, T + t] of every row; of one customer each where rows are shared.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="horizon">t, limited.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The estimates, on the logarithm.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public EstimateColumn ExpectedPurchases(PurchaseHistories histories, Horizon horizon, CancellationToken cancellationToken = default) =>
        OfEveryRow(histories, Purchases(horizon), cancellationToken);

    /// <summary>Discounted expected residual transactions (DERT) of a customer with this history.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead; unlimited for DERT proper.</param>
    /// <returns>The estimate, on the logarithm.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    public Estimate DiscountedPurchases(in PurchaseHistory history, DiscountRate discount, Horizon horizon) =>
        OfOne(history, DiscountedPurchasesAhead(discount, horizon));

    /// <summary>Discounted expected repeat purchases of a new customer, the first purchase not counted.</summary>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>The estimate, on the logarithm.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    public Estimate DiscountedPurchases(DiscountRate discount, Horizon horizon) => OfNewCustomer(DiscountedPurchasesAhead(discount, horizon));

    /// <summary>Discounted expected purchases of every row; of one customer each where rows are shared.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead; unlimited for DERT proper.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The estimates, on the logarithm.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public EstimateColumn DiscountedPurchases(
        PurchaseHistories histories, DiscountRate discount, Horizon horizon, CancellationToken cancellationToken = default) =>
        OfEveryRow(histories, DiscountedPurchasesAhead(discount, horizon), cancellationToken);

    /// <summary>Discounted expected time for which a customer with this history will still be one.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>The estimate, on the logarithm, in the model's unit.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    public Estimate DiscountedLifetime(in PurchaseHistory history, DiscountRate discount, Horizon horizon) =>
        OfOne(history, DiscountedLifetimeAhead(discount, horizon));

    /// <summary>How many purchases a customer with this history may make in (T, T + t], the uncertainty of the parameters included.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="horizon">t, limited.</param>
    /// <param name="cancellationToken">Stops the work, which takes a second for thousands of purchases.</param>
    /// <returns>The probabilities of 0, 1, 2, … purchases.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="horizon"/> is unlimited, or so long that more than 5,000 purchases are expected.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The parameters are so extreme that a probability is no number.</exception>
    public PurchaseOutcome OutcomeOfPurchases(in PurchaseHistory history, Horizon horizon, CancellationToken cancellationToken = default)
    {
        _ = _model.Limited(horizon);
        PurchaseHistory customer = history;
        PurchaseOutcome.CheckListable(_model.ExpectedPurchases(history, horizon), nameof(horizon));

        PurchaseModel[] models = Array.ConvertAll(SigmaPoints.Of(_model.Parameters, Covariance), _model.WithParameters);
        return PurchaseOutcome.Of(n => models.Average(model => model.ProbabilityOfPurchases(customer, n, horizon)), cancellationToken);
    }

    /// <summary>Purchases in (T, T + t] of the whole base: the sum over its customers.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="horizon">t, limited.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The forecast, with both intervals.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public TotalForecast TotalPurchases(PurchaseHistories histories, Horizon horizon, CancellationToken cancellationToken = default)
    {
        double t = _model.Limited(horizon);
        ArgumentNullException.ThrowIfNull(histories);
        var slopes = new double[histories.Distinct.Count * AliveProcess.Parameters];
        double[] expected = _model.OfEveryDistinct(histories, Purchases(horizon), slopes, cancellationToken);
        double[] pairs = _model.OfEveryDistinct(histories, (process, _) => process.DiscountedPairs(0, t), cancellationToken);
        var (total, error) = Sum(histories, expected, slopes);
        double variance = 0;
        for (int row = 0; row < expected.Length; row++)
        {
            variance += histories.Distinct.Customers[row] * Math.Max(0, pairs[row] + expected[row] - (expected[row] * expected[row]));
        }

        return new(new(total, error, EstimateScale.Log), variance, null, isCount: true);
    }

    /// <summary>The sum over customers of what was asked of distinct histories, and the standard error of its logarithm.</summary>
    internal (double Total, double LogError) Sum(PurchaseHistories histories, double[] values, double[] slopes)
    {
        Span<double> sums = stackalloc double[AliveProcess.Parameters];
        sums.Clear();
        for (int row = 0; row < values.Length; row++)
        {
            double customers = histories.Distinct.Customers[row];
            for (int i = 0; i < AliveProcess.Parameters; i++)
            {
                sums[i] += customers * slopes[(row * AliveProcess.Parameters) + i];
            }
        }

        double total = OrderFreeSum.Of(values, histories.Distinct.Customers);
        return (total, total > 0 ? Covariance.StandardError(sums) / total : 0);
    }

    internal PurchaseModel.Ahead Purchases(Horizon horizon, [CallerArgumentExpression(nameof(horizon))] string name = "")
    {
        double t = _model.Limited(horizon, name);
        return (process, slopes) => process.ExpectedPurchases(t, slopes);
    }

    internal PurchaseModel.Ahead DiscountedPurchasesAhead(DiscountRate discount, Horizon horizon)
    {
        _model.CheckPurchasesExist(discount, horizon);
        double delta = discount.Per(_model.Unit);
        double t = horizon.In(_model.Unit);
        return (process, slopes) => process.DiscountedPurchases(delta, t, slopes);
    }

    internal PurchaseModel.Ahead DiscountedLifetimeAhead(DiscountRate discount, Horizon horizon)
    {
        _model.CheckLifetimeExists(discount, horizon);
        double delta = discount.Per(_model.Unit);
        double t = horizon.In(_model.Unit);
        return (process, slopes) => process.DiscountedLifetime(delta, t, slopes);
    }

    internal static PurchaseModel Own(IPurchaseModel model, string name) => model as PurchaseModel ?? throw new ArgumentException(
        $"The model '{model.Name}' is not one of this library, so that it gives no slopes. There are {string.Join(", ", PurchaseModels.Names)}.", name);

    private Estimate OfOne(in PurchaseHistory history, PurchaseModel.Ahead ahead)
    {
        Span<double> slopes = stackalloc double[AliveProcess.Parameters];
        double value = _model.OfOne(history, ahead, slopes);
        return Bent(history, value, LogError(value, slopes), EstimateScale.Log, ahead);
    }

    private Estimate OfNewCustomer(PurchaseModel.Ahead ahead)
    {
        Span<double> slopes = stackalloc double[AliveProcess.Parameters];
        double value = _model.OfNewCustomer(ahead, slopes);
        return new(value, LogError(value, slopes), EstimateScale.Log);
    }

    private EstimateColumn OfEveryRow(PurchaseHistories histories, PurchaseModel.Ahead ahead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var values = new double[histories.Distinct.Count];
        var errors = new double[values.Length];
        _model.AnswerEveryDistinct(
            histories,
            ahead,
            AliveProcess.Parameters,
            (row, value, slopes) =>
            {
                values[row] = value;
                errors[row] = LogError(value, slopes);
            },
            cancellationToken);
        return Column(histories, values, errors, EstimateScale.Log, Bends(histories, errors, ahead));
    }

    private double LogError(double value, ReadOnlySpan<double> slopes) => value > 0 ? Covariance.StandardError(slopes) / value : 0;

    private static EstimateColumn Column(PurchaseHistories histories, double[] values, double[] errors, EstimateScale scale, double[]? bends) =>
        new(values, errors, scale, histories.Distinct.GroupOfRow, bends);

    /// <summary>The bends of every distinct history, or null where none has one.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="errors">The standard errors of what is asked of them.</param>
    /// <param name="ahead">What is asked, on the logarithm; null for P(alive), on the logit.</param>
    internal double[]? Bends(PurchaseHistories histories, double[] errors, PurchaseModel.Ahead? ahead)
    {
        DistinctHistories distinct = histories.Distinct;
        if (distinct.Count == 0 || distinct.Frequency[0] > 0 || BendOf(ahead) is not { } bend)
        {
            return null;
        }

        // In the order of x and T: those without repeats come first, and those of one T together.
        var bends = new double[distinct.Count];
        for (int row = 0; row < bends.Length && distinct.Frequency[row] == 0; row++)
        {
            bends[row] = errors[row] * bend.At(distinct.Age[row]);
        }

        return bends;
    }

    private Estimate Bent(in PurchaseHistory history, double value, double error, EstimateScale scale, PurchaseModel.Ahead? ahead) =>
        new(value, error, scale, history.Frequency == 0 && BendOf(ahead) is { } bend ? error * bend.At(history.Age) : 0);

    private IntervalBend? BendOf(PurchaseModel.Ahead? ahead) =>
        Covariance.HasThirdDerivatives && _model is MbgNbd model ? new(model, Covariance, ahead is null ? LogitAlive : LogOf(ahead)) : null;

    private static double LogitAlive(PurchaseModel model, double age, Span<double> slopes)
    {
        double odds = model.LogOddsOutWithoutRepeats(age, slopes);
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] = -slopes[i];
        }

        return -odds;
    }

    private static IntervalBend.Answer LogOf(PurchaseModel.Ahead ahead) => (model, age, slopes) =>
    {
        // What lies ahead without end is infinite where it comes out below 0 or as no number.
        double value = model.OfOneWithoutRepeats(age, ahead, slopes);
        if (!(value >= 0))
        {
            return double.PositiveInfinity;
        }

        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] /= value;
        }

        return Math.Log(value);
    };
}
