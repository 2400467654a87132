using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>What a date with the year at its end can be: with the day first, with the month first, or both.</summary>
internal readonly record struct DayReadings(LocalDate? DayFirst, LocalDate? MonthFirst)
{
    /// <summary>Gets a value indicating whether only the rest of the file can say which day it is.</summary>
    internal bool IsOpen => DayFirst is { } one && MonthFirst is { } other && one != other;

    internal LocalDate? Of(bool dayFirst) => dayFirst ? DayFirst : MonthFirst;
}
