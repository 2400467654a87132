using System.Text;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>What happens to files on their way: bytes flip, ends are cut off, lines come twice, fields hold what nobody expected.</summary>
internal static class Damage
{
    private static readonly string[] _nasty =
    [
        "", " ", "0", "-0", "-1", "1e300", "-1e300", "1e-300", "NaN", "Infinity", "-Infinity", "null", "12,50", "1.234,50", "$5", "5 EUR", "0x10", "٣", "½", "1_000", "--5",
        "9999-12-31", "0000-00-00", "1900-01-01", "2026-02-30", "03/04/2026", "25/12/2025", "12/31/2025", "2025-06-01T25:00", "2025-06-01T10:00:00+99:00", "now",
        "\"", "\"\"", "\"a\nb\"", "a\tb", "=1+1", "\u0000", "\u0007", "\uFEFF", "\uFFFD", "\U0001F600", "'; drop table customers; --", "../../x", "99999999999999999999999999999",
    ];

    private static readonly string[] _lineEnds = ["\n", "\r\n", "\r", "\n\n", "\u2028"];

    private static readonly Encoding[] _encodings = [Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF8Encoding(true)];

    /// <summary>Damages a file of text once, or a few times over.</summary>
    internal static byte[] Of(byte[] good, Random random)
    {
        byte[] bytes = good;
        for (int i = random.Next(3); i >= 0; i--)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random) => random.Next(12) switch
    {
        0 or 1 => Flipped(bytes, random),
        2 => bytes[..random.Next(bytes.Length + 1)],
        3 => bytes[random.Next(bytes.Length + 1)..],
        4 => OnLines(bytes, lines => Repeated(lines, random)),
        5 => OnLines(bytes, lines => Exchanged(lines, random)),
        6 => OnLines(bytes, lines => lines.Count > 1 ? [.. lines.Where((_, i) => i != random.Next(lines.Count))] : lines),
        7 or 8 => OnLines(bytes, lines => WithNastyField(lines, random)),
        9 => OnText(bytes, text => text.Replace(",", random.Next(2) == 0 ? ";" : "\t", StringComparison.Ordinal)
            .Replace("\n", _lineEnds[random.Next(_lineEnds.Length)], StringComparison.Ordinal)),
        10 => InEncoding(bytes, random),
        _ => Packing(bytes, random),
    };

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        for (int i = random.Next(3); i >= 0 && flipped.Length > 0; i--)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    private static byte[] Packing(byte[] bytes, Random random)
    {
        int middle = random.Next(bytes.Length + 1);
        byte[] packed = random.Next(2) == 0 ? Packed.Gzip(bytes) : [.. Packed.Gzip(bytes[..middle]), .. Packed.Gzip(bytes[middle..])];
        return random.Next(4) switch
        {
            0 => packed,
            1 => packed[..random.Next(packed.Length)],
            2 => [.. packed, (byte)random.Next(1, 256)],
            _ => Flipped(packed, random),
        };
    }

    private static byte[] InEncoding(byte[] bytes, Random random)
    {
        Encoding encoding = _encodings[random.Next(_encodings.Length)];
        byte[] mark = random.Next(2) == 0 ? encoding.GetPreamble() : [];
        return [.. mark, .. encoding.GetBytes(Encoding.UTF8.GetString(bytes))];
    }

    private static List<string> Repeated(List<string> lines, Random random)
    {
        lines.Insert(random.Next(lines.Count + 1), lines[random.Next(lines.Count)]);
        return lines;
    }

    private static List<string> Exchanged(List<string> lines, Random random)
    {
        int one = random.Next(lines.Count);
        int other = random.Next(lines.Count);
        (lines[one], lines[other]) = (lines[other], lines[one]);
        return lines;
    }

    private static List<string> WithNastyField(List<string> lines, Random random)
    {
        int line = random.Next(lines.Count);
        string[] fields = lines[line].Split(',');
        fields[random.Next(fields.Length)] = random.Next(20) == 0 ? new string('9', 10_000) : _nasty[random.Next(_nasty.Length)];
        lines[line] = string.Join(',', fields);
        return lines;
    }

    private static byte[] OnLines(byte[] bytes, Func<List<string>, List<string>> change) =>
        OnText(bytes, text => string.Join('\n', change([.. text.Split('\n')])));

    private static byte[] OnText(byte[] bytes, Func<string, string> change) => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(bytes)));
}
