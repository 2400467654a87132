using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>What the models say of a base.</summary>
internal sealed record EstimatedBase
{
    public required IReadOnlyList<ModelTried> Models { get; init; }

    public required FitDocument Spend { get; init; }

    /// <summary>Gets the expected number of customers who have not dropped out.</summary>
    public required double Alive { get; init; }

    /// <summary>Gets the expected purchases of the next 12 months, by today's customers.</summary>
    public required double ExpectedPurchases12Months { get; init; }

    /// <summary>Gets the same with both intervals, or null where none can be given.</summary>
    public required ForecastLine? ExpectedPurchases12MonthsForecast { get; init; }

    /// <summary>Gets the lifetime value of the base with both intervals, or null where none can be given.</summary>
    public required ForecastLine? TotalClvForecast { get; init; }

    /// <summary>Gets the lifetime value of the base, or null where there are no amounts.</summary>
    public required double? TotalClv { get; init; }

    /// <summary>Gets the value of a new customer at the first purchase, or null where there are no amounts.</summary>
    public required double? NewCustomerClv { get; init; }

    public required string RankedBy { get; init; }

    public required string Scheme { get; init; }

    public required IReadOnlyList<TierLine> Tiers { get; init; }

    public required double? Gini { get; init; }

    public required double? ShareOfTop1Percent { get; init; }

    public required double? ShareOfTop5Percent { get; init; }

    public required double? ShareOfTop20Percent { get; init; }

    /// <summary>Gets the concentration curve, most valuable customers first; empty where their values do not sum to more than 0.</summary>
    public required IReadOnlyList<ConcentrationPoint> Concentration { get; init; }

    /// <summary>Gets how what customers are ranked by is distributed over them.</summary>
    public required IReadOnlyList<ValueBand> ValueBands { get; init; }

    /// <summary>Gets how customers and what they are ranked by are spread over P(alive).</summary>
    public required IReadOnlyList<AliveBand> AliveBands { get; init; }

    /// <summary>Gets the customers by their repeat purchases, beside those that the chosen model expects.</summary>
    public required IReadOnlyList<FrequencyBin> Frequencies { get; init; }

    /// <summary>Gets what is expected by frequency and by the time since the last purchase.</summary>
    public required OutlookGrid? Outlook { get; init; }

    internal static EstimatedBase Of(
        CustomerBase customers, CustomerColumns columns, ClvTerms terms, double level, IReadOnlyList<ModelTried> models, FitDocument spend)
    {
        Pyramid pyramid = customers.Pyramid!;
        return new()
        {
            Models = models,
            Spend = spend,
            Alive = columns.Alive.Sum(),
            ExpectedPurchases12Months = customers.PurchasesInAYear?.Value ?? columns.ExpectedPurchases12Months.Sum(),
            ExpectedPurchases12MonthsForecast = customers.PurchasesInAYear is { } year ? ForecastLine.Of(year, level) : null,
            TotalClvForecast = customers.Estimates is { } estimates ? ForecastLine.Of(estimates.Total, level) : null,
            TotalClv = customers.Values?.Total,
            NewCustomerClv = customers.Values is null ? null : CustomerValues.OfNewCustomer(customers.Buying!, customers.SpendFit.Model!, terms),
            RankedBy = customers.Measure == ValueMeasure.LifetimeValue ? "lifetime value" : "discounted expected purchases",
            Scheme = pyramid.Scheme.Name,
            Tiers = [.. pyramid.Tiers.Select(TierLine.Of)],
            Gini = pyramid.Concentration.Gini,
            ShareOfTop1Percent = pyramid.Concentration.ShareOfTop(0.01m),
            ShareOfTop5Percent = pyramid.Concentration.ShareOfTop(0.05m),
            ShareOfTop20Percent = pyramid.Concentration.ShareOfTop(0.20m),
            Concentration = ConcentrationPoint.Curve(pyramid.Concentration, pyramid.Tiers.Sum(tier => tier.Customers)),
            ValueBands = ValueBand.Of(columns.RankedBy),
            AliveBands = AliveBand.Of(columns.Alive, columns.RankedBy),
            Frequencies = PurchaseFrequencies.Of(customers.Histories, customers.Buying!),
            Outlook = OutlookGrid.Of(customers.Histories, customers.Buying!),
        };
    }
}
