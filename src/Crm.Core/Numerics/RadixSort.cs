using System.Numerics;

namespace Crm.Core.Numerics;

/// <summary>Sorts numbers, and what belongs to them, digit by digit from the last: in time that grows with their number only.</summary>
/// <remarks>
/// A digit begins at the lowest bit in which the numbers differ and which no digit before has sorted by: numbers made of characters, or small
/// ones, differ in few of their bits.
/// </remarks>
internal static class RadixSort
{
    private const int FewBits = 8;
    private const int ManyBits = 11;

    // From here on fewer passes are worth more places to count in.
    private const int Many = 16_384;

    /// <summary>Sorts keys together with their items; those of equal keys keep their order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="items">An item for each key.</param>
    /// <param name="keyRoom">As many keys, to be overwritten.</param>
    /// <param name="itemRoom">As many items, to be overwritten.</param>
    internal static void Sort(Span<ulong> keys, Span<int> items, Span<ulong> keyRoom, Span<int> itemRoom)
    {
        int values = 1 << (keys.Length < Many ? FewBits : ManyBits);
        Span<int> next = stackalloc int[values];
        bool isInRoom = false;
        for (ulong left = Differing(keys); left != 0;)
        {
            int shift = BitOperations.TrailingZeroCount(left);
            if (isInRoom)
            {
                Move(keyRoom, itemRoom, keys, items, next, shift);
            }
            else
            {
                Move(keys, items, keyRoom, itemRoom, next, shift);
            }

            isInRoom = !isInRoom;
            left &= ~((ulong)(values - 1) << shift);
        }

        if (isInRoom)
        {
            keyRoom.CopyTo(keys);
            itemRoom.CopyTo(items);
        }
    }

    // The bits that not all have in common.
    private static ulong Differing(ReadOnlySpan<ulong> keys)
    {
        ulong differing = 0;
        foreach (ulong key in keys)
        {
            differing |= key ^ keys[0];
        }

        return differing;
    }

    private static void Move(
        ReadOnlySpan<ulong> keys, ReadOnlySpan<int> items, Span<ulong> toKeys, Span<int> toItems, Span<int> next, int shift)
    {
        int mask = next.Length - 1;
        Place(keys, next, shift);
        for (int i = 0; i < keys.Length; i++)
        {
            int place = next[DigitOf(keys[i], shift, mask)]++;
            toKeys[place] = keys[i];
            toItems[place] = items[i];
        }
    }

    // The places where the first key of each digit goes.
    private static void Place(ReadOnlySpan<ulong> keys, Span<int> next, int shift)
    {
        int mask = next.Length - 1;
        next.Clear();
        foreach (ulong key in keys)
        {
            next[DigitOf(key, shift, mask)]++;
        }

        int start = 0;
        foreach (ref int count in next)
        {
            (count, start) = (start, start + count);
        }
    }

    private static int DigitOf(ulong key, int shift, int mask) => unchecked((int)(key >> shift)) & mask;
}
