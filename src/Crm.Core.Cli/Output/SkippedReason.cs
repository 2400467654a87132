namespace Crm.Core.Cli.Output;

/// <summary>Rows that were left out for one reason.</summary>
/// <param name="Column">The column at fault; null where it is the row as a whole.</param>
/// <param name="Reason">What was wrong, in words.</param>
/// <param name="Rows">How many rows; one with several faults counts under the first.</param>
/// <param name="FirstLine">The line of the first of them.</param>
internal sealed record SkippedReason(string? Column, string Reason, long Rows, long FirstLine);
