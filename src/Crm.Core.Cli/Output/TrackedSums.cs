using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>Whom a tracking follows, and what they did in the test period, to the day.</summary>
/// <param name="Customers">Customers who first bought before the test period: only they are followed.</param>
/// <param name="KnownDays">Days that the model had seen.</param>
/// <param name="HeldOutDays">Days of the test period.</param>
/// <param name="Expected">Their repeat purchases expected in the test period.</param>
/// <param name="Actual">Those they made.</param>
/// <param name="Level">The probability of the outcome intervals of the weeks.</param>
internal sealed record TrackedSums(long Customers, int KnownDays, int HeldOutDays, double Expected, long Actual, double Level)
{
    internal static TrackedSums Of(PurchaseTracking tracking, double level)
    {
        int known = tracking.Timeline.WindowDays;
        return new(
            tracking.Timeline.NewCustomers.ToArray().Sum(day => (long)day),
            known,
            tracking.Timeline.Days - known,
            tracking.ExpectedThrough[^1] - tracking.ExpectedThrough[known - 1],
            tracking.ActualThrough[^1] - tracking.ActualThrough[known - 1],
            level);
    }
}
