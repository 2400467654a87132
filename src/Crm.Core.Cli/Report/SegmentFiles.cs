using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Segmenting;
using CsvHelper;

namespace Crm.Core.Cli.Report;

/// <summary>The three files of <c>crm segment</c>: all of them, or none.</summary>
internal static class SegmentFiles
{
    internal static IReadOnlyList<string> Names { get; } = ["segments.csv", "segments.json", "segments.html"];

    /// <summary>Writes the files into a folder.</summary>
    /// <exception cref="InputException">The folder or a file cannot be written.</exception>
    internal static void Write(string folder, SegmentDocument document, Segmented segmented, ReportNumbers numbers, CancellationToken cancellationToken) => OutputFiles.WriteAll(
        folder, cancellationToken,
        (Names[0], writer => WriteCustomers(writer, segmented)),
        (Names[1], writer => writer.WriteLine(document.ToJson())),
        (Names[2], writer => writer.Write(SegmentReport.Of(document, numbers))));

    /// <summary>Writes a row for each customer: the segments, and what they were made of. crm score reads it as --customers.</summary>
    private static void WriteCustomers(TextWriter writer, Segmented segmented)
    {
        writer.WriteLine(FileMetadata.Format(segmented.Histories.Frame));
        using var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        bool hasBefore = segmented.Before is not null;
        csv.WriteHeader(
        [
            "customer_id", "segment", .. hasBefore ? (string[])["segment_before", "is_new"] : [], .. segmented.Rfm is null ? Array.Empty<string>() : ["recency_score", "frequency_score", "money_score"],
            .. segmented.Probabilities.Length == 0 ? Array.Empty<string>() : ["probability"],
        ]);
        for (int row = 0; row < segmented.Now.Count; row++)
        {
            csv.WriteField(segmented.Histories.Ids[row].ToString());
            csv.WriteField(Joined(segmented, segmented.Now[row]));
            if (hasBefore)
            {
                csv.WriteField(segmented.Before!.OfCustomers[row] is { } before ? Joined(segmented, before) : "");
                csv.WriteField(segmented.Before.OfCustomers[row] is null ? "true" : "false");
            }

            if (segmented.Rfm is { } rfm)
            {
                csv.WriteField(SummaryFile.Text(rfm.Recency[row]));
                csv.WriteField(SummaryFile.Text(rfm.Frequency[row]));
                csv.WriteField(SummaryFile.Text(rfm.Money[row]));
            }

            if (segmented.Probabilities.Length > 0)
            {
                csv.WriteField(double.IsNaN(segmented.Probabilities[row]) ? "" : SummaryFile.Text(segmented.Probabilities[row]));
            }

            csv.EndRecord();
        }
    }

    private static string Joined(Segmented segmented, IReadOnlyList<int> places) =>
        string.Join(WeightsFile.SegmentSeparator, places.Select(place => segmented.Segments[place].Id.ToString()));
}
