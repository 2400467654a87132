using System.Globalization;

namespace Crm.Core.Benefits;

/// <summary>What an offer is worth to a customer, and of what that is made.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class BenefitScore
{
    private BenefitScore(BenefitWeights weights, FactorScales scales, BenefitFactors factors, BenefitFactors scaled)
    {
        Weights = weights;
        Scales = scales;
        Factors = factors;
        ScaledFactors = scaled;
        Contributions = BenefitContributions.Of(weights, scaled);
        Value = Contributions.Total;
    }

    /// <summary>Gets the score: the sum of the contributions from left to right. Higher is better for the customer.</summary>
    public double Value { get; }

    /// <summary>Gets the five signed parts of the score.</summary>
    public BenefitContributions Contributions { get; }

    /// <summary>Gets the weights it was scored with.</summary>
    public BenefitWeights Weights { get; }

    /// <summary>Gets the scales it was scored with.</summary>
    public FactorScales Scales { get; }

    /// <summary>Gets the factors as they came, in their own units.</summary>
    public BenefitFactors Factors { get; }

    /// <summary>Gets the factors as the weights count them.</summary>
    public BenefitFactors ScaledFactors { get; }

    /// <summary>Explains the score by factor.</summary>
    /// <returns>The explanation.</returns>
    public BenefitExplanation Explain() => new(this, null);

    /// <summary>Explains the score by factor, and against the runner-up.</summary>
    /// <param name="runnerUp">The score of the offer to compare with, for the same customer: same weights and scales.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="runnerUp"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="runnerUp"/> was scored with other weights or scales.</exception>
    public BenefitExplanation Explain(BenefitScore runnerUp)
    {
        ArgumentNullException.ThrowIfNull(runnerUp);
        return runnerUp.Weights == Weights && runnerUp.Scales == Scales ? new(this, runnerUp) : throw new ArgumentException(
            "The two offers were scored with different weights or scales, so that their scores do not compare. Score both for the same customer.",
            nameof(runnerUp));
    }

    /// <summary>Gives the score as a number.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    internal static BenefitScore Of(BenefitWeights weights, BenefitFactors factors, FactorScales scales)
    {
        BenefitScore score = new(weights, scales, factors, scales.Scale(factors));
        return double.IsFinite(score.Value) ? score : throw new ArgumentException(Refusal(score), nameof(factors));
    }

    // All factors that are at fault are named together.
    private static string Refusal(BenefitScore score)
    {
        var wrong = new List<string>();
        foreach (BenefitFactor factor in FactorNames.All)
        {
            double value = score.Factors[factor];
            if (double.IsNaN(value) && double.IsNaN(score.ScaledFactors[factor]))
            {
                wrong.Add($"{FactorNames.Of(factor)} is missing (NaN)");
            }
            else if (double.IsInfinity(value))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{FactorNames.Of(factor)} is {value}"));
            }
        }

        return wrong.Count > 0
            ? $"Factors must be finite numbers: {string.Join(", ", wrong)}. Give them, or a scale that says what stands in for a missing one."
            : "The score exceeds the range of numbers. Give factors and weights of ordinary size.";
    }
}
