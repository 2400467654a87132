using Crm.Core.Benefits;
using Crm.Core.Cli.Files;

namespace Crm.Core.Cli.Output;

/// <summary>What a reader must know of the values of one factor.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Missing">For how many offers it is missing, so that something stands in for it.</param>
/// <param name="StandIn">What stands in, in the unit of the factor; null where nothing is missing.</param>
/// <param name="Beyond">How many offers lie beyond the reference range.</param>
/// <param name="CustomersBeyond">How many customers' own relationship takes an offer beyond it.</param>
/// <param name="Low">The low end of the reference range; null where there is none.</param>
/// <param name="High">The high end.</param>
internal sealed record FactorLine(string Factor, int Missing, double? StandIn, int Beyond, long CustomersBeyond, double? Low, double? High)
{
    /// <summary>Those of the factors of which there is anything to say; where nobody weighs one, there is not.</summary>
    internal static IEnumerable<FactorLine> AllOf(OfferLists ranker, CustomerTally? tally)
    {
        foreach (BenefitFactor factor in FactorColumns.All.ToArray().Where(factor => WeightsFile.Weighs(ranker.Book, factor)))
        {
            FactorScale scale = ranker.Book.Scales[factor];
            int missing = ranker.Sheet.Offers.Count(offer => double.IsNaN(offer.Factors[factor]));
            int beyond = ranker.Sheet.Offers.Count(offer => scale.IsBeyond(offer.Factors[factor]));
            long customers = factor == BenefitFactor.Relationship ? tally?.BeyondByOwnRelationship ?? 0 : 0;
            if (missing > 0 || beyond > 0 || customers > 0)
            {
                yield return new(FactorColumns.NameOf(factor), missing, missing > 0 ? scale.Missing : null, beyond, customers, scale.Low, scale.High);
            }
        }
    }

    /// <summary>The same in sentences.</summary>
    internal IEnumerable<string> Words(int offers)
    {
        if (Missing > 0)
        {
            yield return FormattableString.Invariant($"For {Missing:N0} of {offers:N0} {Plural.Of(offers, "offer")} {Factor} is missing; {StandIn} stands in, as the weights state.");
        }

        if (Beyond > 0)
        {
            yield return FormattableString.Invariant(
                $"For {Beyond:N0} of {offers:N0} {Plural.Of(offers, "offer")} {Factor} lies beyond the range from {Low} to {High} that the weights were scaled on; it counts on along the same line.");
        }

        if (CustomersBeyond > 0)
        {
            yield return FormattableString.Invariant(
                $"For {CustomersBeyond:N0} {Plural.Of(CustomersBeyond, "customer")} their own relationship takes an offer beyond the range from {Low} to {High} that the weights were scaled on.");
        }
    }
}
