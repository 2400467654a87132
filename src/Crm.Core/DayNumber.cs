using NodaTime;

namespace Crm.Core;

/// <summary>Days as whole numbers, counted from 1970-01-01.</summary>
internal static class DayNumber
{
    private static readonly LocalDate _epoch = new(1970, 1, 1);

    // Years are taken to begin with March, so that a leap day is the last one: (153 m + 2) / 5 are the days of the m months before, and 719,468 the
    // days from March of the year 0 to 1970.
    internal static int Of(LocalDate day)
    {
        if (day.Calendar != CalendarSystem.Iso || day.Year < 1)
        {
            return Period.DaysBetween(_epoch, day.WithCalendar(CalendarSystem.Iso));
        }

        unchecked
        {
            var (year, month) = day.Month > 2 ? ((uint)day.Year, (uint)day.Month - 3) : ((uint)day.Year - 1, (uint)day.Month + 9);
            return (int)((year * 365) + (year / 4) - (year / 100) + (year / 400) + (((153 * month) + 2) / 5) + (uint)day.Day - 1) - 719_468;
        }
    }

    internal static int Of(Instant at, DateTimeZone? zone)
    {
        long ticks = at.ToUnixTimeTicks() + (zone?.GetUtcOffset(at).Ticks ?? 0);
        return (int)(ticks >= 0 ? ticks / NodaConstants.TicksPerDay : -((-ticks + NodaConstants.TicksPerDay - 1) / NodaConstants.TicksPerDay));
    }

    internal static LocalDate ToDate(int day) => _epoch.PlusDays(day);

    /// <summary>The last moment of a day: what holds then holds on that day.</summary>
    internal static Instant EndOf(LocalDate day, DateTimeZone zone) => day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant() - Duration.Epsilon;
}
