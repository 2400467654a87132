using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>What a fitted spend model expects of an occasion, with how sure the expectation is, and what an occasion may be worth.</summary>
/// <remarks>
/// An <see cref="Estimate"/> carries the uncertainty of the parameters (delta method, on the logarithm); an outcome interval is for the
/// value of the next occasion, chance included. Both are conditional on the model. Immutable and thread-safe.
/// </remarks>
public sealed class SpendEstimates
{
    internal const int Parameters = 3;

    private readonly GammaGamma[] _sigmaPoints;

    private SpendEstimates(GammaGamma model, ParameterCovariance covariance)
    {
        Model = model;
        Covariance = covariance;
        _sigmaPoints = Array.ConvertAll(SigmaPoints.Of(model.Parameters, covariance), model.WithParameters);
    }

    /// <summary>Gets the model.</summary>
    public GammaGamma Model { get; }

    /// <summary>Gets how uncertain its parameters are.</summary>
    public ParameterCovariance Covariance { get; }

    /// <summary>Makes the estimates of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fit"/> is null.</exception>
    /// <exception cref="FitFailedException">
    /// The fit has no model, or its data do not determine the parameters well enough for intervals; the message says what to do.
    /// </exception>
    public static SpendEstimates Of(FitResult<GammaGamma> fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new(fit.OrThrow(), fit.CovarianceOrThrow());
    }

    /// <summary>Makes the estimates of a model and how uncertain its parameters are, as they are saved with a fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="covariance">The covariance of the logarithms of p, q and γ.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The covariance is of another number of parameters.</exception>
    public static SpendEstimates Of(GammaGamma model, ParameterCovariance covariance)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(covariance);
        Guard.SameLength(Parameters, covariance.Count, "parameters of the model", nameof(covariance));
        return new(model, covariance);
    }

    /// <summary>Expected value of an occasion of a customer of whom nothing is known: the population mean.</summary>
    /// <returns>The estimate, on the logarithm, in the model's currency.</returns>
    /// <exception cref="UndefinedValueException">It does not exist under these parameters.</exception>
    public Estimate ExpectedSpend() => ExpectedSpend(0, 0);

    /// <summary>Expected value of an occasion of a customer with this history.</summary>
    /// <param name="history">The history. Without repeat purchases, or with a mean spend of 0 or less, it is the population mean.</param>
    /// <returns>The estimate, on the logarithm, in the model's currency.</returns>
    /// <exception cref="CurrencyMismatchException">The history has a mean spend in another currency.</exception>
    /// <exception cref="UndefinedValueException">It does not exist under these parameters.</exception>
    public Estimate ExpectedSpend(in PurchaseHistory history)
    {
        _ = Model.ExpectedSpend(history); // checks the currency
        return ExpectedSpend(history.Frequency, history.MeanSpend);
    }

    /// <summary>The interval in which the value of the next occasion will lie, the uncertainty of the parameters included.</summary>
    /// <param name="history">The history. Without repeat purchases, or with a mean spend of 0 or less, it is the population's.</param>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>The interval, as much left out at either end, in the model's currency.</returns>
    /// <exception cref="CurrencyMismatchException">The history has a mean spend in another currency.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public IntervalBounds OutcomeInterval(in PurchaseHistory history, double level)
    {
        double outside = 0.5 * (1 - IntervalBounds.Checked(level));
        PurchaseHistory customer = history;
        SpendDistribution[] distributions = Array.ConvertAll(_sigmaPoints, model => model.Distribution(customer));
        return new(Quantile(distributions, outside), Quantile(distributions, 1 - outside), level);
    }

    /// <summary>The expected spend, and its slopes in ln p, ln q and ln γ over itself.</summary>
    internal double LogSlopes(int frequency, double meanSpend, Span<double> slopes)
    {
        SpendDistribution distribution = Model.Distribution(frequency, meanSpend);
        double mean = distribution.Mean;
        double over = 1 / (distribution.TailShape - 1);
        slopes[0] = 1 - ((distribution.TailShape - Model.Q) * over);
        slopes[1] = -Model.Q * over;
        slopes[2] = Model.Gamma / distribution.Scale;
        return mean;
    }

    private Estimate ExpectedSpend(int frequency, double meanSpend)
    {
        Span<double> slopes = stackalloc double[Parameters];
        double mean = LogSlopes(frequency, meanSpend, slopes);
        return new(mean, Covariance.StandardError(slopes), EstimateScale.Log);
    }

    // Bisection between the quantiles of the parts: the quantile of a mixture lies between them.
    private static double Quantile(SpendDistribution[] distributions, double probability)
    {
        double low = distributions.Min(part => part.Quantile(probability));
        double high = distributions.Max(part => part.Quantile(probability));
        for (int i = 0; i < 200 && high - low > 1e-12 * high; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = distributions.Average(part => part.CumulativeProbability(middle)) < probability ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
