using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Pyramiding;
using Crm.Core.Pyramids;
using CsvHelper;

namespace Crm.Core.Cli.Report;

/// <summary>The three files of <c>crm compare</c>: all of them, or none.</summary>
internal static class CompareFiles
{
    internal static IReadOnlyList<string> Names { get; } = ["compare.csv", "compare.json", "compare.html"];

    /// <summary>Writes the files into a folder.</summary>
    /// <exception cref="InputException">The folder or a file cannot be written.</exception>
    internal static void Write(string folder, CompareDocument document, Compared compared, ReportNumbers numbers, CancellationToken cancellationToken) => OutputFiles.WriteAll(
        folder, cancellationToken,
        (Names[0], writer => WriteCustomers(writer, compared)),
        (Names[1], writer => writer.WriteLine(document.ToJson())),
        (Names[2], writer => writer.Write(CompareReport.Of(document, numbers))));

    /// <summary>Everybody who is in either, in the order of ids; moves are by the thresholds of the first.</summary>
    private static void WriteCustomers(TextWriter writer, Compared compared)
    {
        Migration migration = compared.Moved.Migration;
        using var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        csv.WriteHeader(["customer_id", "tier_before", "tier_now", "tier_by_earlier_thresholds", "value_before", "value_now", "move"]);
        foreach (CustomerId customer in migration.Before.Customers.Union(migration.After.Customers).Order())
        {
            bool was = migration.Before.Contains(customer);
            bool isThere = migration.After.Contains(customer);
            csv.WriteField(customer.ToString());
            csv.WriteField(was ? migration.Before[customer].Name : "");
            csv.WriteField(isThere ? compared.Now[customer].Name : "");
            csv.WriteField(isThere ? migration.After[customer].Name : "");
            csv.WriteField(was ? SummaryFile.Text(migration.Before.ValueOf(customer)) : "");
            csv.WriteField(isThere ? SummaryFile.Text(migration.After.ValueOf(customer)) : "");
            csv.WriteField(!was ? "new" : !isThere ? "gone" : WayOf(migration, customer));
            csv.EndRecord();
        }
    }

    private static string WayOf(Migration migration, CustomerId customer)
    {
        int before = IndexOf(migration.Tiers, migration.Before[customer]);
        int now = IndexOf(migration.Tiers, migration.After[customer]);
        return now < before ? "up" : now > before ? "down" : "stayed";
    }

    private static int IndexOf(IReadOnlyList<Tier> tiers, Tier tier) => tiers.Index().First(entry => entry.Item == tier).Index;
}
