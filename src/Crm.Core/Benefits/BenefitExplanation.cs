using System.Globalization;

namespace Crm.Core.Benefits;

/// <summary>Why an offer has its score, and why it wins over the runner-up: figures for a host to show, and <see cref="ToString"/> in words.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class BenefitExplanation
{
    internal BenefitExplanation(BenefitScore score, BenefitScore? runnerUp)
    {
        Score = score;
        RunnerUp = runnerUp;
        var effects = new FactorEffect[FactorNames.All.Length];
        foreach (BenefitFactor factor in FactorNames.All)
        {
            effects[(int)factor] = EffectOf(factor);
        }

        Effects = Array.AsReadOnly(effects);
    }

    /// <summary>Gets the score that is explained.</summary>
    public BenefitScore Score { get; }

    /// <summary>Gets the score it is compared with, or null.</summary>
    public BenefitScore? RunnerUp { get; }

    /// <summary>Gets the score less that of the runner-up; null without one. Below 0, the offer trails.</summary>
    public double? Lead => Score.Value - RunnerUp?.Value;

    /// <summary>Gets what each of the five factors does, in the order of the formula. The contributions sum from left to right to the score exactly.</summary>
    public IReadOnlyList<FactorEffect> Effects { get; }

    /// <summary>Gives the explanation in words.</summary>
    /// <returns>One to three sentences, in English and the invariant culture.</returns>
    public override string ToString()
    {
        string parts = $"Benefit {Text(Score.Value)}: {string.Join(", ", Effects.Select(effect => $"{NameOf(effect)} {Signed(effect.Contribution)}"))}.";
        return Lead is { } lead ? $"{parts} {AgainstRunnerUp(lead)}" : parts;
    }

    private string AgainstRunnerUp(double lead)
    {
        string place = lead == 0
            ? $"Level with the runner-up at {Text(RunnerUp!.Value)}"
            : $"{Text(Math.Abs(lead))} {(lead > 0 ? "ahead of" : "behind")} the runner-up at {Text(RunnerUp!.Value)}";
        var because = Effects.Where(effect => effect.Difference != 0).OrderByDescending(effect => Math.Abs(effect.Difference!.Value))
            .Select(effect => $"{NameOf(effect)} {Signed(effect.Difference!.Value)}").ToList();
        var changes = Effects.Where(effect => lead != 0 && effect.ChangeToTie is not null)
            .Select(effect => $"{NameOf(effect)} {(effect.ChangeToTie > 0 ? "rose" : "fell")} by {Text(Math.Abs(effect.ChangeToTie!.Value))}").ToList();
        return $"{place}{(because.Count > 0 ? $": {string.Join(", ", because)}" : "")}."
            + (changes.Count > 0 ? $" They would be level if {string.Join(", or ", changes)}." : "");
    }

    private FactorEffect EffectOf(BenefitFactor factor)
    {
        double weight = Score.Weights[factor];
        double contribution = Score.Contributions[factor];
        return new()
        {
            Factor = factor,
            Value = Score.Factors[factor],
            ScaledValue = Score.ScaledFactors[factor],
            Weight = weight,
            Contribution = contribution,
            Difference = contribution - RunnerUp?.Contributions[factor],
            ChangeToTie = ChangeToTie(factor, weight),
        };
    }

    private double? ChangeToTie(BenefitFactor factor, double weight)
    {
        double signed = FactorNames.IsSubtracted(factor) ? weight : -weight;
        double? change = weight > 0 ? Lead / signed * Score.Scales[factor].Step : null;
        return change is { } value && double.IsFinite(value) ? value : null;
    }

    private static string NameOf(FactorEffect effect) => FactorNames.Of(effect.Factor);

    private static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Signed(double value) => (value > 0 ? "+" : "") + Text(value == 0 ? 0 : value);
}
