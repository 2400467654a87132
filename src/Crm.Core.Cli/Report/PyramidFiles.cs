using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Pyramiding;
using Crm.Core.Pyramids;
using CsvHelper;

namespace Crm.Core.Cli.Report;

/// <summary>The three files of <c>crm pyramid</c>: all of them, or none.</summary>
internal static class PyramidFiles
{
    internal static IReadOnlyList<string> Names { get; } = ["pyramid.csv", "pyramid.json", "pyramid.html"];

    /// <summary>Writes the files into a folder.</summary>
    /// <exception cref="InputException">The folder or a file cannot be written.</exception>
    internal static void Write(string folder, PyramidDocument document, Pyramided made, ReportNumbers numbers, CancellationToken cancellationToken) => OutputFiles.WriteAll(
        folder, cancellationToken,
        (Names[0], writer => WriteCustomers(writer, made)),
        (Names[1], writer => writer.WriteLine(document.ToJson())),
        (Names[2], writer => writer.Write(PyramidReport.Of(document, numbers))));

    private static void WriteCustomers(TextWriter writer, Pyramided made)
    {
        using var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        Migration? migration = made.Moved?.Migration;
        bool hasProbability = made.UpProbabilities.Length > 0;
        csv.WriteHeader(
        [
            "customer_id", "tier", "value", .. migration is null ? Array.Empty<string>() : ["tier_before", "tier_by_earlier_thresholds", "value_before"], .. hasProbability ? (string[])["probability_up"] : [],
            "gain_one_tier_up",
        ]);
        var gains = made.Candidates.ToDictionary(move => move.Customer, move => move.Gain);
        foreach (var (row, customer) in made.Ids.Index())
        {
            csv.WriteField(customer.ToString());
            csv.WriteField(made.Now[customer].Name);
            csv.WriteField(SummaryFile.Text(made.Values[row]));
            if (migration is not null)
            {
                bool wasThere = migration.Before.Contains(customer);
                csv.WriteField(wasThere ? migration.Before[customer].Name : "");
                csv.WriteField(migration.After.Contains(customer) ? migration.After[customer].Name : "");
                csv.WriteField(wasThere ? SummaryFile.Text(migration.Before.ValueOf(customer)) : "");
            }

            if (hasProbability)
            {
                csv.WriteField(double.IsNaN(made.UpProbabilities[row]) ? "" : SummaryFile.Text(made.UpProbabilities[row]));
            }

            csv.WriteField(gains.TryGetValue(customer, out double gain) ? SummaryFile.Text(gain) : "");
            csv.EndRecord();
        }
    }
}
