using System.Runtime.InteropServices;
using System.Text;

namespace Crm.Core.Cli.Files;

/// <summary>A short plain id in sixteen bytes: its characters of ASCII, then zeros, its length in the last byte.</summary>
/// <param name="Low">The first eight bytes.</param>
/// <param name="High">The others.</param>
internal readonly record struct IdKey(ulong Low, ulong High)
{
    private const int MostBytes = 15;
    private const int LengthShift = 56;

    /// <summary>Makes a key of a field, if it is 1 to 15 letters, digits or other characters of ASCII that can be seen: nearly every id.</summary>
    internal static bool TryOf(ReadOnlySpan<byte> field, out IdKey key)
    {
        key = default;
        if (field.Length is 0 or > MostBytes || field.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return false;
        }

        Span<ulong> words = [0, (ulong)field.Length << LengthShift];
        Span<byte> bytes = MemoryMarshal.AsBytes(words);
        if (!BitConverter.IsLittleEndian)
        {
            return false;
        }

        field.CopyTo(bytes);
        key = new(words[0], words[1]);
        return true;
    }

    internal CustomerId ToCustomer()
    {
        ReadOnlySpan<ulong> words = [Low, High];
        return CustomerId.Of(Encoding.Latin1.GetString(MemoryMarshal.AsBytes(words)[..(int)(High >> LengthShift)]));
    }

    // Seeded anew in each process, as the runtime's hashes are, so that nobody can choose ids that collide.
    internal int Hash() => HashCode.Combine(unchecked((int)Low), unchecked((int)(Low >> 32)), unchecked((int)High), unchecked((int)(High >> 32)));
}
