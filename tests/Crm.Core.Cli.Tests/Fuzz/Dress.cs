using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>Another file with the same content: what the tool answers must be the same to the bit.</summary>
internal static class Dress
{
    /// <summary>Writes a table as somebody else would have.</summary>
    /// <param name="rows">The header and the rows.</param>
    /// <param name="random">Decides how.</param>
    /// <param name="respell">Another spelling of a field with the same meaning, by column.</param>
    /// <param name="mayShuffle">Whether the order of the rows is without meaning.</param>
    internal static byte[] Of(string[][] rows, Random random, Func<string, string, string> respell, bool mayShuffle)
    {
        string[][] table = [rows[0], .. rows[1..].Select(row => row.Select((field, column) => respell(rows[0][column], field)).ToArray())];
        table = mayShuffle && random.Next(2) == 0 ? [table[0], .. Shuffled(table[1..], random)] : table;
        table = random.Next(2) == 0 ? WithExtraColumn(table, random) : table;
        table = random.Next(2) == 0 ? InOtherOrder(table, random) : table;
        if (random.Next(3) == 0)
        {
            table[0] = [.. table[0].Select(name => name == "T" || name == "t_x" ? name : name.ToUpperInvariant())];
        }

        return Written(table, random);
    }

    /// <summary>Another spelling of a number: 5, 5.0, 05.00, +5, 5e0.</summary>
    internal static string Number(string number, Random random)
    {
        if (number.Length == 0 || number.Contains('E', StringComparison.OrdinalIgnoreCase))
        {
            return number;
        }

        bool isWhole = !number.Contains('.', StringComparison.Ordinal);
        bool isSigned = number[0] is '-';
        return random.Next(6) switch
        {
            0 => number + (isWhole ? ".0" : "00"),
            1 => isSigned ? number : "+" + number,
            2 => isSigned ? number : "00" + number,
            3 => number + "e0",
            4 => isWhole ? number + "." : number,
            _ => number,
        };
    }

    /// <summary>Another spelling of a day, all of which have the year first.</summary>
    internal static string Day(string day, Random random) => random.Next(6) switch
    {
        0 => day.Replace("-", "", StringComparison.Ordinal),
        1 => day.Replace('-', '/'),
        2 => day + "T23:59:59Z",
        3 => day + " 00:00",
        4 => day + "T08:30:00.5",
        _ => day,
    };

    private static byte[] Written(string[][] table, Random random)
    {
        char separator = ",;\t"[random.Next(3)];
        string end = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
        bool hasBlankLines = random.Next(4) == 0;
        bool hasSpaces = random.Next(4) == 0;
        int quotes = random.Next(3);
        var text = new StringBuilder(random.Next(3) == 0 ? "# crm: zone=UTC" + end : "");
        foreach (string[] row in table)
        {
            text.AppendJoin(separator, row.Select(field => Field(field, separator, quotes == 2 || (quotes == 1 && random.Next(2) == 0), hasSpaces && random.Next(2) == 0)));
            text.Append(end).Append(hasBlankLines && random.Next(5) == 0 ? end : "");
        }

        string whole = random.Next(3) == 0 ? text.ToString().TrimEnd('\r', '\n') : text.ToString();
        byte[] bytes = random.Next(5) switch
        {
            0 => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(whole)],
            1 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(whole)],
            2 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(whole)],
            _ => Encoding.UTF8.GetBytes(whole),
        };
        int middle = random.Next(bytes.Length);
        return random.Next(4) switch
        {
            0 => Packed.Gzip(bytes),
            1 => [.. Packed.Gzip(bytes[..middle]), .. Packed.Gzip(bytes[middle..])],
            _ => bytes,
        };
    }

    private static string Field(string field, char separator, bool quoted, bool spaced)
    {
        bool needsQuotes = field.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) >= 0;
        string text = quoted || needsQuotes ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : field;
        return spaced && !quoted && !needsQuotes && text.Length > 0 ? " " + text + "  " : text;
    }

    private static string[][] Shuffled(string[][] rows, Random random)
    {
        random.Shuffle(rows);
        return rows;
    }

    private static string[][] WithExtraColumn(string[][] table, Random random) =>
        [.. table.Select((row, i) => (string[])[.. row, i == 0 ? "remark" : new[] { "", "a, b", "5", "say \"hi\"\nthere", "ä" }[random.Next(5)]])];

    private static string[][] InOtherOrder(string[][] table, Random random)
    {
        int[] order = [.. Enumerable.Range(0, table[0].Length)];
        random.Shuffle(order);
        return [.. table.Select(row => order.Select(column => row[column]).ToArray())];
    }
}
