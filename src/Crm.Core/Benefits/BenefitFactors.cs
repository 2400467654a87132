namespace Crm.Core.Benefits;

/// <summary>What an offer is to a customer, by factor: utility, brand, relationship, cost and time.</summary>
/// <remarks>
/// In any unit, as long as it is the same for all offers that are compared: money, hours, points; a <see cref="FactorScale"/> says what a
/// unit is worth. Cost and time are given as they are, and subtracted by the formula: a price of 39 is <c>Cost = 39</c>. NaN says that a
/// factor is not known; a scale says what stands in for it. What is not set is 0. Immutable and thread-safe.
/// </remarks>
public readonly record struct BenefitFactors
{
    /// <summary>Gets U, the utility of the product or service.</summary>
    public double Utility { get; init; }

    /// <summary>Gets B, the value of the brand.</summary>
    public double Brand { get; init; }

    /// <summary>Gets R, the value of the relationship.</summary>
    public double Relationship { get; init; }

    /// <summary>Gets C, what it costs the customer.</summary>
    public double Cost { get; init; }

    /// <summary>Gets T, the time it takes the customer.</summary>
    public double Time { get; init; }

    /// <summary>Gets the value of a factor.</summary>
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

    /// <summary>Adds two sets of factors, such as those felt before a purchase and at it.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sums, factor by factor.</returns>
    public static BenefitFactors operator +(BenefitFactors left, BenefitFactors right) => left.Plus(right);

    /// <summary>Adds other factors to these.</summary>
    /// <param name="other">The others.</param>
    /// <returns>The sums, factor by factor.</returns>
    public BenefitFactors Plus(BenefitFactors other) => new()
    {
        Utility = Utility + other.Utility,
        Brand = Brand + other.Brand,
        Relationship = Relationship + other.Relationship,
        Cost = Cost + other.Cost,
        Time = Time + other.Time,
    };

    /// <summary>Gives these factors with one changed.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The changed factors.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is none of the five.</exception>
    public BenefitFactors With(BenefitFactor factor, double value) => factor switch
    {
        BenefitFactor.Utility => this with { Utility = value },
        BenefitFactor.Brand => this with { Brand = value },
        BenefitFactor.Relationship => this with { Relationship = value },
        BenefitFactor.Cost => this with { Cost = value },
        BenefitFactor.Time => this with { Time = value },
        _ => throw FactorNames.Unknown(factor),
    };
}
