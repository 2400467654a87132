using Crm.Core.Benefits;
using Crm.Core.Cli.Files;

namespace Crm.Core.Cli.Output;

/// <summary>What one factor does to the first offer and to its lead, in a document.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Value">Its value in its own unit; null where it is missing and something stands in for it.</param>
/// <param name="ScaledValue">The value as the weight counts it.</param>
/// <param name="Weight">The weight.</param>
/// <param name="Contribution">The signed contribution.</param>
/// <param name="Difference">The contribution less that of the runner-up; null without one.</param>
/// <param name="ChangeToTie">The change of the value, in its own unit, at which both are level; null where there is none.</param>
internal sealed record EffectLine(
    string Factor, double? Value, double ScaledValue, double Weight, double Contribution, double? Difference, double? ChangeToTie)
{
    internal static EffectLine Of(FactorEffect effect) => new(
        FactorColumns.NameOf(effect.Factor),
        ScoreDocument.Finite(effect.Value),
        RankedOffer.Shown(effect.ScaledValue),
        effect.Weight,
        RankedOffer.Shown(effect.Contribution),
        ScoreDocument.Finite(effect.Difference),
        ScoreDocument.Finite(effect.ChangeToTie));
}
