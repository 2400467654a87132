namespace Crm.Core.Cli.Report;

/// <summary>A table of a report.</summary>
/// <param name="Name">What it is a table of, for who hears the page.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Rows">The rows, each as long as the headers.</param>
/// <param name="EndsInWords">Whether the last column is words, which start at the left and may wrap.</param>
internal sealed record ReportTable(
    string Name, IReadOnlyList<string> Headers, IEnumerable<IReadOnlyList<string>> Rows, bool EndsInWords = false);
