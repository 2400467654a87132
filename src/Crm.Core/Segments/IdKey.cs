using System.Runtime.InteropServices;

namespace Crm.Core.Segments;

/// <summary>64 bits that stand for an id among the few of one customer, where the id itself would take most of the memory.</summary>
/// <remarks>
/// Between the things of one customer alone could two be taken for one; of a million customers with a hundred things each the chance is 3e-10.
/// </remarks>
internal static class IdKey
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD1B54A32D192ED03;

    internal static ulong Of(InteractionId id)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.AsBytes(id.ToString().AsSpan());
        ulong hash = Folded((ulong)text.Length + First, Second);
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
        {
            hash = Folded(hash ^ MemoryMarshal.Read<ulong>(text), First);
        }

        ulong rest = 0;
        foreach (byte one in text)
        {
            rest = (rest << 8) | one;
        }

        return Folded(hash ^ rest, Second);
    }

    private static ulong Folded(ulong value, ulong factor) => unchecked(Math.BigMul(value, factor, out ulong low) ^ low ^ value);
}
