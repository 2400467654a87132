namespace Crm.Core.Numerics;

/// <summary>Sorts numbers, and what belongs to them, byte by byte from the last: in time that grows with their number only.</summary>
internal static class RadixSort
{
    private const int DigitBits = 8;
    private const int Digits = 64 / DigitBits;
    private const int Values = 1 << DigitBits;

    /// <summary>Sorts keys together with their items; those of equal keys keep their order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="items">An item for each key.</param>
    /// <param name="keyRoom">As many keys, to be overwritten.</param>
    /// <param name="itemRoom">As many items, to be overwritten.</param>
    internal static void Sort(Span<ulong> keys, Span<int> items, Span<ulong> keyRoom, Span<int> itemRoom)
    {
        if (keys.Length < 2)
        {
            return;
        }

        Span<int> counts = stackalloc int[Digits * Values];
        Count(keys, counts);
        bool isInRoom = false;
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> next = counts.Slice(digit * Values, Values);
            int shift = digit * DigitBits;

            // A digit that all have in common moves nothing: most of eight bytes, where the keys are made of a few characters.
            if (next[DigitOf(keys[0], shift)] == keys.Length)
            {
                continue;
            }

            Place(next);
            if (isInRoom)
            {
                Move(keyRoom, itemRoom, keys, items, next, shift);
            }
            else
            {
                Move(keys, items, keyRoom, itemRoom, next, shift);
            }

            isInRoom = !isInRoom;
        }

        if (isInRoom)
        {
            keyRoom.CopyTo(keys);
            itemRoom.CopyTo(items);
        }
    }

    private static void Move(
        ReadOnlySpan<ulong> keys, ReadOnlySpan<int> items, Span<ulong> toKeys, Span<int> toItems, Span<int> next, int shift)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            int place = next[DigitOf(keys[i], shift)]++;
            toKeys[place] = keys[i];
            toItems[place] = items[i];
        }
    }

    private static int DigitOf(ulong key, int shift) => unchecked((int)(key >> shift)) & (Values - 1);

    private static void Count(ReadOnlySpan<ulong> keys, Span<int> counts)
    {
        counts.Clear();
        foreach (ulong key in keys)
        {
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Values) + DigitOf(key, digit * DigitBits)]++;
            }
        }
    }

    // Turns counts into the places where the first of each go.
    private static void Place(Span<int> counts)
    {
        int start = 0;
        foreach (ref int next in counts)
        {
            (next, start) = (start, start + next);
        }
    }
}
