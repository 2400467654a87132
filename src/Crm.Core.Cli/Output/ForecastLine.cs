using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>A forecast total with both of its intervals: for the expectation, and for what will happen.</summary>
internal sealed record ForecastLine(
    double Value, double Level, double EstimateLow, double EstimateHigh, double? OutcomeLow, double? OutcomeHigh, string? WhyNoOutcome)
{
    internal static ForecastLine Of(TotalForecast total, double level)
    {
        IntervalBounds estimate = total.EstimateInterval(level);
        IntervalBounds? outcome = total.Variance is null ? null : total.OutcomeInterval(level);
        return new(total.Value, level, estimate.Low, estimate.High, outcome?.Low, outcome?.High, total.WhyNoOutcome);
    }
}
