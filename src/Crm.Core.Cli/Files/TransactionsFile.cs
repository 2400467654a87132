using System.Text;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Reads transactions: customer_id, date and, where there is one, amount. An amount below 0 is a return.</summary>
internal static class TransactionsFile
{
    // Past this no sum over customers stays in the range where cents are exact; it is a typing error or another column.
    private const decimal MaxAmount = 1e15m;
    private const int MaxAmountLength = 128;

    private const int MaxPlainId = 128;

    private const string PointAccepted =
        "an amount such as 12.50 up to 1e15, with a decimal point and no thousands separator or currency sign; below 0 for a return; where all have a decimal comma, say --decimal-comma";

    private const string CommaAccepted =
        "an amount such as 12,50 up to 1e15, with a decimal comma, as --decimal-comma says, and no thousands separator or currency sign; below 0 for a return";

    /// <summary>Reads a file whole. Every row is checked; nothing is kept of a file with faults, unless rows at fault are to be left out.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static TransactionLog Read(
        string path, TransactionFormat format, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        using DigestStream? digest = format.WithDigest ? new(file.Content) : null;
        using var csv = CsvInput.Open(file, format.SkipsBadRows, digest);
        DateTimeZone zone = file.Agreed("zone", file.Metadata.Zone, format.Zone, format.ZoneUnlessNamed);
        Currency currency = file.Agreed("currency", file.Metadata.Currency, format.Currency, format.CurrencyUnlessNamed);
        var days = new DayReader(zone, format.DateFormat);
        var columns = new Columns(csv, format);
        var dates = new DateColumn(days, columns.Date, format, format.NotAfter ?? terminal.Clock.GetCurrentInstant().InZone(zone).Date.PlusDays(1));
        var repeats = new RowRepeats(format.DropsDuplicates);
        var builder = new PurchaseHistoryBuilder(format.Unit, zone);
        builder.SetCurrency(currency);
        using var feed = new PurchaseFeed(builder);
        long rows = 0;
        while (csv.Read())
        {
            if (++rows % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.ReportTo(progress);
            }

            columns.AddRow(csv, feed, dates, repeats);
        }

        csv.Faults.ThrowIfAny();
        dates.CheckDecided(file.Name, csv.Header(columns.Date));
        feed.Complete();
        if (format.Only is null)
        {
            csv.Faults.ThrowIfNoneIsLeft(builder.Purchases);
        }

        return builder.Purchases > 0 || format.MayBeEmpty || format.Only is not null
            ? new()
            {
                Name = file.Name,
                Builder = builder,
                Zone = zone,
                Currency = currency,
                Digest = digest?.Digest(),
                Rows = rows,
                Skipped = csv.Faults.Skipped,
                Duplicates = repeats.Count(),
            }
            : throw new InputException(rows == 0
                ? $"{file.Name} has a header and no rows. Each row is one purchase."
                : $"{file.Name} has no purchase: every amount is below 0. Amounts below 0 are returns; purchases have amounts of 0 or more.");
    }

    /// <summary>Reads a customer's id; what is none is a fault of the file.</summary>
    internal static bool TryCustomer(CsvInput csv, int column, out CustomerId customer)
    {
        string text = TextField.Of(csv, column);
        bool good = CustomerId.TryOf(text, out customer) && TextField.IsName(text);
        if (!good)
        {
            csv.Faults.Add(csv.Line, csv.Header(column), text, $"{TextField.AcceptedId}; hash longer ones", FaultReason.NoId);
        }

        return good;
    }

    /// <summary>Where the columns stand in a file, and how its amounts are written.</summary>
    private sealed class Columns
    {
        private readonly int _customer;
        private readonly int _amount;
        private readonly bool _hasDecimalComma;
        private readonly IReadOnlySet<CustomerId>? _only;
        private readonly TransactionEvents? _events;
        private readonly int _product;
        private readonly int _channel;

        internal Columns(CsvInput csv, TransactionFormat format)
        {
            _customer = csv.Find(format.CustomerColumn);
            Date = csv.Find(format.DateColumn);
            _amount = csv.Find(format.AmountColumn);
            _hasDecimalComma = format.HasDecimalComma;
            _only = format.Only;
            _events = format.Events;
            (_product, _channel) = _events is null ? (-1, -1) : (csv.Find("product"), csv.Find("channel"));
            if (_events is not null)
            {
                (_events.HasProducts, _events.HasChannels) = (_product >= 0, _channel >= 0);
            }

            csv.CheckHeader(
            [
                (format.CustomerColumn, _customer, "Name the column by --customer-column."),
                (format.DateColumn, Date, "Name the column by --date-column."),
                (format.AmountColumn, format.NeedsAmount ? _amount : 0, "Name the column by --amount-column, or leave the option out."),
            ]);
        }

        internal int Date { get; }

        internal void AddRow(CsvInput csv, PurchaseFeed feed, DateColumn dates, RowRepeats repeats)
        {
            if (!csv.HasAllFields())
            {
                return;
            }

            CustomerId customer = CustomerId.None;
            bool good = IsPlain(csv.Field(_customer)) || TryCustomer(csv, _customer, out customer);
            good = dates.TryRead(csv, out LocalDate day, out LocalDate? other) && good;
            decimal amount = 0;
            good = (_amount < 0 || TryAmount(csv, out amount)) && good;
            good = TryName(csv, _product, out string product) && good;
            good = TryName(csv, _channel, out string channel) && good;
            foreach (UndecidedRow row in dates.TakeDecided())
            {
                if (dates.TryDay(csv, row, out LocalDate decided))
                {
                    Add(feed, Utf8(row.Customer), decided, row.Amount, row.Product, row.Channel);
                }
            }

            if (!good || repeats.Drops(csv))
            {
                return;
            }

            ReadOnlySpan<byte> id = customer == CustomerId.None ? csv.Field(_customer) : Utf8(customer);
            decimal? known = _amount < 0 ? null : amount;
            if (other is { } monthFirst)
            {
                dates.Keep(new(Customer(id), day, monthFirst, known, csv.Line, product, channel));
            }
            else
            {
                Add(feed, id, day, known, product, channel);
            }
        }

        // Letters, digits and other characters of ASCII that can be seen: nearly every id. No text has to be made to see that it is one.
        private static bool IsPlain(ReadOnlySpan<byte> id) => id.Length is > 0 and <= MaxPlainId && !id.ContainsAnyExceptInRange((byte)'!', (byte)'~');

        private static CustomerId Customer(ReadOnlySpan<byte> id) => CustomerId.Of(Encoding.UTF8.GetString(id));

        private static ReadOnlySpan<byte> Utf8(CustomerId id) => Encoding.UTF8.GetBytes(id.ToString());

        private void Add(PurchaseFeed feed, ReadOnlySpan<byte> id, LocalDate day, decimal? amount, string product, string channel)
        {
            if (_only is null || _only.Contains(Customer(id)))
            {
                feed.Add(id, day, amount);
                _events?.Add(id, day, amount, product, channel);
            }
        }

        // Of a product or a channel nobody need know anything.
        private static bool TryName(CsvInput csv, int column, out string name)
        {
            name = column < 0 ? "" : TextField.Of(csv, column);
            bool good = name.Length == 0 || (name.Length <= MaxPlainId && TextField.IsName(name));
            if (!good)
            {
                csv.Faults.Add(csv.Line, csv.Header(column), name, $"{TextField.AcceptedId}, or nothing", FaultReason.NoName);
            }

            return good;
        }

        private bool TryAmount(CsvInput csv, out decimal amount)
        {
            ReadOnlySpan<byte> field = csv.Field(_amount);
            amount = 0;
            bool good = csv.IsNumeric(_amount) && (_hasDecimalComma ? TryWithComma(field, out amount) : AmountField.TryRead(field, out amount))
                && Math.Abs(amount) <= MaxAmount;
            if (!good)
            {
                csv.Faults.Add(csv.Line, csv.Header(_amount), csv.Text(_amount), _hasDecimalComma ? CommaAccepted : PointAccepted, FaultReason.NoAmount);
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
}
