namespace Crm.Core.Benefits;

/// <summary>What one factor does to a score, and to its lead over the runner-up.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FactorEffect
{
    /// <summary>Gets the factor.</summary>
    public required BenefitFactor Factor { get; init; }

    /// <summary>Gets the value of the factor in its own unit, as it came.</summary>
    public required double Value { get; init; }

    /// <summary>Gets the value as the weight counts it.</summary>
    public required double ScaledValue { get; init; }

    /// <summary>Gets the weight.</summary>
    public required double Weight { get; init; }

    /// <summary>Gets the signed contribution to the score.</summary>
    public required double Contribution { get; init; }

    /// <summary>Gets the contribution less that of the runner-up; null without one.</summary>
    public double? Difference { get; init; }

    /// <summary>
    /// Gets the change of this factor, in its own unit, at which the two offers are level, all else equal: beyond it the runner-up wins
    /// (or, for an offer that trails, it no longer trails). Null without a runner-up, where the factor has no weight, and where the change
    /// exceeds the range of numbers.
    /// </summary>
    public double? ChangeToTie { get; init; }
}
