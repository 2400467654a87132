using System.Globalization;

namespace Crm.Core.Cli.Files;

/// <summary>Writes numbers as they round-trip, and remembers the texts of those it wrote: for a column with few different ones, such as ages.</summary>
/// <remarks>Looking for the shortest text that reads back as the same bits takes ten times as long as copying it.</remarks>
internal sealed class NumberTexts
{
    /// <summary>The most characters of a number.</summary>
    internal const int MostCharacters = 24;

    private const int PlaceBits = 10;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly double[] _numbers = new double[1 << PlaceBits];
    private readonly byte[] _lengths = new byte[1 << PlaceBits];
    private readonly char[] _texts = new char[MostCharacters << PlaceBits];

    /// <summary>Writes a number.</summary>
    /// <returns>How many characters it has.</returns>
    internal int Write(double number, Span<char> to)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(number);
        int place = (int)(unchecked(bits * Spread) >> (64 - PlaceBits));
        Span<char> text = _texts.AsSpan(place * MostCharacters, MostCharacters);
        if (_lengths[place] == 0 || BitConverter.DoubleToUInt64Bits(_numbers[place]) != bits)
        {
            // R is the shortest text that reads back as the same bits.
            number.TryFormat(text, out int written, "R", CultureInfo.InvariantCulture);
            (_numbers[place], _lengths[place]) = (number, (byte)written);
        }

        text[.._lengths[place]].CopyTo(to);
        return _lengths[place];
    }
}
