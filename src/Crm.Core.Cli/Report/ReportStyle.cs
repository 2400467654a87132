namespace Crm.Core.Cli.Report;

/// <summary>How the report looks: light and dark, on a phone, on a desk and on paper.</summary>
internal static class ReportStyle
{
    internal static string Css { get; } = Read();

    private static string Read()
    {
        using var stream = new StreamReader(typeof(ReportStyle).Assembly.GetManifestResourceStream("report.css")!);
        return stream.ReadToEnd();
    }
}
