using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Crm.Core.Histories;

/// <summary>An id of up to fifteen characters of ASCII in sixteen bytes: its characters, then zeros, its length in the last byte.</summary>
/// <remarks>Nearly every id. It is compared and hashed without looking for its text, which may lie anywhere in memory. The default value is no id.</remarks>
/// <param name="Low">The first eight characters.</param>
/// <param name="High">The others, and the length.</param>
internal readonly record struct ShortId(ulong Low, ulong High)
{
    internal const int MostCharacters = 15;

    private const int Word = sizeof(ulong);
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private const int LengthShift = 56;
    private const ulong NotAscii = 0x8080_8080_8080_8080;
    private const ulong Zeros = 0x3030_3030_3030_3030;
    private const ulong Characters = (1UL << LengthShift) - 1;
    private const ulong NotAsciiWide = 0xFF80_FF80_FF80_FF80;

    private static readonly ulong[] _tens = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    // Taken from the runtime's hashes of texts, which are seeded anew in each process, so that nobody can choose ids that collide.
    private static readonly ulong _lowSeed = SeedOf("low", "low words");
    private static readonly ulong _highSeed = SeedOf("high", "high words");

    /// <summary>Gets the number of characters; 0 for no id.</summary>
    internal int Length => (int)(High >> LengthShift);

    /// <summary>Gets a value indicating whether it is made of digits only; without meaning for no id.</summary>
    internal bool IsNumber => AreDigits(Low | (PaddingOf(Length) & Zeros)) && AreDigits((High & Characters) | (PaddingOf(Length - Word) & Zeros));

    /// <summary>Gets the number that its digits make; without meaning where <see cref="IsNumber"/> is not so.</summary>
    internal ulong Number
    {
        get
        {
            // Digits go to the end of their word, behind zeros.
            int later = Math.Max(Length - Word, 0);
            ulong number = NumberOf(ToEnd(Low, Length - later));
            return unchecked((number * _tens[later]) + NumberOf(ToEnd(High & Characters, later)));
        }
    }

    /// <summary>Makes a short id of UTF-8, if it can be one.</summary>
    internal static bool TryOf(ReadOnlySpan<byte> text, out ShortId id)
    {
        id = default;
        if (text.Length is 0 or > MostCharacters)
        {
            return false;
        }

        if (text.Length >= Word)
        {
            return TryJoin(BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^Word..]), text.Length, out id);
        }

        ulong few = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            few = (few << 8) | text[i];
        }

        return TryJoin(few, 0, text.Length, out id);
    }

    /// <summary>Makes a short id of a text, if it can be one.</summary>
    internal static bool TryOf(ReadOnlySpan<char> text, out ShortId id)
    {
        id = default;
        if (text.Length is 0 or > MostCharacters)
        {
            return false;
        }

        if (text.Length >= Word)
        {
            ReadOnlySpan<ushort> wide = MemoryMarshal.Cast<char, ushort>(text);
            var (first, last) = (Vector128.Create(wide), Vector128.Create(wide[^Word..]));
            Vector128<ulong> narrow = Vector128.Narrow(first, last).AsUInt64();
            return ((first | last).AsUInt64() & Vector128.Create(NotAsciiWide)) == Vector128<ulong>.Zero
                && TryJoin(narrow[0], narrow[1], text.Length, out id);
        }

        ulong few = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            few = (few << 8) | Math.Min(text[i], (ulong)byte.MaxValue);
        }

        return TryJoin(few, 0, text.Length, out id);
    }

    internal CustomerId ToCustomer()
    {
        Span<byte> bytes = stackalloc byte[2 * Word];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[Word..], High);
        return CustomerId.Of(Encoding.Latin1.GetString(bytes[..Length]));
    }

    /// <summary>The hash of an id, short or not; its high and low bits all depend on every character.</summary>
    /// <param name="key">The short id, or the default value.</param>
    /// <param name="text">The text where there is no short id.</param>
    internal static int Hash(ShortId key, ReadOnlySpan<char> text) => key.Length > 0 ? key.Hash() : HashOf(text);

    /// <summary>The hash of an id that is no short one.</summary>
    internal static int HashOf(ReadOnlySpan<char> text) => string.GetHashCode(text);

    /// <summary>The hash of a short id.</summary>
    internal int Hash()
    {
        // Twice: of ids in a row the second word is mostly the same, and by some seeds one product would leave them in steps.
        ulong top = Math.BigMul(Low ^ _lowSeed, High ^ _highSeed, out ulong bottom);
        top = Math.BigMul(top ^ bottom ^ _highSeed, Odd, out bottom);
        ulong both = top ^ bottom;
        return unchecked((int)(both ^ (both >> 32)));
    }

    /// <summary>With how many characters it begins as another.</summary>
    internal int CommonLength(ShortId other)
    {
        int same = Low != other.Low
            ? BitOperations.TrailingZeroCount(Low ^ other.Low) / 8
            : Word + (BitOperations.TrailingZeroCount(High ^ other.High) / 8);
        return Math.Min(same, Math.Min(Length, other.Length));
    }

    /// <summary>The characters from one on, as far as there are, then zeros; the first in the lowest byte.</summary>
    internal (ulong Low, ulong High) From(int character)
    {
        UInt128 rest = new UInt128(High & Characters, Low) >> (8 * character);
        return unchecked(((ulong)rest, (ulong)(rest >> 64)));
    }

    private static ulong PaddingOf(int characters) => characters >= Word ? 0 : ulong.MaxValue << (8 * Math.Max(characters, 0));

    private static ulong ToEnd(ulong digits, int count) => count == 0
        ? Zeros
        : (digits << (8 * (Word - count))) | (Zeros & ~PaddingOf(Word - count));

    private static bool AreDigits(ulong word) =>
        (word & 0xF0F0_F0F0_F0F0_F0F0) == Zeros && (unchecked(word + 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) == Zeros;

    // Eight digits at once: pairs, then pairs of pairs, then both halves.
    private static ulong NumberOf(ulong digits)
    {
        unchecked
        {
            ulong pairs = ((digits - Zeros) * 10) + ((digits - Zeros) >> 8);
            ulong even = (pairs & 0x0000_00FF_0000_00FF) * (100 + (1_000_000UL << 32));
            ulong odd = ((pairs >> 16) & 0x0000_00FF_0000_00FF) * (1 + (10_000UL << 32));
            return (even + odd) >> 32;
        }
    }

    private static bool TryJoin(ulong first, ulong last, int length, out ShortId id)
    {
        // The last word ends where the id does: what stands in the first one, too, is dropped from it.
        ulong rest = length > Word ? last >> (8 * ((2 * Word) - length)) : 0;
        bool isAscii = ((first | rest) & NotAscii) == 0;
        id = isAscii ? new(first, rest | ((ulong)length << LengthShift)) : default;
        return isAscii;
    }

    /// <summary>A number of this process: taken from the runtime's hashes of two texts.</summary>
    internal static ulong SeedOf(string one, string other) =>
        unchecked(((ulong)(uint)one.GetHashCode(StringComparison.Ordinal) << 32) | (uint)other.GetHashCode(StringComparison.Ordinal));
}
