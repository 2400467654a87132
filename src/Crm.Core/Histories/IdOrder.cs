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

    // Numbers of up to 18 digits are their own key; longer ones come after them.
    private const int NumberDigits = 18;
    private const ulong LongNumber = 1UL << 60;

    // Texts that lie anywhere in memory come side by side, and fit the first-level cache until they are read.
    private const int TextsAtATime = 256;

    // More would keep more threads busy, and cost each of few threads more in merging.
    private const int Blocks = 8;

    /// <summary>Gives the places of the ids in their order.</summary>
    internal static int[] Of(CustomerId[] ids, ParallelOptions options)
    {
        ulong[] keys = GC.AllocateUninitializedArray<ulong>(ids.Length);
        int[] places = GC.AllocateUninitializedArray<int>(ids.Length);
        string beginning = CommonBeginning(ids.AsSpan(0, Math.Min(ids.Length, RowBlocks.Rows)));
        if (!TryKeys(ids, beginning, keys, places, options))
        {
            TryKeys(ids, CommonBeginning(ids), keys, places, options);
        }

        Sort(ref keys, ref places, options);
        SortTies(keys, places, ids);
        return places;
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

    private static string CommonBeginning(ReadOnlySpan<CustomerId> ids)
    {
        string? common = null;
        foreach (CustomerId id in ids)
        {
            string text = id.ToString();
            if (!IdText.IsNumber(text))
            {
                common = common is null ? text : text.StartsWith(common, StringComparison.Ordinal) ? common : common[..text.AsSpan().CommonPrefixLength(common)];
            }
        }

        return common ?? "";
    }

    // Some blocks are sorted side by side, then merged pair by pair.
    private static void Sort(ref ulong[] keys, ref int[] places, ParallelOptions options)
    {
        int count = keys.Length;
        int blocks = count < RowBlocks.Rows ? 1 : Blocks;
        int length = (count + blocks - 1) / blocks;
        var (from, fromPlaces) = (keys, places);
        var (to, toPlaces) = (GC.AllocateUninitializedArray<ulong>(count), GC.AllocateUninitializedArray<int>(count));
        Parallel.For(0, blocks, options, block =>
        {
            int start = Math.Min(block * length, count);
            Range of = start..Math.Min(start + length, count);
            RadixSort.Sort(from.AsSpan(of), fromPlaces.AsSpan(of), to.AsSpan(of), toPlaces.AsSpan(of));
        });
        for (long width = length; width < count; width *= 2)
        {
            long pairs = (count + (2 * width) - 1) / (2 * width);
            Parallel.For(0, (int)pairs, options, pair =>
            {
                int start = (int)(pair * 2 * width);
                int middle = (int)Math.Min(start + width, count);
                int end = (int)Math.Min(start + (2 * width), count);
                Merge(from, fromPlaces, to, toPlaces, start, middle, end);
            });
            (from, to) = (to, from);
            (fromPlaces, toPlaces) = (toPlaces, fromPlaces);
        }

        (keys, places) = (from, fromPlaces);
    }

    private static void Merge(ulong[] from, int[] fromPlaces, ulong[] to, int[] toPlaces, int start, int middle, int end)
    {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++)
        {
            int taken = right == end || (left < middle && from[left] <= from[right]) ? left++ : right++;
            to[i] = from[taken];
            toPlaces[i] = fromPlaces[taken];
        }
    }

    private static void SortTies(ulong[] keys, int[] places, CustomerId[] ids)
    {
        Comparison<int> byId = (left, right) => ids[left].CompareTo(ids[right]);
        for (int from = 0; from < keys.Length;)
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                places.AsSpan(from..to).Sort(byId);
            }

            from = to;
        }
    }
}
