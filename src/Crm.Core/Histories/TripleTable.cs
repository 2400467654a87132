namespace Crm.Core.Histories;

/// <summary>Numbers the differing (x, t_x, T) of rows in the order in which they first come.</summary>
/// <remarks>
/// Open addressing over numbers alone: with a dictionary of such keys and a sort by comparing them, grouping a million rows took twice as long,
/// and that more than fitting a model to them. Not for several threads at a time.
/// </remarks>
internal sealed class TripleTable
{
    private const int LeastSlots = 64;
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private const ulong OtherOdd = 0xD6E8FEB86659FD93;

    // New in each process, so that nobody can choose times that collide.
    private static readonly ulong _recencySeed = ShortId.SeedOf("t_x", "recency") | 1;
    private static readonly ulong _ageSeed = ShortId.SeedOf("T", "age") | 1;

    private int[] _numberPlusOne = new int[LeastSlots];
    private Triple[] _triples = new Triple[LeastSlots / 2];

    /// <summary>Gets how many differ.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets those of a number, from 0.</summary>
    internal ref readonly Triple this[int number] => ref _triples[number];

    /// <summary>The number of a row's, which is a new one where they have not come before.</summary>
    internal int NumberOf(int x, double recency, double age)
    {
        // What is below 0 by its sign alone is 0.
        var triple = new Triple(x, recency + 0.0, age + 0.0);
        int mask = _numberPlusOne.Length - 1;
        int place = HashOf(triple) & mask;
        for (; _numberPlusOne[place] != 0; place = (place + 1) & mask)
        {
            if (AreSame(_triples[_numberPlusOne[place] - 1], triple))
            {
                return _numberPlusOne[place] - 1;
            }
        }

        if (Count == _triples.Length)
        {
            Grow();
            return NumberOf(x, recency, age);
        }

        _triples[Count++] = triple;
        _numberPlusOne[place] = Count;
        return Count - 1;
    }

    private static bool AreSame(in Triple one, in Triple other) => one.X == other.X && one.Recency == other.Recency && one.Age == other.Age;

    private static int HashOf(in Triple triple)
    {
        ulong high = Math.BigMul(
            BitConverter.DoubleToUInt64Bits(triple.Recency) ^ _recencySeed, BitConverter.DoubleToUInt64Bits(triple.Age) ^ _ageSeed, out ulong low);
        high = Math.BigMul(high ^ low ^ unchecked((ulong)(uint)triple.X * OtherOdd), Odd ^ _recencySeed, out low);
        ulong both = high ^ low;
        return unchecked((int)(both ^ (both >> 32)));
    }

    // At most half of the slots are taken.
    private void Grow()
    {
        _numberPlusOne = new int[2 * _numberPlusOne.Length];
        Array.Resize(ref _triples, 2 * _triples.Length);
        int mask = _numberPlusOne.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            int place = HashOf(_triples[number]) & mask;
            while (_numberPlusOne[place] != 0)
            {
                place = (place + 1) & mask;
            }

            _numberPlusOne[place] = number + 1;
        }
    }

    /// <summary>What a purchase model sees of a customer.</summary>
    internal readonly record struct Triple(int X, double Recency, double Age);
}
