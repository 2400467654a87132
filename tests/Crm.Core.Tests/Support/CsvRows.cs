using System.Globalization;

namespace Crm.Core.Tests.Support;

/// <summary>A row of a plain comma-separated file with a header, read by column name; no quotes.</summary>
internal sealed class CsvRows
{
    private readonly string[] _header;
    private readonly string[] _fields;

    private CsvRows(string[] header, string[] fields)
    {
        _header = header;
        _fields = fields;
    }

    internal string this[string column] => _fields[Array.IndexOf(_header, column)];

    internal static List<CsvRows> Read(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => line.Split(','))];
        return [.. lines.Skip(1).Select(fields => new CsvRows(lines[0], fields))];
    }

    internal double Number(string column) => double.Parse(this[column], CultureInfo.InvariantCulture);

    internal decimal Amount(string column) => decimal.Parse(this[column], CultureInfo.InvariantCulture);

    internal int Count(string column) => int.Parse(this[column], CultureInfo.InvariantCulture);
}
