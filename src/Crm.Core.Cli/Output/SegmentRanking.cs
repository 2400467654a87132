using Crm.Core.Benefits;

namespace Crm.Core.Cli.Output;

/// <summary>The offers of one set of weights, best first.</summary>
/// <param name="Segment">The segment, or what files call the default.</param>
/// <param name="Offers">Those that reach the minimum; only the first of them where only so many were asked for.</param>
/// <param name="RunnerUp">The second, asked for or not; null where there is none.</param>
internal sealed record SegmentRanking(string Segment, IReadOnlyList<RankedOffer> Offers, RankedOffer? RunnerUp)
{
    /// <summary>Why the first is the first; null where there is none.</summary>
    internal BenefitExplanation? Explain() => Offers.Count == 0 ? null
        : RunnerUp is null ? Offers[0].Score.Explain()
        : Offers[0].Score.Explain(RunnerUp.Score);
}
