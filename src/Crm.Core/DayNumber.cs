using NodaTime;

namespace Crm.Core;

/// <summary>Days as whole numbers, counted from 1970-01-01.</summary>
internal static class DayNumber
{
    private static readonly LocalDate _epoch = new(1970, 1, 1);

    internal static int Of(LocalDate day) => Period.DaysBetween(_epoch, day);

    internal static int Of(Instant at, DateTimeZone? zone)
    {
        long ticks = at.ToUnixTimeTicks() + (zone?.GetUtcOffset(at).Ticks ?? 0);
        return (int)(ticks >= 0 ? ticks / NodaConstants.TicksPerDay : -((-ticks + NodaConstants.TicksPerDay - 1) / NodaConstants.TicksPerDay));
    }

    internal static LocalDate ToDate(int day) => _epoch.PlusDays(day);

    /// <summary>The last moment of a day: what holds then holds on that day.</summary>
    internal static Instant EndOf(LocalDate day, DateTimeZone zone) => day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant() - Duration.Epsilon;
}
