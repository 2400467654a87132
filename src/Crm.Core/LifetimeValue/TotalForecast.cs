using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What all customers of a base together are expected to do, how sure the expectation is, and what may come of it.</summary>
/// <remarks>
/// Both intervals are conditional on the model: where customers change their ways, or the season does, the total may lie outside
/// either. Immutable and thread-safe.
/// </remarks>
public sealed record TotalForecast
{
    private readonly Estimate _estimate;

    private readonly bool _isCount;

    internal TotalForecast(Estimate estimate, double? variance, string? whyNoOutcome, bool isCount = false)
    {
        _estimate = estimate;
        _isCount = isCount;
        Variance = variance;
        WhyNoOutcome = whyNoOutcome;
    }

    /// <summary>Gets the expectation.</summary>
    public double Value => _estimate.Value;

    /// <summary>Gets the expectation with the uncertainty of the parameters.</summary>
    public Estimate Estimate => _estimate;

    /// <summary>
    /// Gets the variance of the actual total around its expectation if the parameters were known: chance alone. Null where it does not
    /// exist.
    /// </summary>
    public double? Variance { get; }

    /// <summary>Gets why there is no outcome interval, or null where there is one.</summary>
    public string? WhyNoOutcome { get; }

    /// <summary>Gets the standard deviation of what will happen around the expectation: chance and uncertain parameters; null without an outcome interval.</summary>
    public double? OutcomeDeviation => Variance is { } chance ? Math.Sqrt(chance + Math.Pow(NaturalError, 2)) : null;

    private double NaturalError => _estimate.Scale == EstimateScale.Log ? Value * _estimate.StandardError : _estimate.StandardError;

    /// <summary>Gives the interval for the expectation: the uncertainty of the parameters alone.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public IntervalBounds EstimateInterval(double level) => _estimate.EstimateInterval(level);

    /// <summary>Gives the interval for the total that will come: parameters, dropout, purchases and spend.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>
    /// The interval, wider than <see cref="EstimateInterval"/>: on the logarithm where the total is above 0 by nature, chance then adding
    /// ln(1 + variance / expectation²) to the variance of its error, else on the value itself. Of purchases, where 300 or fewer are expected,
    /// it goes from one whole number to another, those of the negative binomial with the same mean and variance.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    /// <exception cref="UndefinedValueException">There is none; <see cref="WhyNoOutcome"/> says why.</exception>
    public IntervalBounds OutcomeInterval(double level)
    {
        double z = NormalDistribution.HalfWidth(IntervalBounds.Checked(level));
        double deviation = OutcomeDeviation ?? throw new UndefinedValueException(WhyNoOutcome!);
        if (_isCount && Value is > 0 and <= CountQuantiles.MostMean)
        {
            var (least, most) = CountQuantiles.Middle(Value, deviation * deviation, level);
            return new(least, most, level);
        }

        double onScale = Value == 0 || _estimate.Scale != EstimateScale.Log ? deviation
            : Math.Sqrt(Math.Pow(_estimate.StandardError, 2) + LogSpread(Variance!.Value));
        var (low, high) = _estimate.Ends(z * onScale);
        return new(low, high, level);
    }

    // ln(1 + variance / value²), where the square of an expectation near 0 may be too small for a number.
    private double LogSpread(double variance)
    {
        double ratio = variance / (Value * Value);
        return double.IsFinite(ratio) ? ElementaryFunctions.Log1P(ratio) : variance == 0 ? 0 : Math.Log(variance) - (2 * Math.Log(Value));
    }
}
