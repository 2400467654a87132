using System.Text;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Takes the rows of a file of transactions in, in every form that is accepted, and names what is wrong with them.</summary>
internal sealed class TransactionRows(
    TransactionColumns columns, TransactionFormat format, PurchaseFeed feed, DateColumn dates, RowRepeats repeats)
{
    private const int MaxAmountLength = 128;

    private const string PointAccepted =
        "an amount such as 12.50 up to 1e15, with a decimal point and no thousands separator or currency sign; below 0 for a return; where all have a decimal comma, say --decimal-comma";

    private const string CommaAccepted =
        "an amount such as 12,50 up to 1e15, with a decimal comma, as --decimal-comma says, and no thousands separator or currency sign; below 0 for a return";

    /// <summary>Adds the current row of a file, or what is wrong with it to the file's faults.</summary>
    /// <exception cref="InputException">The dates of the file contradict each other.</exception>
    internal void Add(CsvInput csv)
    {
        if (!csv.HasAllFields())
        {
            return;
        }

        CustomerId customer = CustomerId.None;
        bool good = TextField.IsPlainId(csv.Field(columns.Customer)) || TextField.TryCustomer(csv, columns.Customer, out customer);
        good = dates.TryRead(csv, out LocalDate day, out LocalDate? other) && good;
        decimal amount = 0;
        good = (columns.Amount < 0 || TryAmount(csv, out amount)) && good;
        good = TryName(csv, columns.Product, out string product) && good;
        good = TryName(csv, columns.Channel, out string channel) && good;
        foreach (UndecidedRow row in dates.TakeDecided())
        {
            if (dates.TryDay(csv, row, out LocalDate decided))
            {
                Add(Utf8(row.Customer), decided, row.Amount, row.Product, row.Channel);
            }
        }

        if (!good || repeats.Drops(csv))
        {
            return;
        }

        ReadOnlySpan<byte> id = customer == CustomerId.None ? csv.Field(columns.Customer) : Utf8(customer);
        decimal? known = columns.Amount < 0 ? null : amount;
        if (other is { } monthFirst)
        {
            dates.Keep(new(Customer(id), day, monthFirst, known, csv.Line, product, channel));
        }
        else
        {
            Add(id, day, known, product, channel);
        }
    }

    private static CustomerId Customer(ReadOnlySpan<byte> id) => CustomerId.Of(Encoding.UTF8.GetString(id));

    private static ReadOnlySpan<byte> Utf8(CustomerId id) => Encoding.UTF8.GetBytes(id.ToString());

    private void Add(ReadOnlySpan<byte> id, LocalDate day, decimal? amount, string product, string channel)
    {
        if (format.Only is null || format.Only.Contains(Customer(id)))
        {
            feed.Add(id, day, amount);
            format.Events?.Add(id, day, amount, product, channel);
        }
    }

    // Of a product or a channel nobody need know anything.
    private static bool TryName(CsvInput csv, int column, out string name)
    {
        name = column < 0 ? "" : TextField.Of(csv, column);
        bool good = name.Length == 0 || (name.Length <= TextField.LongestId && TextField.IsName(name));
        if (!good)
        {
            csv.Faults.Add(csv.Line, csv.Header(column), name, $"{TextField.AcceptedId}, or nothing", FaultReason.NoName);
        }

        return good;
    }

    private bool TryAmount(CsvInput csv, out decimal amount)
    {
        ReadOnlySpan<byte> field = csv.Field(columns.Amount);
        amount = 0;
        bool good = csv.IsNumeric(columns.Amount)
            && (format.HasDecimalComma ? TryWithComma(field, out amount) : AmountField.TryRead(field, out amount))
            && Math.Abs(amount) <= AmountField.Most;
        if (!good)
        {
            csv.Faults.Add(
                csv.Line, csv.Header(columns.Amount), csv.Text(columns.Amount), format.HasDecimalComma ? CommaAccepted : PointAccepted, FaultReason.NoAmount);
        }

        return good;
    }

    // With a decimal comma a point separates thousands, and what looks like one may be meant as the other: it is refused.
    private static bool TryWithComma(ReadOnlySpan<byte> field, out decimal amount)
    {
        amount = 0;
        if (field.Contains((byte)'.') || field.Length > MaxAmountLength)
        {
            return false;
        }

        Span<byte> withPoint = stackalloc byte[field.Length];
        field.Replace(withPoint, (byte)',', (byte)'.');
        return AmountField.TryRead(withPoint, out amount);
    }
}
