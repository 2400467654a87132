namespace Crm.Core.Cli.Output;

/// <summary>How many single weeks lie in their band, and how many should.</summary>
/// <param name="Weeks">Weeks that have a band.</param>
/// <param name="Held">Those of them that lie in it.</param>
/// <param name="Due">How many do on average if customers are as the model says.</param>
/// <param name="AreTooFew">Whether so few lie in it that chance does not explain it.</param>
internal sealed record WeeksInBand(long Weeks, long Held, double Due, bool AreTooFew)
{
    // In standard deviations of a count of independent weeks.
    private const double Far = 3;

    internal static WeeksInBand Of(IReadOnlyList<TrackedWeek> weeks, double level)
    {
        long banded = weeks.LongCount(week => week.OutcomeLow is not null);
        long held = weeks.LongCount(week => week.Actual >= week.OutcomeLow && week.Actual <= week.OutcomeHigh);
        double due = level * banded;
        return new(banded, held, due, held < due - (Far * Math.Sqrt(due * (1 - level))));
    }
}
