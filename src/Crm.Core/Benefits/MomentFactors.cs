namespace Crm.Core.Benefits;

/// <summary>The factors of an offer by buying moment: before the purchase, at it, and after it.</summary>
/// <remarks>
/// A price is paid at the purchase, a trip to the store costs time before it, a delivery after it. The offer is chosen by all of them
/// together, see <see cref="Total"/>. What is not set is 0; NaN says that a factor is not known. Immutable and thread-safe.
/// </remarks>
public sealed record MomentFactors
{
    /// <summary>Gets the factors before the purchase.</summary>
    public BenefitFactors Before { get; init; }

    /// <summary>Gets the factors at the purchase.</summary>
    public BenefitFactors At { get; init; }

    /// <summary>Gets the factors after the purchase.</summary>
    public BenefitFactors After { get; init; }

    /// <summary>Gets the sum over the moments, (before + at) + after, factor by factor: what scores are made of.</summary>
    public BenefitFactors Total => Before + At + After;

    /// <summary>Gets the factors of a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moment"/> is none of the three.</exception>
    public BenefitFactors this[BuyingMoment moment] => moment switch
    {
        BuyingMoment.Before => Before,
        BuyingMoment.At => At,
        BuyingMoment.After => After,
        _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "There are three moments: before, at and after."),
    };

    /// <summary>Makes the factors of an offer whose moments are not told apart: all are felt at the purchase.</summary>
    /// <param name="factors">The factors.</param>
    /// <returns>The factors by moment.</returns>
    public static MomentFactors Of(BenefitFactors factors) => new() { At = factors };

    /// <summary>These factors with those of one moment changed.</summary>
    internal MomentFactors With(BuyingMoment moment, BenefitFactors factors) => moment switch
    {
        BuyingMoment.Before => this with { Before = factors },
        BuyingMoment.At => this with { At = factors },
        _ => this with { After = factors },
    };
}
