using Crm.Core.LifetimeValue;
using NodaTime.Text;

namespace Crm.Core.Cli.Output;

/// <summary>A week of repeat purchases, expected and actual, with the sums so far.</summary>
internal sealed record TrackedWeek(string LastDay, double Expected, long Actual, double ExpectedSoFar, long ActualSoFar, bool HeldOut)
{
    internal static TrackedWeek Of(TrackedPeriod week) => new(
        LocalDatePattern.Iso.Format(week.LastDay), week.Expected, week.Actual, week.ExpectedSoFar, week.ActualSoFar, week.IsHeldOut);
}
