using System.Buffers.Binary;
using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Histories;

/// <summary>Sorts ids by the order of <see cref="CustomerId"/>: by a number made of their beginning, and by their text where that ties.</summary>
internal static class IdOrder
{
    // Texts come after numbers. What is left of 64 bits holds nine characters of seven bits.
    private const ulong Text = 1UL << 63;
    private const int TextCharacters = 9;
    private const int CharacterBits = 7;
    private const int LastCharacter = (1 << CharacterBits) - 1;
    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x8080_8080_8080_8080;

    // Numbers of up to 18 digits are their own key; longer ones come after them.
    private const int NumberDigits = 18;
    private const ulong LongNumber = 1UL << 60;

    // Texts that lie anywhere in memory come side by side, and fit the first-level cache until they are read.
    private const int TextsAtATime = 256;

    private const int MostBlocks = 64;

    /// <summary>Gives the places of the ids in their order.</summary>
    internal static int[] Of(CustomerId[] ids, ParallelOptions options)
    {
        ulong[] keys = GC.AllocateUninitializedArray<ulong>(ids.Length);
        int[] places = GC.AllocateUninitializedArray<int>(ids.Length);
        string beginning = BeginningOf(ids.AsSpan(0, Math.Min(ids.Length, RowBlocks.Rows)));
        if (!TryKeys(ids, beginning, keys, places, options))
        {
            TryKeys(ids, BeginningOf(ids), keys, places, options);
        }

        return Sort(keys, places, (left, right) => ids[left].CompareTo(ids[right]), options);
    }

    /// <summary>A number that is less where the id is less; where it is equal, nothing is said.</summary>
    /// <param name="id">The id.</param>
    /// <param name="skipped">With how many characters all texts begin alike.</param>
    internal static ulong KeyOf(string id, int skipped)
    {
        if (IdText.IsNumber(id))
        {
            ReadOnlySpan<char> digits = id.AsSpan().TrimStart('0');
            return digits.Length > NumberDigits ? LongNumber : NumberOf(digits);
        }

        ulong key = 0;
        ReadOnlySpan<char> rest = id.AsSpan(skipped);
        for (int i = 0; i < TextCharacters; i++)
        {
            int character = i < rest.Length ? Math.Min((int)rest[i], LastCharacter) : 0;
            key = (key << CharacterBits) | (uint)character;
            if (character == LastCharacter)
            {
                // What comes after a character that has no number of its own cannot be compared by numbers.
                return Text | (key << (CharacterBits * (TextCharacters - 1 - i)));
            }
        }

        return Text | key;
    }

    /// <summary>The same for a short id, without looking for its text.</summary>
    internal static ulong KeyOf(ShortId id, int skipped)
    {
        if (id.IsNumber)
        {
            return id.Number;
        }

        var (first, rest) = id.From(skipped);
        bool hasLast = (unchecked(first + Ones) & HighBits) != 0 || (rest & byte.MaxValue) == LastCharacter;
        return hasLast ? KeyOf(id.ToCustomer().ToString(), skipped) : Text | (Packed(first) << CharacterBits) | (rest & LastCharacter);
    }

    /// <summary>Sorts items by their keys, and where those tie by another order.</summary>
    /// <returns>The items; nothing is to be read from what was passed any more.</returns>
    internal static int[] Sort(ulong[] keys, int[] items, Comparison<int> order, ParallelOptions options)
    {
        SortByKeys(ref keys, ref items, options);
        for (int from = 0; from < keys.Length;)
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                items.AsSpan(from..to).Sort(order);
            }

            from = to;
        }

        return items;
    }

    // Eight characters of a byte each, the first in the lowest, as a number of seven bits each, the first in the highest.
    private static ulong Packed(ulong characters)
    {
        ulong key = BinaryPrimitives.ReverseEndianness(characters);
        key = (key & 0x00FF_00FF_00FF_00FF) | ((key & 0xFF00_FF00_FF00_FF00) >> 1);
        key = (key & 0x0000_FFFF_0000_FFFF) | ((key & 0xFFFF_0000_FFFF_0000) >> 2);
        return (key & 0x0000_0000_FFFF_FFFF) | ((key & 0xFFFF_FFFF_0000_0000) >> 4);
    }

    private static ulong NumberOf(ReadOnlySpan<char> digits)
    {
        ulong number = 0;
        foreach (char digit in digits)
        {
            number = (number * 10) + (uint)(digit - '0');
        }

        return number;
    }

    // Whether all texts have the beginning that the keys leave out.
    private static bool TryKeys(CustomerId[] ids, string beginning, ulong[] keys, int[] places, ParallelOptions options)
    {
        int without = 0;
        RowBlocks.ForEach(ids.Length, options, (from, to) =>
        {
            bool all = true;
            for (int i = from; i < to; i++)
            {
                if ((i - from) % TextsAtATime == 0)
                {
                    CustomerId.Touch(ids.AsSpan(i, Math.Min(TextsAtATime, to - i)));
                }

                string text = ids[i].ToString();
                bool begins = text.StartsWith(beginning, StringComparison.Ordinal);
                all &= begins || IdText.IsNumber(text);
                keys[i] = KeyOf(text, begins ? beginning.Length : 0);
                places[i] = i;
            }

            if (!all)
            {
                Interlocked.Increment(ref without);
            }
        });
        return without == 0;
    }

    private static string BeginningOf(ReadOnlySpan<CustomerId> ids)
    {
        var beginning = default(CommonBeginning);
        foreach (CustomerId id in ids)
        {
            beginning.Add(id.ToString());
        }

        return beginning.Text.ToString();
    }

    // Each thread sorts a block; then pairs of blocks are merged, pairs of pairs and so on, every thread writing as much of it as a block is long.
    private static void SortByKeys(ref ulong[] keys, ref int[] items, ParallelOptions options)
    {
        int count = keys.Length;
        int threads = options.MaxDegreeOfParallelism > 0 ? options.MaxDegreeOfParallelism : Environment.ProcessorCount;
        int blocks = count < RowBlocks.Rows ? 1 : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(threads, MostBlocks));
        int length = (count + blocks - 1) / blocks;
        var (from, fromItems) = (keys, items);
        var (to, toItems) = (GC.AllocateUninitializedArray<ulong>(count), GC.AllocateUninitializedArray<int>(count));
        Parallel.For(0, blocks, options, block =>
        {
            Range of = Math.Min(block * length, count)..Math.Min((block + 1) * length, count);
            RadixSort.Sort(from.AsSpan(of), fromItems.AsSpan(of), to.AsSpan(of), toItems.AsSpan(of));
        });
        for (int merged = 2; merged <= blocks; merged *= 2)
        {
            Parallel.For(0, blocks, options, block =>
            {
                int start = block / merged * merged * length;
                Range run = Math.Min(start, count)..Math.Min(start + (merged * length), count);
                Range of = Math.Min(block * length, count)..Math.Min((block + 1) * length, count);
                int middle = Math.Min(merged / 2 * length, count - run.Start.Value);
                var runs = new MergedRuns(from.AsSpan(run), fromItems.AsSpan(run), middle);
                runs.Write(of.Start.Value - run.Start.Value, to.AsSpan(of), toItems.AsSpan(of));
            });
            (from, to) = (to, from);
            (fromItems, toItems) = (toItems, fromItems);
        }

        (keys, items) = (from, fromItems);
    }
}
