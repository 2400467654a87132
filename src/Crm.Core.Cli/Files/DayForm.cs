namespace Crm.Core.Cli.Files;

/// <summary>How a date is written: the year first, or day and month before it with one separator between them.</summary>
/// <param name="Separator">'/', '.' or '-' between day, month and year; '\0' where the year comes first.</param>
internal readonly record struct DayForm(char Separator)
{
    internal static DayForm YearFirst => default;

    /// <summary>The format by which a user says that the day, or the month, comes first.</summary>
    internal string Format(bool dayFirst) => dayFirst ? $"d{Separator}M{Separator}yyyy" : $"M{Separator}d{Separator}yyyy";
}
