using Crm.Core.Histories;

namespace Crm.Core.Cli.Files;

/// <summary>Knows a builder's number of each short id, without a text for each row of a file.</summary>
internal sealed class IdNumbers(PurchaseHistoryBuilder builder)
{
    private const int FirstSlots = 1 << 12;

    private Slot[] _slots = new Slot[FirstSlots];
    private int _count;

    /// <summary>Gives the numbers of keys; who comes for the first time is enrolled.</summary>
    internal void Find(ReadOnlySpan<IdKey> keys, Span<int> numbers)
    {
        // So short that many slots are waited for side by side.
        Slot[] slots = _slots;
        for (int i = 0; i < keys.Length; i++)
        {
            ref readonly Slot slot = ref slots[keys[i].Hash() & (slots.Length - 1)];
            numbers[i] = slot.Key == keys[i] ? slot.Number : -1;
        }

        for (int i = 0; i < keys.Length; i++)
        {
            if (numbers[i] < 0)
            {
                numbers[i] = NumberOf(keys[i]);
            }
        }
    }

    private int NumberOf(IdKey key)
    {
        ref Slot slot = ref Place(key);
        if (slot.Key != key)
        {
            slot = new() { Key = key, Number = builder.Enroll(key.ToCustomer()) };
            if (++_count > _slots.Length / 4 * 3)
            {
                int number = slot.Number;
                Grow();
                return number;
            }
        }

        return slot.Number;
    }

    // The slot of a key, or an empty one; no key is all zeros, since each has a length.
    private ref Slot Place(IdKey key)
    {
        int place = key.Hash() & (_slots.Length - 1);
        while (_slots[place].Key != key && _slots[place].Key != default)
        {
            place = (place + 1) & (_slots.Length - 1);
        }

        return ref _slots[place];
    }

    private void Grow()
    {
        Slot[] before = _slots;
        _slots = new Slot[2 * before.Length];
        foreach (ref readonly Slot slot in before.AsSpan())
        {
            if (slot.Key != default)
            {
                Place(slot.Key) = slot;
            }
        }
    }

    private struct Slot
    {
        internal IdKey Key;
        internal int Number;
    }
}
