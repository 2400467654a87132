using System.Globalization;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Segments;

namespace Crm.Core.Cli.Segmenting;

/// <summary>
/// A file of customers: each column beside customer_id is one that rules may ask about, of numbers if all its fields are, else of texts. A field that
/// begins with a zero before another digit makes it one of texts: 08001 is a postcode or a code, and as a number it would be 8001.
/// </summary>
internal sealed class CustomerAttributes
{
    private readonly Dictionary<CustomerId, string[]> _rows;
    private readonly string[] _columns;
    private readonly bool[] _isNumeric;

    private CustomerAttributes(string name, string[] columns, Dictionary<CustomerId, string[]> rows)
    {
        (Name, _columns, _rows) = (name, columns, rows);
        _isNumeric = [.. columns.Select((_, place) => rows.Values.Any(row => row[place].Length > 0)
            && rows.Values.All(row => row[place].Length == 0 || (TryNumber(row[place], out double _) && !IsCode(row[place]))))];
    }

    internal string Name { get; }

    internal IEnumerable<ColumnDefinition> Definitions => _columns.Select((name, place) => _isNumeric[place] ? ColumnDefinition.Number(name) : ColumnDefinition.Text(name));

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static CustomerAttributes Read(string path, string customerColumn, Terminal terminal, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        using var csv = CsvInput.Open(file, skipsBadRows: false);
        int id = csv.Find(customerColumn);
        csv.CheckHeader([(customerColumn, id, "It says who a row is about.")]);
        int[] places = [.. Enumerable.Range(0, csv.ColumnCount).Where(column => column != id)];
        var rows = new Dictionary<CustomerId, string[]>();
        while (csv.Read())
        {
            if (rows.Count % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (csv.HasAllFields() && TextField.TryCustomer(csv, id, out CustomerId customer)
                && !rows.TryAdd(customer, [.. places.Select(column => TextField.Of(csv, column))]))
            {
                csv.Faults.Add(csv.Line, csv.Header(id), customer.ToString(), "a customer once", FaultReason.Repeated);
            }
        }

        csv.Faults.ThrowIfAny();
        string[] names = [.. places.Select(csv.Header)];
        return names.FirstOrDefault(name => RuleColumns.Contains(name)) is { } taken
            ? throw new InputException($"{file.Name}: the column {taken} has the name of one that is computed. Give it another.") : new(file.Name, names, rows);
    }

    /// <summary>How many of some customers stand in the file.</summary>
    internal CustomersFound Found(IReadOnlyList<CustomerId> customers) => new(Name, _rows.Count, customers.Count(_rows.ContainsKey), customers.Count);

    /// <summary>Sets the column a signal asks about.</summary>
    internal void SetIn(SegmentColumns columns, ColumnSignal signal)
    {
        int place = Array.IndexOf(_columns, signal.Name);
        IEnumerable<string> texts = columns.Ids.Select(id => _rows.TryGetValue(id, out string[]? row) ? row[place] : "");
        if (_isNumeric[place])
        {
            columns.Set(signal, texts.Select(text => TryNumber(text, out double number) ? number : double.NaN).ToArray());
        }
        else
        {
            columns.Set(signal, [.. texts.Select(text => text.Length == 0 ? null : text)]);
        }
    }

    private static IReadOnlyList<string> RuleColumns { get; } = [.. Hosting.RuleSegmenter.ColumnsOf(null).Columns.Select(column => column.Name)];

    private static bool IsCode(string text) =>
        text.AsSpan().TrimStart("+-") is ['0', >= '0' and <= '9', ..] && !text.Contains('.', StringComparison.Ordinal);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
