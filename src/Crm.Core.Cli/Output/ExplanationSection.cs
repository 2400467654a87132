namespace Crm.Core.Cli.Output;

/// <summary>Why the first offer of a segment is the first.</summary>
/// <param name="OfferId">The first offer.</param>
/// <param name="RunnerUp">The second, which may be past the last that was asked for; null where there is none.</param>
/// <param name="Lead">The benefit of the first less that of the second.</param>
/// <param name="Effects">The five factors in the order of the formula.</param>
/// <param name="Words">The same in sentences.</param>
internal sealed record ExplanationSection(string OfferId, string? RunnerUp, double? Lead, IReadOnlyList<EffectLine> Effects, string Words)
{
    internal static ExplanationSection? Of(SegmentRanking ranking) => ranking.Explain() is not { } explanation ? null : new(
        ranking.Offers[0].Offer.Id,
        ranking.RunnerUp?.Offer.Id,
        ScoreDocument.Finite(explanation.Lead),
        [.. explanation.Effects.Select(EffectLine.Of)],
        explanation.ToString());
}
