using NodaTime;
using NodaTime.Text;

namespace Crm.Core;

/// <summary>The days a question looks at: through a last day, inclusive, and perhaps a held-out test period after it.</summary>
/// <remarks>The default value is not a window; make one by <see cref="Through"/>. Immutable and thread-safe.</remarks>
public readonly record struct Window
{
    private Window(LocalDate lastDay, LocalDate? holdoutLastDay)
    {
        LastDay = lastDay;
        HoldoutLastDay = holdoutLastDay;
    }

    /// <summary>Gets the last day, inclusive. What happened later is not known to the model.</summary>
    public LocalDate LastDay { get; }

    /// <summary>Gets the last day of the test period, inclusive, or null for a window without one.</summary>
    public LocalDate? HoldoutLastDay { get; }

    /// <summary>Gets the length of the test period in days, 0 for a window without one.</summary>
    public int HoldoutDays => HoldoutLastDay is { } last ? Period.DaysBetween(LastDay, last) : 0;

    /// <summary>Makes a window of all days through the last one.</summary>
    /// <param name="lastDay">The last day, inclusive.</param>
    /// <returns>The window.</returns>
    public static Window Through(LocalDate lastDay) => new(lastDay.WithCalendar(CalendarSystem.Iso), null);

    /// <summary>Holds out the days after the window as a test period.</summary>
    /// <param name="holdoutLastDay">The last day of the test period, inclusive; after <see cref="LastDay"/>.</param>
    /// <returns>The same window with the test period.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="holdoutLastDay"/> is not after <see cref="LastDay"/>.</exception>
    public Window HoldingOutThrough(LocalDate holdoutLastDay) => holdoutLastDay.WithCalendar(CalendarSystem.Iso) > LastDay
        ? new(LastDay, holdoutLastDay.WithCalendar(CalendarSystem.Iso))
        : throw new ArgumentOutOfRangeException(nameof(holdoutLastDay),
            $"The test period ends after the window's last day, {Iso(LastDay)}; it was to end on {Iso(holdoutLastDay)}.");

    /// <summary>Gives the days of the window in words.</summary>
    /// <returns>The text, with dates of ISO 8601.</returns>
    public override string ToString() =>
        HoldoutLastDay is { } last ? $"through {Iso(LastDay)}, held out through {Iso(last)}" : $"through {Iso(LastDay)}";

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
