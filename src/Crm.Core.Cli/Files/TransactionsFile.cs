using System.Globalization;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Reads transactions: customer_id, date and, where there is one, amount. An amount below 0 is a return.</summary>
internal static class TransactionsFile
{
    private const NumberStyles Amounts = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Past this no sum over customers stays in the range where cents are exact; it is a typing error or another column.
    private const decimal MaxAmount = 1e15m;

    /// <summary>Reads a file whole. Every row is checked; nothing is kept of a file with faults.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static TransactionLog Read(
        string path, TransactionFormat format, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        using var csv = CsvInput.Open(file);
        DateTimeZone zone = file.Agreed("zone", file.Metadata.Zone, format.Zone, DateTimeZone.Utc);
        Currency currency = file.Agreed("currency", file.Metadata.Currency, format.Currency, Currency.None);
        var days = new DayReader(zone, format.DateFormat);
        int customer = csv.Find(format.CustomerColumn);
        int date = csv.Find(format.DateColumn);
        int amount = csv.Find(format.AmountColumn);
        csv.CheckHeader(
        [
            (format.CustomerColumn, customer, "Name the column by --customer-column."),
            (format.DateColumn, date, "Name the column by --date-column."),
            (format.AmountColumn, format.NeedsAmount ? amount : 0, "Name the column by --amount-column, or leave the option out."),
        ]);
        var builder = new PurchaseHistoryBuilder(format.Unit, zone);
        builder.SetCurrency(currency);
        long rows = 0;
        while (csv.Read())
        {
            if (++rows % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.ReportTo(progress);
            }

            AddRow(csv, builder, days, customer, date, amount);
        }

        csv.Faults.ThrowIfAny();
        return builder.Purchases > 0
            ? new() { Name = file.Name, Builder = builder, Rows = rows }
            : throw new InputException(rows == 0
                ? $"{file.Name} has a header and no rows. Each row is one purchase."
                : $"{file.Name} has no purchase: every amount is below 0. Amounts below 0 are returns; purchases have amounts of 0 or more.");
    }

    private static void AddRow(CsvInput csv, PurchaseHistoryBuilder builder, DayReader days, int customerColumn, int dateColumn, int amountColumn)
    {
        if (!csv.HasAllFields())
        {
            return;
        }

        bool good = TryCustomer(csv, customerColumn, out CustomerId customer);
        if (!days.TryRead(csv.Field(dateColumn), out LocalDate day))
        {
            csv.Faults.Add(csv.Line, csv.Header(dateColumn), csv.Text(dateColumn), days.Expected);
            good = false;
        }

        decimal amount = 0;
        good = (amountColumn < 0 || TryAmount(csv, amountColumn, out amount)) && good;
        if (!good)
        {
            return;
        }

        if (amountColumn < 0)
        {
            builder.Add(customer, day);
        }
        else if (amount < 0)
        {
            builder.AddReturn(customer, day, -amount);
        }
        else
        {
            builder.Add(customer, day, amount);
        }
    }

    /// <summary>Reads a customer's id; what is none is a fault of the file.</summary>
    internal static bool TryCustomer(CsvInput csv, int column, out CustomerId customer)
    {
        string text = TextField.Of(csv, column);
        bool good = CustomerId.TryOf(text, out customer) && TextField.IsName(text);
        if (!good)
        {
            csv.Faults.Add(csv.Line, csv.Header(column), text, $"{TextField.AcceptedId}; hash longer ones");
        }

        return good;
    }

    private static bool TryAmount(CsvInput csv, int column, out decimal amount)
    {
        amount = 0;
        bool good = csv.IsNumeric(column) && decimal.TryParse(csv.Field(column), Amounts, CultureInfo.InvariantCulture, out amount) && Math.Abs(amount) <= MaxAmount;
        if (!good)
        {
            csv.Faults.Add(csv.Line, csv.Header(column), csv.Text(column),
                "an amount such as 12.50 up to 1e15, with a decimal point and no thousands separator or currency sign; below 0 for a return");
        }

        return good;
    }
}
