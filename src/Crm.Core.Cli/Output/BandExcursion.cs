namespace Crm.Core.Cli.Output;

/// <summary>A stretch of weeks in which the purchases so far lie outside their band.</summary>
/// <param name="From">The last day of the first of these weeks.</param>
/// <param name="Through">The last day of the last of them.</param>
/// <param name="Furthest">The last day of the week in which they are furthest outside.</param>
/// <param name="Miss">The nearer end of the band less the purchases, in that week: below 0 where the band is too low.</param>
/// <param name="MissOfActual">The same as a share of the purchases; null where there are none.</param>
/// <param name="CameBack">Whether a later week lies in the band.</param>
/// <param name="BeginsHeldOut">Whether the first of these weeks has days of the test period.</param>
internal sealed record BandExcursion(string From, string Through, string Furthest, double Miss, double? MissOfActual, bool CameBack, bool BeginsHeldOut)
{
    /// <summary>The excursions of the sums so far, in the order of time; those on either side of the band apart.</summary>
    internal static IReadOnlyList<BandExcursion> Of(IReadOnlyList<TrackedWeek> weeks)
    {
        var found = new List<BandExcursion>();
        for (int first = 0; first < weeks.Count;)
        {
            int side = Math.Sign(MissOf(weeks[first]));
            int end = first + 1;
            while (end < weeks.Count && Math.Sign(MissOf(weeks[end])) == side)
            {
                end++;
            }

            if (side != 0)
            {
                TrackedWeek furthest = weeks.Skip(first).Take(end - first).MaxBy(week => Math.Abs(MissOf(week)))!;
                double nearerEnd = furthest.ActualSoFar + MissOf(furthest);
                bool cameBack = weeks.Skip(end).Any(week => MissOf(week) == 0);
                found.Add(new(
                    weeks[first].LastDay, weeks[end - 1].LastDay, furthest.LastDay, MissOf(furthest), Output.Miss.Of(nearerEnd, furthest.ActualSoFar), cameBack, weeks[first].HeldOut));
            }

            first = end;
        }

        return found;
    }

    // 0 within the band, and where there is none.
    private static double MissOf(TrackedWeek week) => week switch
    {
        { OutcomeHighSoFar: { } high } when week.ActualSoFar > high => high - week.ActualSoFar,
        { OutcomeLowSoFar: { } low } when week.ActualSoFar < low => low - week.ActualSoFar,
        _ => 0,
    };
}
