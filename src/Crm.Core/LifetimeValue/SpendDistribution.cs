using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The distribution of the value of one occasion of one customer.</summary>
/// <remarks>
/// A gamma value whose own rate is gamma: Gamma(p, ν) with ν ~ Gamma(q, γ), a beta prime distribution with scale γ. Immutable and
/// thread-safe. The default value is no distribution: its shapes are 0 and it answers nothing.
/// </remarks>
public readonly record struct SpendDistribution
{
    internal SpendDistribution(double shape, double tailShape, double scale)
    {
        Shape = shape;
        TailShape = tailShape;
        Scale = scale;
    }

    /// <summary>Gets p, the shape of an occasion's value given the customer's rate.</summary>
    public double Shape { get; }

    /// <summary>Gets the shape of the rate, q of the population or p·x + q of a customer; the heavier the tail, the smaller.</summary>
    public double TailShape { get; }

    /// <summary>Gets the scale, γ of the population or γ + x·m_x of a customer, in the currency.</summary>
    public double Scale { get; }

    /// <summary>Gets a value indicating whether the mean exists: <see cref="TailShape"/> above 1.</summary>
    public bool HasMean => TailShape > 1;

    /// <summary>Gets a value indicating whether the variance exists: <see cref="TailShape"/> above 2.</summary>
    public bool HasVariance => TailShape > 2;

    /// <summary>Gets the mean, in the currency.</summary>
    /// <exception cref="UndefinedValueException">It does not exist.</exception>
    public double Mean => HasMean ? Shape * Scale / (TailShape - 1) : throw Undefined("mean", 1);

    /// <summary>Gets the variance, in the currency squared.</summary>
    /// <exception cref="UndefinedValueException">It does not exist.</exception>
    public double Variance => HasVariance
        ? Shape * (Shape + TailShape - 1) * Scale / (TailShape - 1) * (Scale / (TailShape - 1)) / (TailShape - 2)
        : throw Undefined("variance", 2);

    /// <summary>Probability density at a value.</summary>
    /// <param name="value">In the currency; finite, 0 or more.</param>
    /// <returns>The density; positive infinity at 0 when <see cref="Shape"/> is below 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative, infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public double Density(double value)
    {
        CheckMade();
        Guard.NotNegative(value);
        double ratio = value / Scale;
        return value > 0
            ? Math.Exp((Shape * Math.Log(ratio)) - ((Shape + TailShape) * ElementaryFunctions.Log1P(ratio)) - GammaFunctions.LogBeta(Shape, TailShape)) / value
            : Shape > 1 ? 0 : Shape == 1 ? TailShape / Scale : double.PositiveInfinity;
    }

    /// <summary>Probability of a value up to and including this one.</summary>
    /// <param name="value">In the currency; finite, 0 or more.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is negative, infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public double CumulativeProbability(double value)
    {
        CheckMade();
        Guard.NotNegative(value);
        double whole = Scale + value;
        return BetaFunctions.Regularized(Shape, TailShape, value / whole, Scale / whole);
    }

    /// <summary>The value below which an occasion's value lies with a given probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <returns>In the currency, above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public double Quantile(double probability)
    {
        CheckMade();
        Guard.InRange(probability, double.Epsilon, 1 - 1e-16);
        return Scale * BetaFunctions.QuantileOdds(Shape, TailShape, probability);
    }

    /// <summary>Gives the three numbers of the distribution, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"beta prime: shape {Shape}, tail shape {TailShape}, scale {Scale}");

    private UndefinedValueException Undefined(string what, int above) => new(FormattableString.Invariant(
        $"The {what} of an occasion's value does not exist: its tail shape (p·x + q) is {TailShape:0.###}, and must be above {above}. ")
        + "The spread between customers is too wide for it; use the median, or fit on more customers.");

    private void CheckMade()
    {
        if (Shape == 0)
        {
            throw new InvalidOperationException("This is the default value and no distribution. Get one by ISpendModel.Distribution.");
        }
    }
}
