namespace Crm.Core.Benefits;

/// <summary>The five signed parts of a score: +w_U·U, +w_B·B, +w_R·R, −w_C·C, −w_T·T.</summary>
/// <remarks>Their sum from left to right is the score, to the bit. Immutable and thread-safe.</remarks>
public readonly record struct BenefitContributions
{
    /// <summary>Gets w_U·U.</summary>
    public double Utility { get; init; }

    /// <summary>Gets w_B·B.</summary>
    public double Brand { get; init; }

    /// <summary>Gets w_R·R.</summary>
    public double Relationship { get; init; }

    /// <summary>Gets −w_C·C.</summary>
    public double Cost { get; init; }

    /// <summary>Gets −w_T·T.</summary>
    public double Time { get; init; }

    /// <summary>Gets the sum from left to right: the score.</summary>
    public double Total => Utility + Brand + Relationship + Cost + Time;

    /// <summary>Gets the contribution of a factor.</summary>
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

    internal static BenefitContributions Of(BenefitWeights weights, BenefitFactors scaled) => new()
    {
        Utility = weights.Utility * scaled.Utility,
        Brand = weights.Brand * scaled.Brand,
        Relationship = weights.Relationship * scaled.Relationship,
        Cost = -(weights.Cost * scaled.Cost),
        Time = -(weights.Time * scaled.Time),
    };
}
