namespace Crm.Core.Cli.Files;

/// <summary>Where the columns of transactions stand in a file, counted from 0; -1 for one that is not there.</summary>
internal sealed record TransactionColumns
{
    internal required int Customer { get; init; }

    internal required int Date { get; init; }

    internal required int Amount { get; init; }

    internal required int Product { get; init; }

    internal required int Channel { get; init; }

    /// <summary>Finds the columns by the header of a file.</summary>
    /// <exception cref="InputException">A column that is needed is missing, or a name stands twice.</exception>
    internal static TransactionColumns In(CsvInput csv, TransactionFormat format)
    {
        var found = new TransactionColumns
        {
            Customer = csv.Find(format.CustomerColumn),
            Date = csv.Find(format.DateColumn),
            Amount = csv.Find(format.AmountColumn),
            Product = format.Events is null ? -1 : csv.Find("product"),
            Channel = format.Events is null ? -1 : csv.Find("channel"),
        };
        csv.CheckHeader(
        [
            (format.CustomerColumn, found.Customer, "Name the column by --customer-column."),
            (format.DateColumn, found.Date, "Name the column by --date-column."),
            (format.AmountColumn, format.NeedsAmount ? found.Amount : 0, "Name the column by --amount-column, or leave the option out."),
        ]);
        return found;
    }
}
