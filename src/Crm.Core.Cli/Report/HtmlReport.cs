using Crm.Core.Cli.Report.Sections;

namespace Crm.Core.Cli.Report;

/// <summary>The report of an analysis: one page that needs no network and no script.</summary>
internal static class HtmlReport
{
    /// <summary>Makes the page: first what it comes to, then how far to trust it, then where it comes from.</summary>
    internal static string Of(ReportContent content)
    {
        string title = $"What the customers of {Path.GetFileName(content.Analysis.Measured.File)} are worth";
        var page = new ReportPage(title, ReportStyle.Css, content.Numbers);
        WorthSection.AddTo(page, title, content);
        TrustSection.AddTo(page, content);
        PyramidSection.AddTo(page, content);
        ValueSection.AddTo(page, content);
        OutlookSection.AddTo(page, content);
        FitSection.AddTo(page, content);
        DataSection.AddTo(page, content);
        GlossarySection.AddTo(page, content);
        return page.Close();
    }
}
