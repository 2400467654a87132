namespace Crm.Core.Benefits;

/// <summary>The scales of the five factors.</summary>
/// <remarks>What is not set is taken as it is. Immutable and thread-safe.</remarks>
public sealed record FactorScales
{
    /// <summary>Gets the scales that take all factors as they are.</summary>
    public static FactorScales Identity { get; } = new();

    /// <summary>Gets the scale of utility.</summary>
    public FactorScale Utility { get; init => field = Given(value); } = FactorScale.Identity;

    /// <summary>Gets the scale of the brand.</summary>
    public FactorScale Brand { get; init => field = Given(value); } = FactorScale.Identity;

    /// <summary>Gets the scale of the relationship.</summary>
    public FactorScale Relationship { get; init => field = Given(value); } = FactorScale.Identity;

    /// <summary>Gets the scale of cost.</summary>
    public FactorScale Cost { get; init => field = Given(value); } = FactorScale.Identity;

    /// <summary>Gets the scale of time.</summary>
    public FactorScale Time { get; init => field = Given(value); } = FactorScale.Identity;

    /// <summary>Gets a value indicating whether all factors are taken as they are, and none stands in for a missing one.</summary>
    internal bool AreIdentity => Equals(Identity);

    /// <summary>Gets the scale of a factor.</summary>
    /// <param name="factor">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is none of the five.</exception>
    public FactorScale this[BenefitFactor factor] => factor switch
    {
        BenefitFactor.Utility => Utility,
        BenefitFactor.Brand => Brand,
        BenefitFactor.Relationship => Relationship,
        BenefitFactor.Cost => Cost,
        BenefitFactor.Time => Time,
        _ => throw FactorNames.Unknown(factor),
    };

    /// <summary>Scales factors.</summary>
    /// <param name="factors">The factors in their own units.</param>
    /// <returns>What the weights count; NaN where a factor is missing and nothing stands in for it.</returns>
    public BenefitFactors Scale(BenefitFactors factors) => new()
    {
        Utility = Utility.Scale(factors.Utility),
        Brand = Brand.Scale(factors.Brand),
        Relationship = Relationship.Scale(factors.Relationship),
        Cost = Cost.Scale(factors.Cost),
        Time = Time.Scale(factors.Time),
    };

    private static FactorScale Given(FactorScale scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        return scale;
    }
}
