using System.Runtime.CompilerServices;

namespace Crm.Core.Benefits;

/// <summary>What a segment of customers weighs when it chooses: the weights of benefit = w_U·U + w_B·B + w_R·R − w_C·C − w_T·T.</summary>
/// <remarks>
/// Weights are finite and not negative; the signs are in the formula. Only their ratios matter for which offer wins. The default value
/// weighs nothing. Immutable and thread-safe.
/// </remarks>
public readonly record struct BenefitWeights
{
    private BenefitWeights(double utility, double brand, double relationship, double cost, double time)
    {
        Utility = utility;
        Brand = brand;
        Relationship = relationship;
        Cost = cost;
        Time = time;
    }

    /// <summary>
    /// Gets weights of customers who look at the price first and at utility and time last. A starting point for factors on like scales,
    /// not a truth: estimate the weights of your own customers from what they chose.
    /// </summary>
    public static BenefitWeights PriceLed { get; } = new(utility: 0.10, brand: 0.15, relationship: 0.15, cost: 0.50, time: 0.10);

    /// <summary>
    /// Gets weights of customers who look at utility, cost and time before brand and relationship, as business buyers often do. A starting
    /// point for factors on like scales, not a truth.
    /// </summary>
    public static BenefitWeights ValueAndTimeLed { get; } = new(utility: 0.30, brand: 0.10, relationship: 0.10, cost: 0.30, time: 0.20);

    /// <summary>Gets weights of customers who look at the relationship first. A starting point for factors on like scales, not a truth.</summary>
    public static BenefitWeights RelationshipLed { get; } = new(utility: 0.15, brand: 0.20, relationship: 0.40, cost: 0.15, time: 0.10);

    /// <summary>Gets w_U, the weight of utility.</summary>
    public double Utility { get; }

    /// <summary>Gets w_B, the weight of the brand.</summary>
    public double Brand { get; }

    /// <summary>Gets w_R, the weight of the relationship.</summary>
    public double Relationship { get; }

    /// <summary>Gets w_C, the weight of cost.</summary>
    public double Cost { get; }

    /// <summary>Gets w_T, the weight of time.</summary>
    public double Time { get; }

    /// <summary>
    /// Gets the value of time, w_T / w_C: what one unit of time saved may cost at the same benefit, both as the weights count them. Null
    /// where cost has no weight. In the units of the factors: <see cref="WeightBook.ValueOfTime"/>.
    /// </summary>
    public double? ValueOfTime => InCost(Time);

    /// <summary>Gets the weight of a factor.</summary>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is none of the five.</exception>
    public double this[BenefitFactor factor] => factor switch
    {
        BenefitFactor.Utility => Utility,
        BenefitFactor.Brand => Brand,
        BenefitFactor.Relationship => Relationship,
        BenefitFactor.Cost => Cost,
        BenefitFactor.Time => Time,
        _ => throw FactorNames.Unknown(factor),
    };

    /// <summary>Makes weights.</summary>
    /// <param name="utility">w_U, finite, 0 or more.</param>
    /// <param name="brand">w_B, finite, 0 or more.</param>
    /// <param name="relationship">w_R, finite, 0 or more.</param>
    /// <param name="cost">w_C, finite, 0 or more: the formula subtracts.</param>
    /// <param name="time">w_T, finite, 0 or more: the formula subtracts.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a finite number of 0 or more.</exception>
    public static BenefitWeights Of(double utility, double brand, double relationship, double cost, double time) => new(
        Checked(utility), Checked(brand), Checked(relationship), Checked(cost), Checked(time));

    /// <summary>Gives these weights with one changed.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="weight">Its new weight, finite, 0 or more.</param>
    /// <returns>The changed weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is none of the five, or <paramref name="weight"/> is no weight.</exception>
    public BenefitWeights With(BenefitFactor factor, double weight)
    {
        _ = FactorNames.Of(factor);
        double changed = Checked(weight);
        BenefitWeights old = this;
        double Of(BenefitFactor other) => other == factor ? changed : old[other];
        return new(Of(BenefitFactor.Utility), Of(BenefitFactor.Brand), Of(BenefitFactor.Relationship), Of(BenefitFactor.Cost), Of(BenefitFactor.Time));
    }

    /// <summary>
    /// Willingness to pay, w / w_C: what one more unit of utility, brand or relationship may cost at the same benefit, both as the weights
    /// count them. In the units of the factors: <see cref="WeightBook.WillingnessToPay"/>.
    /// </summary>
    /// <param name="factor">Utility, brand or relationship.</param>
    /// <returns>The amount, 0 or more; null where cost has no weight, since then no amount is too much.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is cost or time; for time there is <see cref="ValueOfTime"/>.</exception>
    public double? WillingnessToPay(BenefitFactor factor) => InCost(this[Gained(factor)]);

    /// <summary>Scores an offer whose factors are in the units of these weights.</summary>
    /// <param name="factors">The factors, all finite.</param>
    /// <returns>The score, with its five contributions.</returns>
    /// <exception cref="ArgumentException">A factor is not known (NaN) or not finite, or the score exceeds the range of numbers.</exception>
    public BenefitScore Score(BenefitFactors factors) => BenefitScore.Of(this, factors, FactorScales.Identity);

    internal static BenefitFactor Gained(BenefitFactor factor) => FactorNames.IsSubtracted(factor)
        ? throw new ArgumentOutOfRangeException(nameof(factor), factor, "One pays for utility, brand or relationship. What time is worth is ValueOfTime.")
        : factor;

    private double? InCost(double weight) => Cost > 0 ? weight / Cost : null;

    private static double Checked(double weight, [CallerArgumentExpression(nameof(weight))] string name = "") =>
        Guard.NotNegative(weight, "The signs are in the formula: cost and time are subtracted.", name);
}
