using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Finds the row of a customer by the id that stands in it.</summary>
/// <remarks>
/// A hash table with open addressing that holds no ids: a slot is a hash and a row. Against a dictionary that saves a third of the places
/// in memory a look-up goes to, and half of what it takes: 8 bytes a slot, of which a third to two thirds are taken.
/// </remarks>
internal sealed class CustomerRows
{
    private const int FewestSlots = 16;

    private ulong[] _slots; // hash above, row + 1 below; 0 for nothing

    /// <summary>Initializes a new instance of the <see cref="CustomerRows"/> class with room for so many.</summary>
    internal CustomerRows(int customers) => _slots = new ulong[SlotsFor(customers)];

    /// <summary>Gets how many rows there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The row of a customer, or −1.</summary>
    internal int Find(CustomerId customer, RankedRows rows)
    {
        uint hash = HashOf(customer);
        for (uint at = Home(hash); _slots[at] != 0; at = Next(at))
        {
            if (Hash(_slots[at]) == hash && rows.CustomerOf(Row(_slots[at])) == customer)
            {
                return Row(_slots[at]);
            }
        }

        return -1;
    }

    /// <summary>Has the slot fetched where the search for a customer begins, and gives the hash.</summary>
    internal uint FetchSlot(CustomerId customer)
    {
        uint hash = HashOf(customer);
        Prefetch.Of(ref _slots[Home(hash)]);
        return hash;
    }

    /// <summary>The row of the first customer with a hash, who is nearly always the one; −1 for none.</summary>
    internal int LikelyRow(uint hash)
    {
        uint at = Home(hash);
        while (_slots[at] != 0 && Hash(_slots[at]) != hash)
        {
            at = Next(at);
        }

        return Row(_slots[at]);
    }

    /// <summary>Adds the row of a customer who is not there.</summary>
    internal void Add(CustomerId customer, int row)
    {
        if (++Count > _slots.Length / 3 * 2)
        {
            Grow();
        }

        Put(((ulong)HashOf(customer) << 32) | (uint)(row + 1));
    }

    /// <summary>Takes the row of a customer out who is there.</summary>
    internal void Remove(CustomerId customer, int row)
    {
        uint at = Home(HashOf(customer));
        while (Row(_slots[at]) != row)
        {
            at = Next(at);
        }

        // Who would not be found past the gap moves into it.
        for (uint next = Next(at); _slots[next] != 0; next = Next(next))
        {
            if (Distance(Home(Hash(_slots[next])), next) >= Distance(at, next))
            {
                _slots[at] = _slots[next];
                at = next;
            }
        }

        _slots[at] = 0;
        Count--;
    }

    private static int SlotsFor(int customers) =>
        (int)Math.Max(FewestSlots, System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)customers + ((ulong)customers / 2) + 1));

    private static uint HashOf(CustomerId customer) => unchecked((uint)customer.GetHashCode());

    private static uint Hash(ulong slot) => (uint)(slot >> 32);

    private static int Row(ulong slot) => (int)(slot & uint.MaxValue) - 1;

    private uint Home(uint hash) => hash & (uint)(_slots.Length - 1);

    private uint Next(uint at) => (at + 1) & (uint)(_slots.Length - 1);

    private uint Distance(uint from, uint to) => unchecked(to - from) & (uint)(_slots.Length - 1);

    private void Put(ulong slot)
    {
        uint at = Home(Hash(slot));
        while (_slots[at] != 0)
        {
            at = Next(at);
        }

        _slots[at] = slot;
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[old.Length * 2];
        foreach (ulong slot in old)
        {
            if (slot != 0)
            {
                Put(slot);
            }
        }
    }
}
