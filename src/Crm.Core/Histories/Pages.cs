namespace Crm.Core.Histories;

/// <summary>Entries by number, in pages: growing copies none of them, and asks for no more memory than a page too much.</summary>
/// <typeparam name="T">What an entry is.</typeparam>
internal sealed class Pages<T>
{
    private const int Bits = 10;
    private const int PageSize = 1 << Bits;
    private const int LeastPage = 16;

    private T[][] _pages = [[]];
    private int _full;

    internal int Count { get; private set; }

    internal ref T this[int number] => ref _pages[number >> Bits][number & (PageSize - 1)];

    internal void Add(T entry)
    {
        int used = Count - (_full * PageSize);
        if (used == _pages[_full].Length)
        {
            used = MakeRoom(used);
        }

        _pages[_full][used] = entry;
        Count++;
    }

    // The first page grows, so that a few entries take little; each later one is whole.
    private int MakeRoom(int used)
    {
        if (used < PageSize)
        {
            Array.Resize(ref _pages[_full], Math.Max(LeastPage, 2 * used));
            return used;
        }

        if (++_full == _pages.Length)
        {
            Array.Resize(ref _pages, 2 * _full);
        }

        _pages[_full] = new T[PageSize];
        return 0;
    }
}
