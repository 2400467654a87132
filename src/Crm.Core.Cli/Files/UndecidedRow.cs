using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>A purchase or a return whose day can be read in two ways.</summary>
/// <param name="Customer">Who.</param>
/// <param name="DayFirst">The day, if the day comes first.</param>
/// <param name="MonthFirst">The day, if the month does.</param>
/// <param name="Amount">The amount; null where the file has none.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Product">What was bought; empty where nobody knows, or asks.</param>
/// <param name="Channel">Through what; empty where nobody knows, or asks.</param>
internal readonly record struct UndecidedRow(
    CustomerId Customer, LocalDate DayFirst, LocalDate MonthFirst, decimal? Amount, long Line, string Product, string Channel);
