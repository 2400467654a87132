using NodaTime;

namespace Crm.Core.Histories;

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
}
