using Crm.Core.Benefits;

namespace Crm.Core.Cli.Output;

/// <summary>The five signed parts of a benefit in a document; their sum from left to right is the benefit.</summary>
internal sealed record ContributionsLine(double Utility, double Brand, double Relationship, double Cost, double Time)
{
    internal static ContributionsLine Of(BenefitContributions parts) => new(
        RankedOffer.Shown(parts.Utility),
        RankedOffer.Shown(parts.Brand),
        RankedOffer.Shown(parts.Relationship),
        RankedOffer.Shown(parts.Cost),
        RankedOffer.Shown(parts.Time));
}
