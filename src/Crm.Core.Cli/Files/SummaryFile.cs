using System.Globalization;
using Crm.Core.Cli.Output;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Reads and writes histories as a table: customer_id,frequency,recency,age,mean_spend, and the test period where one is held out.</summary>
/// <remarks>The papers' names x, t_x, T and m_x are read too, and a column "customers" that says how many share a row.</remarks>
internal static class SummaryFile
{
    private const NumberStyles Numbers = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const int MaxCount = 1_000_000_000;
    private const int MaxFrequency = 1_000_000;

    /// <summary>Reads a file whole. Every row is checked; nothing is kept of a file with faults.</summary>
    /// <param name="path">The file, "-" for standard input.</param>
    /// <param name="unit">The unit that the user states, or null for the file's own.</param>
    /// <param name="currency">The currency that the user states, or null for the file's own.</param>
    /// <param name="skipsBadRows">Whether rows at fault are left out, instead of ending the work.</param>
    /// <param name="terminal">For standard input.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The histories, and the rows that were left out.</returns>
    /// <exception cref="InputException">The file is at fault, or is counted in another unit or currency than stated.</exception>
    internal static (PurchaseHistories Histories, SkippedRows Skipped) Read(
        string path, TimeUnit? unit, Currency? currency, bool skipsBadRows, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        HistoryFrame frame = Frame(file, unit, currency);
        using var csv = CsvInput.Open(file, skipsBadRows);
        var columns = new Columns(csv);
        var rows = new Rows();
        long read = 0;
        while (csv.Read())
        {
            if (++read % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.ReportTo(progress);
            }

            if (csv.HasAllFields())
            {
                columns.AddRow(csv, rows, frame.Unit);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        csv.Faults.ThrowIfAny();
        csv.Faults.ThrowIfNoneIsLeft(rows.Frequency.Count);
        return rows.Frequency.Count == 0
            ? throw new InputException($"{file.Name} has a header and no rows. Each row is one customer.")
            : (PurchaseHistories.FromColumns(columns.ToHistoryColumns(rows), frame), csv.Faults.Skipped);
    }

    /// <summary>Writes histories; what is read back has the same bits.</summary>
    internal static void Write(TextWriter writer, PurchaseHistories histories)
    {
        writer.WriteLine(FileMetadata.Format(histories.Frame));
        var lines = new SummaryLines(histories);
        writer.WriteLine(string.Join(',', lines.Header));
        lines.Write(writer);
    }

    /// <summary>Why nothing can be said of a test period that the file half names; nothing where it names all or none of it.</summary>
    internal static IEnumerable<string> NotesOnHoldout(PurchaseHistories histories)
    {
        bool hasPurchases = histories.HoldoutFrequency.Length > 0;
        bool hasLength = histories.Frame.HoldoutLength > 0;
        if (hasPurchases && !hasLength)
        {
            yield return "The file has holdout_frequency, but its first line does not say until when and in which unit, so that nothing is tested on it. Add unit=, until= and holdout-until= to the line '# crm: …'.";
        }
        else if (hasLength && !hasPurchases)
        {
            yield return "The first line of the file names a test period, but there is no column holdout_frequency, so that nothing is tested on it.";
        }
    }

    /// <summary>A number as it round-trips.</summary>
    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static HistoryFrame Frame(InputFile file, TimeUnit? unit, Currency? currency)
    {
        FileMetadata own = file.Metadata;
        Window? window = own.Until is not { } until ? null
            : own.HoldoutUntil is { } end ? Window.Through(until).HoldingOutThrough(end)
            : Window.Through(until);
        return new()
        {
            Unit = file.Agreed("unit", own.Unit, unit, TimeUnit.Unnamed),
            Currency = file.Agreed("currency", own.Currency, currency, Currency.None),
            Window = window,
            Zone = own.Zone ?? DateTimeZone.Utc,
        };
    }

    /// <summary>The values of the rows, column by column.</summary>
    private sealed class Rows
    {
        internal List<CustomerId> Ids { get; } = [];

        internal Dictionary<CustomerId, long> LineOf { get; } = [];

        internal List<int> Frequency { get; } = [];

        internal List<double> Recency { get; } = [];

        internal List<double> Age { get; } = [];

        internal List<double> MeanSpend { get; } = [];

        internal List<int> Customers { get; } = [];

        internal List<int> HoldoutFrequency { get; } = [];

        internal List<double> HoldoutMeanSpend { get; } = [];
    }

    /// <summary>Where the columns stand in a file.</summary>
    private sealed class Columns
    {
        private readonly int _id;
        private readonly int _frequency;
        private readonly int _recency;
        private readonly int _age;
        private readonly int _meanSpend;
        private readonly int _customers;
        private readonly int _holdoutFrequency;
        private readonly int _holdoutMeanSpend;

        internal Columns(CsvInput csv)
        {
            _id = csv.Find("customer_id");
            _frequency = csv.Find("frequency", "x");
            _recency = csv.Find("recency", "t_x");
            _age = csv.Find("age", "T");
            _meanSpend = csv.Find("mean_spend", "m_x");
            _customers = csv.Find("customers");
            _holdoutFrequency = csv.Find("holdout_frequency");
            _holdoutMeanSpend = csv.Find("holdout_mean_spend");
            const string remedy = "Make such a table of transactions by 'crm summarize'.";
            csv.CheckHeader(
            [
                ("frequency (or x)", _frequency, remedy),
                ("recency (or t_x)", _recency, remedy),
                ("age (or T)", _age, remedy),
                ("holdout_frequency", _holdoutMeanSpend < 0 ? 0 : _holdoutFrequency, "The column holdout_mean_spend needs it."),
            ]);
        }

        internal void AddRow(CsvInput csv, Rows rows, TimeUnit unit)
        {
            CustomerId id = CustomerId.None;
            bool good = _id < 0 || (TextField.TryCustomer(csv, _id, out id) && IsNew(csv, rows, id));
            good &= TryCount(csv, _frequency, 0, out int frequency, MaxFrequency);
            good &= TryNumber(csv, _recency, out double recency);
            good &= TryNumber(csv, _age, out double age);
            good &= TryNumber(csv, _meanSpend, out double meanSpend);
            good &= TryCount(csv, _customers, 1, out int customers);
            good &= TryCount(csv, _holdoutFrequency, 0, out int holdoutFrequency);
            good &= TryNumber(csv, _holdoutMeanSpend, out double holdoutMeanSpend);
            if (!good)
            {
                return;
            }

            if (holdoutFrequency == 0 && holdoutMeanSpend != 0)
            {
                csv.Faults.Add(csv.Line, csv.Header(_holdoutMeanSpend), csv.Text(_holdoutMeanSpend), "0 where holdout_frequency is 0", FaultReason.Impossible);
                return;
            }

            if (!PurchaseHistory.TryOf(frequency, recency, age, unit, meanSpend, Currency.None, out _, out var faults))
            {
                foreach (RowFault fault in faults)
                {
                    csv.Faults.AddWords(csv.Line, HeaderOf(csv, fault.Column), $"{fault.Found}; accepted: {fault.Expected}.", FaultReason.Impossible);
                }

                return;
            }

            rows.Ids.Add(id);
            rows.Frequency.Add(frequency);
            rows.Recency.Add(recency);
            rows.Age.Add(age);
            rows.MeanSpend.Add(meanSpend);
            rows.Customers.Add(customers);
            rows.HoldoutFrequency.Add(holdoutFrequency);
            rows.HoldoutMeanSpend.Add(holdoutMeanSpend);
        }

        // The rules speak of columns by their meaning, the user knows them by their name in the file.
        private string HeaderOf(CsvInput csv, string meaning) => csv.Header(meaning switch
        {
            "frequency" => _frequency,
            "recency" => _recency,
            "age" => _age,
            _ => _meanSpend,
        });

        internal HistoryColumns ToHistoryColumns(Rows rows) => new()
        {
            Ids = _id < 0 ? null : rows.Ids,
            Frequency = rows.Frequency,
            Recency = rows.Recency,
            Age = rows.Age,
            MeanSpend = _meanSpend < 0 ? null : rows.MeanSpend,
            Customers = _customers < 0 ? null : rows.Customers,
            HoldoutFrequency = _holdoutFrequency < 0 ? null : rows.HoldoutFrequency,
            HoldoutMeanSpend = _holdoutMeanSpend < 0 ? null : rows.HoldoutMeanSpend,
        };

        private bool IsNew(CsvInput csv, Rows rows, CustomerId id)
        {
            bool isNew = rows.LineOf.TryAdd(id, csv.Line);
            if (!isNew)
            {
                csv.Faults.AddWords(csv.Line, csv.Header(_id), string.Create(CultureInfo.InvariantCulture,
                    $"the customer came before, in line {rows.LineOf[id]}. Each customer has one row."), FaultReason.Repeated);
            }

            return isNew;
        }

        // A column that is not there is no fault; its value is the least.
        private static bool TryCount(CsvInput csv, int column, int least, out int count, int most = MaxCount)
        {
            count = least;
            if (column < 0)
            {
                return true;
            }

            double number = least;
            bool good = csv.IsNumeric(column) && double.TryParse(csv.Field(column), Numbers, CultureInfo.InvariantCulture, out number)
                && number >= least && number <= most && number == Math.Floor(number);
            count = good ? (int)number : least;
            if (!good)
            {
                csv.Faults.Add(csv.Line, csv.Header(column), csv.Text(column),
                    string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most:N0}"), FaultReason.NoCount);
            }

            return good;
        }

        private static bool TryNumber(CsvInput csv, int column, out double number)
        {
            number = 0;
            return column < 0 || NumberField.TryRead(csv, column, NumberField.Accepted, out number);
        }
    }
}
