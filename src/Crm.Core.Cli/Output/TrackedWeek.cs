using Crm.Core.LifetimeValue;
using NodaTime.Text;

namespace Crm.Core.Cli.Output;

/// <summary>A week of repeat purchases, expected and actual, with the sums so far, and where the actual ones lie if customers are as the model says.</summary>
internal sealed record TrackedWeek(
    string LastDay,
    double Expected,
    double? OutcomeLow,
    double? OutcomeHigh,
    long Actual,
    double ExpectedSoFar,
    double? OutcomeLowSoFar,
    double? OutcomeHighSoFar,
    long ActualSoFar,
    bool HeldOut)
{
    internal static TrackedWeek Of(TrackedPeriod week, double level)
    {
        IntervalBounds? ofWeek = week.Forecast?.OutcomeInterval(level);
        IntervalBounds? soFar = week.ForecastSoFar?.OutcomeInterval(level);
        return new(
            LocalDatePattern.Iso.Format(week.LastDay),
            week.Expected,
            ofWeek?.Low,
            ofWeek?.High,
            week.Actual,
            week.ExpectedSoFar,
            soFar?.Low,
            soFar?.High,
            week.ActualSoFar,
            week.IsHeldOut);
    }
}
