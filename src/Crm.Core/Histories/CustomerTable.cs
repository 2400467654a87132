using System.Numerics;

namespace Crm.Core.Histories;

/// <summary>Numbers customers in the order in which they come: an open hash table whose slots hold all that a look-up needs.</summary>
/// <remarks>
/// A look-up that finds the very string it was given touches one slot and nothing else. The hash is that of the runtime, seeded anew in each
/// process, so that nobody can choose ids that collide.
/// </remarks>
internal sealed class CustomerTable
{
    private const int LeastSlots = 16;

    private Slot[] _slots = [];
    private CustomerId[] _ids = [];

    internal int Count { get; private set; }

    internal ReadOnlySpan<CustomerId> Ids => _ids.AsSpan(0, Count);

    /// <summary>The number of a customer, a new one for whoever comes for the first time.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="hash">The customer's hash code.</param>
    internal int NumberOf(CustomerId customer, int hash)
    {
        // Three of four slots are taken at most, so that an empty one ends every search soon.
        if (Count >= _slots.Length / 4 * 3)
        {
            Grow();
        }

        ref Slot slot = ref Find(customer, hash);
        if (slot.NumberPlusOne == 0)
        {
            slot = new() { Customer = customer, Hash = hash, NumberPlusOne = Count + 1 };
            Append(customer);
        }

        return slot.NumberPlusOne - 1;
    }

    /// <summary>The number of a customer whose very string stands in the first slot where it could; -1 where one has to look further.</summary>
    /// <remarks>So short that many of them wait for memory side by side.</remarks>
    internal int Glance(CustomerId customer, int hash)
    {
        Slot[] slots = _slots;
        if (slots.Length == 0)
        {
            return -1;
        }

        ref readonly Slot slot = ref slots[hash & (slots.Length - 1)];
        return slot.Customer.IsSame(customer) ? slot.NumberPlusOne - 1 : -1;
    }

    /// <summary>The number of a customer, or -1.</summary>
    internal int Known(CustomerId customer, int hash) => _slots.Length == 0 ? -1 : Find(customer, hash).NumberPlusOne - 1;

    private ref Slot Find(CustomerId customer, int hash)
    {
        int mask = _slots.Length - 1;
        int place = hash & mask;
        while (true)
        {
            ref Slot slot = ref _slots[place];
            if (slot.NumberPlusOne == 0 || (slot.Hash == hash && slot.Customer == customer))
            {
                return ref slot;
            }

            place = (place + 1) & mask;
        }
    }

    private void Append(CustomerId customer)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Math.Max(LeastSlots, 2 * Count));
        }

        _ids[Count++] = customer;
    }

    private void Grow()
    {
        Slot[] before = _slots;
        _slots = new Slot[Math.Max(LeastSlots, (int)BitOperations.RoundUpToPowerOf2((uint)before.Length + 1))];
        int mask = _slots.Length - 1;
        foreach (ref readonly Slot slot in before.AsSpan())
        {
            if (slot.NumberPlusOne == 0)
            {
                continue;
            }

            int place = slot.Hash & mask;
            while (_slots[place].NumberPlusOne != 0)
            {
                place = (place + 1) & mask;
            }

            _slots[place] = slot;
        }
    }

    private struct Slot
    {
        internal CustomerId Customer;
        internal int Hash;
        internal int NumberPlusOne;
    }
}
