using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>Whom a tracking follows, what they did in the test period, to the day, and how purchases kept to their bands.</summary>
/// <param name="Customers">Customers who first bought before the test period: only they are followed.</param>
/// <param name="KnownDays">Days that the model had seen.</param>
/// <param name="HeldOutDays">Days of the test period.</param>
/// <param name="Expected">Their repeat purchases expected in the test period.</param>
/// <param name="Actual">Those they made.</param>
/// <param name="Bias">The first less the second, as a share of the second; null where they made none.</param>
/// <param name="Level">The probability of the outcome intervals of the weeks.</param>
/// <param name="WeeksInBand">How single weeks kept to their bands; null where there are none.</param>
/// <param name="Excursions">When the purchases so far lay outside theirs; empty where they never did, and where there are no bands.</param>
/// <param name="Words">What the sums show, and what the single weeks show, in a sentence or two each.</param>
internal sealed record TrackedSums(
    long Customers,
    int KnownDays,
    int HeldOutDays,
    double Expected,
    long Actual,
    double? Bias,
    double Level,
    WeeksInBand? WeeksInBand,
    IReadOnlyList<BandExcursion> Excursions,
    IReadOnlyList<string> Words)
{
    internal static TrackedSums Of(PurchaseTracking tracking, IReadOnlyList<TrackedWeek> weeks, double level)
    {
        int known = tracking.Timeline.WindowDays;
        double expected = tracking.ExpectedThrough[^1] - tracking.ExpectedThrough[known - 1];
        long actual = tracking.ActualThrough[^1] - tracking.ActualThrough[known - 1];
        var banded = Output.WeeksInBand.Of(weeks, level);
        var sums = new TrackedSums(
            tracking.Timeline.NewCustomers.ToArray().Sum(day => (long)day),
            known,
            tracking.Timeline.Days - known,
            expected,
            actual,
            Miss.Of(expected, actual),
            level,
            banded.Weeks == 0 ? null : banded,
            BandExcursion.Of(weeks),
            []);
        return weeks.Count == 0 ? sums : sums with { Words = [TrackedWords.OfSums(sums, weeks[^1]), TrackedWords.OfWeeks(sums)] };
    }
}
