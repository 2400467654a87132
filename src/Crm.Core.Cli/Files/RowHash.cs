using System.Buffers.Binary;

namespace Crm.Core.Cli.Files;

/// <summary>128 bits of a row's fields: two rows with the same bits are the same.</summary>
/// <remarks>Not against those who look for two rows with the same bits; between other rows, even 1e9 of them, the chance is below 1e-20.</remarks>
internal static class RowHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD1B54A32D192ED03;
    private const int Word = sizeof(ulong);
    private const int HalfWord = sizeof(uint);

    /// <summary>The bits of the fields of the current row.</summary>
    internal static UInt128 Of(CsvInput csv)
    {
        var (low, high) = (First, Second);
        for (int column = 0; column < csv.FieldCount; column++)
        {
            (low, high) = With(low, high, csv.Field(column));
        }

        return new(high, low);
    }

    /// <summary>The bits of a whole row, its separators among them; others than those of its fields.</summary>
    internal static UInt128 Of(ReadOnlySpan<byte> row)
    {
        var (low, high) = With(First, Second, row);
        return new(high, low);
    }

    private static (ulong Low, ulong High) With(ulong low, ulong high, ReadOnlySpan<byte> text)
    {
        // The length stands before the text, so that "ab","c" and "a","bc" differ; over all bits, so that no character makes up for it.
        ulong length = (ulong)text.Length;
        (low, high) = unchecked((low ^ (length * Second), high ^ (length * First)));
        for (; text.Length > 2 * Word; text = text[(2 * Word)..])
        {
            (low, high) = Mixed(low, high, WordAt(text, 0), WordAt(text, Word));
        }

        var (start, end) = Words(text);
        return Mixed(low, high, start, end);
    }

    // Up to sixteen bytes in two words, which differ wherever two texts of one length do. Where a word would reach past the end, one that ends
    // there is read instead.
    private static (ulong Start, ulong End) Words(ReadOnlySpan<byte> text)
    {
        if (text.Length >= Word)
        {
            return (WordAt(text, 0), WordAt(text, text.Length - Word));
        }

        if (text.Length >= HalfWord)
        {
            return (BinaryPrimitives.ReadUInt32LittleEndian(text), BinaryPrimitives.ReadUInt32LittleEndian(text[^HalfWord..]));
        }

        return text.Length == 0 ? (0, 0) : (text[0] | ((ulong)text[text.Length / 2] << 8), text[^1]);
    }

    private static ulong WordAt(ReadOnlySpan<byte> text, int place) => BinaryPrimitives.ReadUInt64LittleEndian(text[place..]);

    // Each half of the state goes into products of its own, whose two halves of 128 bits are folded.
    private static (ulong Low, ulong High) Mixed(ulong low, ulong high, ulong start, ulong end) =>
        (Folded(start ^ First, end ^ low), Folded(end ^ Second, start ^ high));

    private static ulong Folded(ulong value, ulong factor)
    {
        ulong top = Math.BigMul(value, factor, out ulong bottom);
        return top ^ bottom;
    }
}
