namespace Crm.Core.Benefits;

/// <summary>The five factors in the order of the formula, their names in messages and files, and their signs.</summary>
internal static class FactorNames
{
    internal static ReadOnlySpan<BenefitFactor> All =>
        [BenefitFactor.Utility, BenefitFactor.Brand, BenefitFactor.Relationship, BenefitFactor.Cost, BenefitFactor.Time];

    internal static string Of(BenefitFactor factor) => factor switch
    {
        BenefitFactor.Utility => "utility",
        BenefitFactor.Brand => "brand",
        BenefitFactor.Relationship => "relationship",
        BenefitFactor.Cost => "cost",
        BenefitFactor.Time => "time",
        _ => throw Unknown(factor),
    };

    /// <summary>Whether the formula subtracts the factor.</summary>
    internal static bool IsSubtracted(BenefitFactor factor) => factor is BenefitFactor.Cost or BenefitFactor.Time;

    internal static ArgumentOutOfRangeException Unknown(BenefitFactor factor) => new(
        nameof(factor), factor, "There are five factors: utility, brand, relationship, cost and time.");
}
