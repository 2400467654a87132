using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Histories;

/// <summary>Numbers customers in the order in which they come: an open hash table of numbers, beside it the ids by number.</summary>
/// <remarks>
/// A slot is eight bytes, and short ids are compared as <see cref="ShortId"/>: a look-up never follows a reference to a text, and the table of a
/// shard fits a cache. The text of a short id is made when it is first asked for, where it did not come as one.
/// </remarks>
internal sealed class CustomerTable
{
    private const int LeastSlots = 16;

    private readonly Pages<ShortId> _shorts = new();
    private readonly Pages<CustomerId> _ids = new();
    private Slot[] _slots = [];

    internal int Count => _shorts.Count;

    /// <summary>The id of a number. Not for two threads at once, until the texts of all were asked for.</summary>
    internal CustomerId IdOf(int number)
    {
        ref CustomerId id = ref _ids[number];
        if (id == CustomerId.None)
        {
            id = _shorts[number].ToCustomer();
        }

        return id;
    }

    /// <summary>With what all ids begin that are no numbers.</summary>
    internal CommonBeginning Beginning()
    {
        var beginning = default(CommonBeginning);
        for (int number = 0; number < Count; number++)
        {
            if (_shorts[number] is { Length: > 0 } key)
            {
                beginning.Add(key);
            }
            else
            {
                beginning.Add(_ids[number].ToString());
            }
        }

        return beginning;
    }

    /// <summary>Gives for the customers what <see cref="IdOrder"/> sorts them by, and makes the texts of all ids.</summary>
    internal void OrderKeys(int skipped, Span<ulong> keys)
    {
        for (int number = 0; number < Count; number++)
        {
            CustomerId id = IdOf(number);
            keys[number] = _shorts[number] is { Length: > 0 } key ? IdOrder.KeyOf(key, skipped) : IdOrder.KeyOf(id.ToString(), skipped);
        }
    }

    /// <summary>The number of a customer, or -1.</summary>
    /// <param name="key">The short id, or the default value where the id is longer.</param>
    /// <param name="text">The text of the longer id; may be empty where there is a short one.</param>
    /// <param name="hash">The hash of the id.</param>
    internal int Find(ShortId key, ReadOnlySpan<char> text, int hash)
    {
        if (_slots.Length == 0)
        {
            return -1;
        }

        int mask = _slots.Length - 1;
        for (int place = hash & mask; _slots[place].NumberPlusOne != 0; place = (place + 1) & mask)
        {
            int number = _slots[place].NumberPlusOne - 1;
            if (_slots[place].Hash == hash && _shorts[number] == key && (key.Length > 0 || text.SequenceEqual(_ids[number].ToString())))
            {
                return number;
            }
        }

        return -1;
    }

    /// <summary>Gives a number to a customer who has none yet.</summary>
    /// <param name="key">The short id, or the default value where the id is longer.</param>
    /// <param name="customer">The id; may be none where there is a short one.</param>
    /// <param name="hash">The hash of the id.</param>
    internal int Add(ShortId key, CustomerId customer, int hash)
    {
        // Three of four slots are taken at most, so that an empty one ends every search soon.
        if (Count >= _slots.Length / 4 * 3)
        {
            Grow();
        }

        EmptySlot(hash) = new() { Hash = hash, NumberPlusOne = Count + 1 };
        _shorts.Add(key);
        _ids.Add(customer);
        return Count - 1;
    }

    /// <summary>Asks for the id of a number before it is looked at.</summary>
    internal void FetchId(int number) => Prefetch.Of(ref _ids[number]);

    /// <summary>Asks for the slots of a hash before they are looked at.</summary>
    internal void Fetch(int hash)
    {
        if (_slots.Length > 0)
        {
            Prefetch.Of(ref _slots[hash & (_slots.Length - 1)]);
        }
    }

    /// <summary>The number of the first customer of this hash, whose id is asked for; -1 where there is none.</summary>
    /// <remarks>It waits for no id, so that many of them are fetched side by side. Whether it is the customer <see cref="Is"/> tells.</remarks>
    internal int Glance(int hash)
    {
        Slot[] slots = _slots;
        if (slots.Length == 0)
        {
            return -1;
        }

        int mask = slots.Length - 1;
        int place = hash & mask;
        while (slots[place].Hash != hash && slots[place].NumberPlusOne != 0)
        {
            place = (place + 1) & mask;
        }

        int number = slots[place].NumberPlusOne - 1;
        if (number >= 0)
        {
            Prefetch.Of(ref _shorts[number]);
        }

        return number;
    }

    /// <summary>Whether a number that <see cref="Glance"/> gave is that of a short id.</summary>
    internal bool Is(int number, ShortId key) => number >= 0 && key.Length > 0 && _shorts[number] == key;

    private ref Slot EmptySlot(int hash)
    {
        int mask = _slots.Length - 1;
        int place = hash & mask;
        while (_slots[place].NumberPlusOne != 0)
        {
            place = (place + 1) & mask;
        }

        return ref _slots[place];
    }

    private void Grow()
    {
        Slot[] before = _slots;
        _slots = GC.AllocateUninitializedArray<Slot>(Math.Max(LeastSlots, (int)BitOperations.RoundUpToPowerOf2((uint)before.Length + 1)));

        // Written at once: memory that is read before it is written costs the machine a second fault for each page.
        _slots.AsSpan().Clear();
        foreach (ref readonly Slot slot in before.AsSpan())
        {
            if (slot.NumberPlusOne != 0)
            {
                EmptySlot(slot.Hash) = slot;
            }
        }
    }

    private struct Slot
    {
        internal int Hash;
        internal int NumberPlusOne;
    }
}
