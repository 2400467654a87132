using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>An expectation with its uncertainty: how far the data determine it, given that the model holds.</summary>
/// <remarks>
/// <para>
/// The uncertainty is that of the parameters alone, by the delta method, and by the next order after it where <see cref="Bend"/> is not 0. It says how well the expectation is known, not what will
/// happen: one customer's actual purchases lie far outside it most of the time. For those ask for an outcome interval.
/// </para>
/// <para>Immutable and thread-safe. The default value is an estimate of 0 without uncertainty.</para>
/// </remarks>
public readonly record struct Estimate
{
    internal Estimate(double value, double standardError, EstimateScale scale, double bend = 0)
    {
        Value = value;
        StandardError = standardError;
        Scale = scale;
        Bend = bend;
    }

    /// <summary>Gets the expectation.</summary>
    public double Value { get; }

    /// <summary>Gets the standard error on <see cref="Scale"/>: of ln(value), say, which for small errors is the relative error. 0 or more.</summary>
    public double StandardError { get; }

    /// <summary>Gets the scale on which the error is taken to be normal.</summary>
    public EstimateScale Scale { get; }

    /// <summary>
    /// Gets how much further than the standard error says the interval reaches on one side, on <see cref="Scale"/>: up where it is above 0, down
    /// where it is below, by q² times as much for a standard normal quantile q, and by half of what the standard error says at most. It is for customers
    /// without repeat purchases under MBG/NBD, from −0.3 to 0.3 times <see cref="StandardError"/>; 0 for everybody else, where the delta method is taken as it is.
    /// </summary>
    public double Bend { get; }

    /// <summary>Gives the interval in which the expectation lies with a given probability, as far as the parameters are uncertain.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>The interval; it holds <see cref="Value"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public IntervalBounds EstimateInterval(double level)
    {
        var (low, high) = Ends(Value, NormalDistribution.HalfWidth(IntervalBounds.Checked(level)), StandardError, Bend, Scale);
        return new(low, high, level);
    }

    /// <summary>Gives value and standard error, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Bend == 0
        ? FormattableString.Invariant($"{Value} (standard error {StandardError} in {Scale})")
        : FormattableString.Invariant($"{Value} (standard error {StandardError}, bend {Bend} in {Scale})");

    /// <summary>The ends for a standard normal quantile.</summary>
    internal static (double Low, double High) Ends(double value, double quantile, double error, double bend, EstimateScale scale)
    {
        var (low, high) = Ends(value, quantile * error, scale);
        if (bend == 0)
        {
            return (low, high);
        }

        // Half as far again at most: a next order that is larger says nothing.
        double further = Math.Min(quantile * quantile * Math.Abs(bend), quantile * error / 2);
        var (lower, higher) = Ends(value, (quantile * error) + further, scale);
        return bend > 0 ? (low, higher) : (lower, high);
    }

    /// <summary>The value, moved down and up on its scale; by nothing it is itself.</summary>
    internal (double Low, double High) Ends(double by) => Ends(Value, by, Scale);

    /// <summary>A value, moved down and up on a scale; by nothing it is itself.</summary>
    internal static (double Low, double High) Ends(double value, double by, EstimateScale scale)
    {
        if (scale == EstimateScale.Natural)
        {
            return (value - by, value + by);
        }

        double factor = Math.Exp(by);
        return scale == EstimateScale.Log
            ? (value / factor, value * factor)
            : (value / (value + ((1 - value) * factor)), value / (value + ((1 - value) / factor)));
    }
}
