using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Hosting;

/// <summary>What an analysis of a customer base is to use.</summary>
/// <remarks>Immutable and thread-safe; checked when the analysis starts.</remarks>
public sealed record AnalysisOptions
{
    /// <summary>Gets the terms of value: 10 % a year, no end, revenue as value, unless set.</summary>
    public ClvTerms Terms { get; init; } = new() { Discount = DiscountRate.PerYear(0.10) };

    /// <summary>
    /// Gets what serving each customer has cost; null, unless set, where all cost what the terms say. What a customer costs a year goes off that customer's
    /// value. Not together with <see cref="ClvTerms.CostToServe"/>.
    /// </summary>
    public CostToServe? CostToServe { get; init; }

    /// <summary>Gets the prior to fit every model under; null, unless set, for maximum likelihood. The report says that there is one.</summary>
    public ParameterPrior? Prior { get; init; }

    /// <summary>Gets the pyramid scheme; Curry's unless set.</summary>
    public PyramidScheme Scheme { get; init; } = PyramidScheme.Curry;

    /// <summary>Gets the purchase models to choose from, the ones to prefer at equal fit first; all of them unless set.</summary>
    public IReadOnlyList<string> Models { get; init => field = value is null ? null! : [.. value]; } = PurchaseModels.Names;
}
