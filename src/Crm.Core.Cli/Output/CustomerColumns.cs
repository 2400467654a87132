using Crm.Core.Cli.Files;
using Crm.Core.Cli.Report;
using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using CsvHelper;

namespace Crm.Core.Cli.Output;

/// <summary>What is said of every customer of an analysed base, and customers.csv, where it stands.</summary>
internal sealed class CustomerColumns
{
    private readonly CustomerBase _customers;

    private CustomerColumns(CustomerBase customers)
    {
        _customers = customers;
        Alive = new double[customers.Histories.Count];
        ExpectedPurchases12Months = new double[customers.Histories.Count];
        DiscountedPurchases = new double[customers.Histories.Count];
    }

    internal double[] Alive { get; }

    internal double[] ExpectedPurchases12Months { get; }

    internal double[] DiscountedPurchases { get; }

    /// <summary>Gets what customers are ranked by: their lifetime values, and where there are no amounts their discounted purchases.</summary>
    internal ReadOnlySpan<double> RankedBy => _customers.Values is { } values ? values.Clv : DiscountedPurchases;

    internal static CustomerColumns Of(CustomerBase customers, ClvTerms terms)
    {
        var columns = new CustomerColumns(customers);
        IPurchaseModel buying = customers.Buying!;
        buying.ProbabilityAlive(customers.Histories, columns.Alive);
        buying.ExpectedPurchases(customers.Histories, Horizon.Years(1), columns.ExpectedPurchases12Months);
        buying.DiscountedPurchases(customers.Histories, terms.Discount, terms.Horizon, columns.DiscountedPurchases);
        return columns;
    }

    /// <summary>Writes customers.csv; what is read back has the same bits. Where the report shows codes, each row says which is its own.</summary>
    internal void Write(TextWriter writer, double level, ShownIdentity shown)
    {
        var (low, high) = Intervals(level);
        PurchaseHistories histories = _customers.Histories;
        CustomerValues? values = _customers.Values;
        writer.WriteLine(FileMetadata.Format(histories.Frame));
        using var csv = CsvWriter.Create(writer, new() { NewLine = "\n" }, leaveOpen: true);
        csv.WriteHeader(
        [
            "customer_id", "tier", "frequency", "recency", "age", "mean_spend", "total_spend",
            "p_alive", "expected_purchases_12m", "expected_spend", "own_spend", "discounted_purchases", "clv",
            "clv_estimate_low", "clv_estimate_high", .. shown.IsHashed ? ["report_id"] : Array.Empty<string>(),
        ]);
        for (int row = 0; row < histories.Count; row++)
        {
            csv.WriteField(histories.Ids[row].ToString());
            csv.WriteField(_customers.Pyramid!.Tiers[_customers.Pyramid.TierOfRow[row]].Tier.Name);
            csv.WriteField(SummaryFile.Text(histories.Frequency[row]));
            csv.WriteField(SummaryFile.Text(histories.Recency[row]));
            csv.WriteField(SummaryFile.Text(histories.Age[row]));
            csv.WriteField(Cell(histories.MeanSpend, row));
            csv.WriteField(Cell(histories.TotalSpend, row));
            csv.WriteField(SummaryFile.Text(Alive[row]));
            csv.WriteField(SummaryFile.Text(ExpectedPurchases12Months[row]));
            csv.WriteField(values is null ? "" : SummaryFile.Text(values.ExpectedSpend[row]));
            csv.WriteField(values is null ? "" : values.HasOwnSpend[row] ? "true" : "false");
            csv.WriteField(SummaryFile.Text(DiscountedPurchases[row]));
            csv.WriteField(values is null ? "" : SummaryFile.Text(values.Clv[row]));
            csv.WriteField(Cell(low, row));
            csv.WriteField(Cell(high, row));
            if (shown.IsHashed)
            {
                csv.WriteField(shown.Of(histories.Ids[row]));
            }

            csv.EndRecord();
        }
    }

    // Empty columns where no intervals can be given.
    private (double[] Low, double[] High) Intervals(double level)
    {
        if (_customers.Estimates is not { } estimates)
        {
            return ([], []);
        }

        var low = new double[estimates.Clv.Count];
        var high = new double[estimates.Clv.Count];
        estimates.Clv.EstimateInterval(level, low, high);
        return (low, high);
    }

    private static string Cell(ReadOnlySpan<double> column, int row) => column.Length == 0 ? "" : SummaryFile.Text(column[row]);
}
