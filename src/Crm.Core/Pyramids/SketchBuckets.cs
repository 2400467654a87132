using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Pyramids;

/// <summary>How many values stand in each bucket, and what they are beyond its edge, added up exactly.</summary>
/// <remarks>
/// A bucket is what doubles have in common but for the last bits, <see cref="Shift"/> of them: sign, exponent and the first bits of the
/// mantissa. Buckets stand in a hash table with open addressing. When three quarters of its slots are taken, bits are given up until fewer
/// are needed; how many depends on the set of values alone, not on their order, since fewer values never need it more.
/// </remarks>
internal sealed class SketchBuckets
{
    /// <summary>The slots of a table at its largest.</summary>
    internal const int MostSlots = 16_384;

    /// <summary>The most buckets: three quarters of the slots.</summary>
    internal const int MostBuckets = MostSlots / 4 * 3;

    /// <summary>The mantissa bits of a double. One bit more than none is always left: 4,094 exponents and signs have room for it.</summary>
    internal const int MantissaBits = 52;

    /// <summary>What a table at its largest takes.</summary>
    internal const int MostBytes = MostSlots * ((3 * sizeof(ulong)) + sizeof(uint));

    private const int FirstSlots = 16;
    private const ulong Nothing = ulong.MaxValue; // the bits of no finite number
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;

    private Slot[] _slots = NewSlots(FirstSlots);
    private uint[] _carries = new uint[FirstSlots];
    private int _hashShift = HashShift(FirstSlots);

    /// <summary>Initializes a new instance of the <see cref="SketchBuckets"/> class.</summary>
    /// <param name="mostSlots">The slots of the table at its largest: a power of two, 16 or more. All tables that are ever added together have the same.</param>
    internal SketchBuckets(int mostSlots) => MostSlotsHere = mostSlots;

    /// <summary>Gets the slots of this table at its largest.</summary>
    internal int MostSlotsHere { get; }

    /// <summary>Gets how many last bits of a double its bucket does not tell.</summary>
    internal int Shift { get; private set; }

    /// <summary>Gets how many buckets hold something.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets how many slots there are.</summary>
    internal int Slots => _slots.Length;

    private int Room => _slots.Length / 4 * 3;

    /// <summary>Whether a slot holds a bucket.</summary>
    internal bool IsTaken(int slot) => _slots[slot].Key != Nothing;

    /// <summary>The bits that the values of a slot's bucket have in common.</summary>
    internal ulong KeyAt(int slot) => _slots[slot].Key;

    /// <summary>How many values a slot's bucket holds.</summary>
    internal long CustomersAt(int slot) => _slots[slot].Customers;

    /// <summary>The last bits of all values of a slot's bucket, added up as whole numbers.</summary>
    internal UInt128 RestAt(int slot) => new(_carries[slot], _slots[slot].Rest);

    /// <summary>Adds finite values, each for one customer.</summary>
    internal void Add(ReadOnlySpan<double> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            row += AddKnown(values[row..]);
            if (row < values.Length)
            {
                Add(BitConverter.DoubleToUInt64Bits(values[row] + 0.0), 1); // −0 is 0
            }
        }
    }

    /// <summary>Adds the value of some bits for so many customers, at least one.</summary>
    internal void Add(ulong bits, long customers)
    {
        int slot = SlotFor(bits);
        Put(slot, customers, (UInt128)(bits & Rest(Shift)) * (ulong)customers);
    }

    /// <summary>Adds a whole bucket of a shift: its key, its customers and their rest.</summary>
    internal void Add(ulong key, int shift, long customers, UInt128 rest)
    {
        Coarsen(shift);
        int slot = SlotFor(key << shift);

        // Bits that tell buckets apart there and not here are rest here.
        ulong known = (key << shift) & Rest(Shift);
        Put(slot, customers, rest + ((UInt128)known * (ulong)customers));
    }

    /// <summary>Adds all of another table.</summary>
    internal void Add(SketchBuckets other)
    {
        Coarsen(other.Shift);
        for (int slot = 0; slot < other.Slots; slot++)
        {
            if (other.IsTaken(slot))
            {
                Add(other.KeyAt(slot), other.Shift, other.CustomersAt(slot), other.RestAt(slot));
            }
        }
    }

    /// <summary>Gives up bits, down to a shift; does nothing where that is done.</summary>
    internal void Coarsen(int shift)
    {
        if (shift > Shift)
        {
            FoldTo(shift);
        }
    }

    private static ulong Rest(int shift) => (1UL << shift) - 1;

    private static int HashShift(int slots) => 64 - int.Log2(slots);

    private static Slot[] NewSlots(int slots)
    {
        var made = new Slot[slots];
        Array.Fill(made, new() { Key = Nothing });
        return made;
    }

    /// <summary>Adds values up to the first whose bucket is not there yet, and says how many those were.</summary>
    private int AddKnown(ReadOnlySpan<double> values)
    {
        unchecked
        {
            ref Slot slots = ref MemoryMarshal.GetArrayDataReference(_slots);
            uint[] carries = _carries;
            int shift = Shift;
            int hashShift = _hashShift;
            uint last = (uint)_slots.Length - 1;
            ulong rest = Rest(shift);
            for (int row = 0; row < values.Length; row++)
            {
                ulong bits = BitConverter.DoubleToUInt64Bits(values[row] + 0.0);
                ulong key = bits >> shift;
                uint at = (uint)((key * GoldenRatio) >> hashShift);
                ref Slot slot = ref Unsafe.Add(ref slots, at);
                while (slot.Key != key)
                {
                    if (slot.Key == Nothing)
                    {
                        return row;
                    }

                    at = (at + 1) & last;
                    slot = ref Unsafe.Add(ref slots, at);
                }

                slot.Customers++;
                ulong sum = slot.Rest + (bits & rest);
                if (sum < slot.Rest)
                {
                    carries[at]++;
                }

                slot.Rest = sum;
            }

            return values.Length;
        }
    }

    private void Put(int slot, long customers, UInt128 rest)
    {
        UInt128 sum = RestAt(slot) + rest;
        _slots[slot].Customers += customers;
        _slots[slot].Rest = unchecked((ulong)sum);
        _carries[slot] = (uint)(sum >> 64);
    }

    // The slot of the bucket that the bits belong to; makes room where it is new.
    private int SlotFor(ulong bits)
    {
        int slot = Find(bits >> Shift);
        if (IsTaken(slot))
        {
            return slot;
        }

        if (Count == Room)
        {
            if (_slots.Length < MostSlotsHere)
            {
                MoveTo(NewSlots(_slots.Length * 2), Shift);
            }
            else
            {
                FoldTo(ShiftWith(bits));
            }

            slot = Find(bits >> Shift);
        }

        if (!IsTaken(slot))
        {
            _slots[slot].Key = bits >> Shift;
            Count++;
        }

        return slot;
    }

    private int Find(ulong key)
    {
        int slot = (int)(unchecked(key * GoldenRatio) >> _hashShift);
        while (_slots[slot].Key != key && _slots[slot].Key != Nothing)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    // The least shift at which the buckets and one more are few enough: two neighbours in order are one from the first bit on in which they differ.
    private int ShiftWith(ulong bits)
    {
        ulong[] keys = [.. _slots.Where(slot => slot.Key != Nothing).Select(slot => slot.Key), bits >> Shift];
        Array.Sort(keys);
        Span<int> lastDifferent = stackalloc int[64];
        for (int i = 1; i < keys.Length; i++)
        {
            lastDifferent[63 - (int)ulong.LeadingZeroCount(keys[i] ^ keys[i - 1])]++;
        }

        int fewer = 0;
        int count = keys.Length;
        while (count > Room)
        {
            count -= lastDifferent[fewer++];
        }

        Debug.Assert(Shift + fewer < MantissaBits, "Buckets never hold more than one exponent: there is room for all of them.");
        return Shift + fewer;
    }

    private void FoldTo(int shift)
    {
        if (Count == 0)
        {
            Shift = shift;
        }
        else
        {
            MoveTo(NewSlots(_slots.Length), shift);
        }
    }

    private void MoveTo(Slot[] slots, int shift)
    {
        (Slot[] old, uint[] oldCarries, int oldShift) = (_slots, _carries, Shift);
        (_slots, _carries, _hashShift, Shift, Count) = (slots, new uint[slots.Length], HashShift(slots.Length), shift, 0);
        for (int from = 0; from < old.Length; from++)
        {
            if (old[from].Key != Nothing)
            {
                Add(old[from].Key, oldShift, old[from].Customers, new(oldCarries[from], old[from].Rest));
            }
        }
    }

    private struct Slot
    {
        internal ulong Key;
        internal long Customers;
        internal ulong Rest;
    }
}
