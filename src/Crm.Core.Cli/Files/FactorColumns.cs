using Crm.Core.Benefits;

namespace Crm.Core.Cli.Files;

/// <summary>The five factors of a benefit as columns of a file, in the order of the formula.</summary>
internal static class FactorColumns
{
    internal static ReadOnlySpan<BenefitFactor> All =>
        [BenefitFactor.Utility, BenefitFactor.Brand, BenefitFactor.Relationship, BenefitFactor.Cost, BenefitFactor.Time];

    internal static string NameOf(BenefitFactor factor) => factor switch
    {
        BenefitFactor.Utility => "utility",
        BenefitFactor.Brand => "brand",
        BenefitFactor.Relationship => "relationship",
        BenefitFactor.Cost => "cost",
        _ => "time",
    };
}
