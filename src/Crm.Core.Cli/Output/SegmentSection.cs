using Crm.Core.Benefits;
using Crm.Core.Cli.Files;

namespace Crm.Core.Cli.Output;

/// <summary>The ranking of one set of weights in a document.</summary>
internal sealed record SegmentSection
{
    /// <summary>Gets the segment, or "default".</summary>
    public required string Segment { get; init; }

    /// <summary>Gets how many customers of the file have these weights; null where no customers were given.</summary>
    public required long? Customers { get; init; }

    /// <summary>Gets what one more unit may cost, in the units of the factors.</summary>
    public required WorthLine WillingnessToPay { get; init; }

    /// <summary>Gets what one unit of time saved may cost; null where cost has no weight.</summary>
    public required double? ValueOfTime { get; init; }

    public required IReadOnlyList<ScoredOffer> Offers { get; init; }

    /// <summary>Gets why the first offer is the first; null where there is none.</summary>
    public required ExplanationSection? Explanation { get; init; }

    internal static SegmentSection Of(OfferLists ranker, int set, CustomerTally? tally)
    {
        SegmentRanking ranking = ranker.Of(set);
        SegmentId segment = ranker.SegmentOf(set);
        double? Worth(BenefitFactor factor) => ScoreDocument.Finite(ranker.Book.WillingnessToPay(segment, factor));
        return new()
        {
            Segment = ranking.Segment,
            Customers = tally?.Of(set),
            WillingnessToPay = new(Worth(BenefitFactor.Utility), Worth(BenefitFactor.Brand), Worth(BenefitFactor.Relationship)),
            ValueOfTime = ScoreDocument.Finite(ranker.Book.ValueOfTime(segment)),
            Offers = [.. ranking.Offers.Select(ScoredOffer.Of)],
            Explanation = ExplanationSection.Of(ranking),
        };
    }
}
