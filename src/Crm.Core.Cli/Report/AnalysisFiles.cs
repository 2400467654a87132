using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report;

/// <summary>The three files of an analysis: all of them, or none.</summary>
internal static class AnalysisFiles
{
    internal static IReadOnlyList<string> Names { get; } = ["customers.csv", "result.json", "report.html"];

    /// <summary>Writes the files into a folder.</summary>
    /// <exception cref="InputException">The folder or a file cannot be written.</exception>
    internal static void Write(
        string folder, AnalysisDocument document, CustomerColumns columns, ReportContent report, double level, CancellationToken cancellationToken) => OutputFiles.WriteAll(
        folder, cancellationToken,
        (Names[0], writer => columns.Write(writer, level, report.Identity)),
        (Names[1], writer => writer.WriteLine(document.ToJson())),
        (Names[2], writer => writer.Write(HtmlReport.Of(report))));
}
