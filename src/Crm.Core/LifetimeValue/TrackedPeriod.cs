using NodaTime;

namespace Crm.Core.LifetimeValue;

/// <summary>A period of a tracking: what the customers were expected to buy in it, and what they bought.</summary>
/// <param name="FirstDay">The first day.</param>
/// <param name="LastDay">The last day, inclusive.</param>
/// <param name="Expected">Expected repeat purchases of all customers.</param>
/// <param name="Actual">Actual repeat purchases.</param>
/// <param name="ExpectedSoFar">Expected repeat purchases from the first day of all to the last of this period.</param>
/// <param name="ActualSoFar">Actual ones.</param>
/// <param name="IsHeldOut">Whether the model had not seen the period's last day.</param>
public readonly record struct TrackedPeriod(
    LocalDate FirstDay, LocalDate LastDay, double Expected, long Actual, double ExpectedSoFar, long ActualSoFar, bool IsHeldOut)
{
    /// <summary>
    /// Gets <see cref="Expected"/> with both intervals: how sure the expectation is, and where the actual number lies if customers are as
    /// the model says; null where a model was tracked without its uncertainty.
    /// </summary>
    public TotalForecast? Forecast { get; init; }

    /// <summary>Gets <see cref="ExpectedSoFar"/> with both intervals; null as <see cref="Forecast"/>.</summary>
    public TotalForecast? ForecastSoFar { get; init; }
}
