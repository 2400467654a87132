namespace Crm.Core.Cli.Output;

/// <summary>An offer at its place in a document.</summary>
internal sealed record ScoredOffer(int Rank, string OfferId, string Name, double Benefit, ContributionsLine Contributions)
{
    internal static ScoredOffer Of(RankedOffer ranked) => new(
        ranked.Rank,
        ranked.Offer.Id,
        ranked.Offer.Offer.Name,
        RankedOffer.Shown(ranked.Score.Value),
        ContributionsLine.Of(ranked.Score.Contributions));
}
