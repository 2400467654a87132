using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>The buckets of a sketch from the greatest values down, and what can be said of the values in each. Holds until the sketch changes.</summary>
/// <remarks>Zero is an entry of its own. Sums are whole multiples of 2^−1074, exact. Immutable and thread-safe.</remarks>
internal sealed class SketchView
{
    private const int Zero = -1;

    private readonly SketchBuckets _buckets;
    private readonly ValueScan _seen;
    private readonly int[] _slots; // of each entry; Zero for that of zero
    private readonly long[] _customersThrough; // customers of entries 0..i, i included

    internal SketchView(SketchBuckets buckets, ValueScan seen)
    {
        _buckets = buckets;
        _seen = seen;
        _slots = Order();
        _customersThrough = new long[_slots.Length];
        long sum = 0;
        for (int entry = 0; entry < _slots.Length; entry++)
        {
            sum += CustomersOf(_slots[entry]);
            _customersThrough[entry] = sum;
        }

        Total = SumOf(0, Count);
    }

    internal int Count => _slots.Length;

    internal long Customers => Before(Count);

    internal BigInteger Total { get; }

    private ulong SignBit => 1UL << (63 - _buckets.Shift);

    /// <summary>How many customers an entry has.</summary>
    internal long CustomersAt(int entry) => CustomersOf(_slots[entry]);

    /// <summary>How many customers the entries before one have.</summary>
    internal long Before(int entry) => entry == 0 ? 0 : _customersThrough[entry - 1];

    /// <summary>The entry of the customer at a rank, counted from 0; the rank is below the number of customers.</summary>
    internal int EntryOfRank(long rank)
    {
        int found = Array.BinarySearch(_customersThrough, rank + 1);
        return found >= 0 ? found : ~found;
    }

    /// <summary>The first entry of which something holds that holds of all after it too, or the number of entries.</summary>
    internal int FirstEntry(Predicate<int> holds)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The values between which those of an entry lie; both are the value itself where there is only one.</summary>
    internal (double Low, double High) RangeOf(int entry)
    {
        var (low, high) = UnclippedRangeOf(entry);
        return (entry == Count - 1 ? _seen.Least : low, entry == 0 ? _seen.Greatest : high);
    }

    // What a bucket tells by itself, without the ends that are known.
    private (double Low, double High) UnclippedRangeOf(int entry)
    {
        int slot = _slots[entry];
        if (slot == Zero)
        {
            return (0, 0);
        }

        // What the sum of the rest leaves open: one value takes what it can while the others take the least, or the most, they can.
        ulong most = (1UL << _buckets.Shift) - 1;
        ulong least = IsNearestZero(slot) ? 1UL : 0; // zero itself is not in the bucket next to it
        UInt128 rest = _buckets.RestAt(slot);
        UInt128 others = (UInt128)(ulong)(CustomersOf(slot) - 1);
        UInt128 othersMost = others * most;
        ulong low = rest > othersMost + least ? (ulong)(rest - othersMost) : least;
        ulong high = (ulong)UInt128.Min(most, rest - (others * least));
        ulong edge = _buckets.KeyAt(slot) << _buckets.Shift;
        double nearer = BitConverter.UInt64BitsToDouble(edge + low);
        double farther = BitConverter.UInt64BitsToDouble(edge + high);
        return nearer < farther ? (nearer, farther) : (farther, nearer);
    }

    /// <summary>Whether the least and the greatest value may stand in the last and the first entry.</summary>
    internal bool AreEndsWithin()
    {
        var (lastLow, lastHigh) = UnclippedRangeOf(Count - 1);
        var (firstLow, firstHigh) = UnclippedRangeOf(0);
        return lastLow <= _seen.Least && _seen.Least <= lastHigh && firstLow <= _seen.Greatest && _seen.Greatest <= firstHigh && _seen.Least <= _seen.Greatest;
    }

    /// <summary>The sum of the values of an entry.</summary>
    internal BigInteger SumAt(int entry) => SumOf(entry, entry + 1);

    /// <summary>The sum of the values of entries from..to.</summary>
    internal BigInteger SumOf(int from, int to)
    {
        // Entries of one exponent and sign, of which at most 12,288 of 2^44 customers with 53 bits each, add up in 128 bits.
        BigInteger sum = BigInteger.Zero;
        for (int entry = from; entry < to;)
        {
            int slot = _slots[entry++];
            if (slot == Zero)
            {
                continue;
            }

            ulong edge = _buckets.KeyAt(slot) << _buckets.Shift;
            int field = ExactDouble.Field(edge);
            UInt128 whole = WholeOf(slot, field);
            for (; entry < to && _slots[entry] != Zero && (_buckets.KeyAt(_slots[entry]) << _buckets.Shift) >> SketchBuckets.MantissaBits == edge >> SketchBuckets.MantissaBits; entry++)
            {
                whole += WholeOf(_slots[entry], field);
            }

            BigInteger size = (BigInteger)whole << Math.Max(field - 1, 0);
            sum += edge >> 63 == 0 ? size : -size;
        }

        return sum;
    }

    /// <summary>What the sum of the values of the first customers by rank lies between.</summary>
    internal (BigInteger Low, BigInteger High) SumOfFirst(long customers)
    {
        if (customers == Customers)
        {
            return (Total, Total);
        }

        int entry = EntryOfRank(customers);
        BigInteger before = SumOf(0, entry);
        var (low, high) = SumOfBest(entry, customers - Before(entry));
        return (before + low, before + high);
    }

    /// <summary>What the sum of the best customers of an entry lies between.</summary>
    internal (BigInteger Low, BigInteger High) SumOfBest(int entry, long customers)
    {
        if (customers == 0)
        {
            return (BigInteger.Zero, BigInteger.Zero);
        }

        // The best are worth the mean or more; they are worth no more than the greatest each, nor than what the least of the others leave.
        var (least, greatest) = RangeOf(entry);
        BigInteger sum = SumAt(entry);
        long all = CustomersAt(entry);
        BigInteger low = FloorOf(sum * customers, all);
        BigInteger high = BigInteger.Min(ExactDouble.Of(greatest) * customers, sum - (ExactDouble.Of(least) * (all - customers)));
        return (low, high);
    }

    /// <summary>What the sum of the differences of all pairs lies between: that is Gini's coefficient times the customers times the sum of all values.</summary>
    /// <remarks>
    /// Between entries those are known. Within one they are 0 where all its values are the mean,
    /// and the most where all are at the ends of its range (Gastwirth 1972, Review of Economics and Statistics 54(3)).
    /// </remarks>
    internal (BigInteger Low, BigInteger High) Differences()
    {
        BigInteger between = BigInteger.Zero;
        BigInteger within = BigInteger.Zero;
        long n = Customers;
        for (int entry = 0; entry < Count; entry++)
        {
            long customers = CustomersAt(entry);
            BigInteger sum = SumAt(entry);
            between += sum * (n - (2 * Before(entry)) - customers);
            var (low, high) = RangeOf(entry);
            if (low < high)
            {
                BigInteger least = ExactDouble.Of(low);
                BigInteger greatest = ExactDouble.Of(high);
                BigInteger spread = (sum - (least * customers)) * ((greatest * customers) - sum);
                within += BigInteger.One + (spread / (greatest - least));
            }
        }

        return (between, between + within);
    }

    /// <summary>A quotient, rounded down; the divisor is above 0.</summary>
    internal static BigInteger FloorOf(BigInteger dividend, BigInteger divisor)
    {
        var (quotient, rest) = BigInteger.DivRem(dividend, divisor);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    // The last bits of a double from its edge on are the same whole numbers as its mantissa's.
    private UInt128 WholeOf(int slot, int field)
    {
        ulong edge = _buckets.KeyAt(slot) << _buckets.Shift;
        return ((UInt128)ExactDouble.Mantissa(edge, field) * (ulong)CustomersOf(slot)) + _buckets.RestAt(slot);
    }

    private long CustomersOf(int slot) =>
        slot == Zero ? _seen.Zeros : _buckets.CustomersAt(slot) - (_buckets.KeyAt(slot) == 0 ? _seen.Zeros : 0);

    private bool IsNearestZero(int slot) => (_buckets.KeyAt(slot) & (SignBit - 1)) == 0;

    private int[] Order()
    {
        var keys = new List<ulong>(_buckets.Count + 1);
        var slots = new List<int>(_buckets.Count + 1);
        for (int slot = 0; slot < _buckets.Slots; slot++)
        {
            // What stands nearest to zero may be zeros only.
            if (_buckets.IsTaken(slot) && CustomersOf(slot) > 0)
            {
                keys.Add(PlaceOf(_buckets.KeyAt(slot)));
                slots.Add(slot);
            }
        }

        int[] order = [.. slots];
        Array.Sort(keys.ToArray(), order);
        int above = order.Count(slot => (_buckets.KeyAt(slot) & SignBit) == 0);
        return _seen.Zeros == 0 ? order : [.. order[..above], Zero, .. order[above..]];
    }

    // Above zero the greatest bits come first, below it the least.
    private ulong PlaceOf(ulong key) => (key & SignBit) == 0 ? SignBit - 1 - key : key;
}
