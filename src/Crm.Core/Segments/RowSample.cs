using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Rows drawn without replacement.</summary>
internal static class RowSample
{
    /// <summary>So many of the rows, ascending: the first of a shuffle.</summary>
    internal static int[] Of(int rows, int count, RandomStream random)
    {
        int[] drawn = Shuffled(rows, count, random)[..count];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>All rows in two halves, each ascending; of an odd number the second has one more.</summary>
    internal static (int[] First, int[] Second) Halves(int rows, RandomStream random)
    {
        int[] shuffled = Shuffled(rows, rows / 2, random);
        int[] first = shuffled[..(rows / 2)];
        int[] second = shuffled[(rows / 2)..];
        Array.Sort(first);
        Array.Sort(second);
        return (first, second);
    }

    private static int[] Shuffled(int rows, int count, RandomStream random)
    {
        var places = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            places[row] = row;
        }

        for (int place = 0; place < count; place++)
        {
            int other = place + (int)(random.NextDouble() * (rows - place));
            (places[place], places[other]) = (places[other], places[place]);
        }

        return places;
    }
}
