using Crm.Core.Benefits;
using Crm.Core.Offers;

namespace Crm.Core.Cli.Files;

/// <summary>An offer as it comes through one channel, and the line where it first stands.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Factors">Its factors, all moments together, in their own units; NaN where they are missing.</param>
/// <param name="Line">The line, counted from 1.</param>
internal sealed record OfferLine(Offer Offer, BenefitFactors Factors, long Line)
{
    internal string Id => Offer.Id.ToString();
}
