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

    internal static EstimatedBase Of(
        CustomerBase customers, ClvTerms terms, double level, IReadOnlyList<ModelTried> models, FitDocument spend)
    {
        Pyramid pyramid = customers.Pyramid!;
        var columns = CustomerColumns.Of(customers, terms);
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
        };
    }
}
