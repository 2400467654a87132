using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report;

/// <summary>What a report shows.</summary>
/// <param name="Analysis">The analysis.</param>
/// <param name="TopCustomers">The most valuable customers, in order.</param>
/// <param name="Identity">How customers are shown.</param>
/// <param name="Numbers">How numbers are written.</param>
internal sealed record ReportContent(
    AnalysisDocument Analysis, IReadOnlyList<TopCustomer> TopCustomers, ShownIdentity Identity, ReportNumbers Numbers);
