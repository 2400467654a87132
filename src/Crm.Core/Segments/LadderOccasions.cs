using System.Runtime.InteropServices;

namespace Crm.Core.Segments;

/// <summary>The purchase days of one customer, filled day by day, with returns netted against them as they come.</summary>
/// <remarks>
/// A return takes from the day of the purchase it names, or else from the latest earlier days, newest first; a day that was worth something and is
/// worth nothing after a return is none, and one priced 0 stays one. That is how purchase histories count, so that both speak of the same days; they sum up a
/// window at once, this goes along day by day, and a test holds them together.
/// </remarks>
internal sealed class LadderOccasions(int comeBackDays)
{
    private const int None = -1;

    private readonly List<Occasion> _all = [];

    // The places of days that may have something left to take from, oldest first: what is used up is dropped when it is met.
    private readonly List<int> _open = [];

    /// <summary>Gets the number of purchase days.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets how many purchase days came soon enough after the one before.</summary>
    internal int ComeBacks { get; private set; }

    /// <summary>Gets the first purchase day, if there is any.</summary>
    internal int FirstDay => _all[First].Day;

    /// <summary>Gets the last purchase day, if there is any.</summary>
    internal int LastDay => _all[Last].Day;

    private int First { get; set; } = None;

    private int Last { get; set; } = None;

    internal void Clear()
    {
        _all.Clear();
        _open.Clear();
        (Count, ComeBacks, First, Last) = (0, 0, None, None);
    }

    /// <summary>Adds the purchases of a day later than all before.</summary>
    internal void Add(int day, in ExactAmount amount)
    {
        int place = _all.Count;
        _all.Add(new() { Day = day, Net = amount, Before = Last, After = None });
        if (amount.Sign > 0)
        {
            _open.Add(place);
        }

        if (Last == None)
        {
            First = place;
        }
        else
        {
            All[Last].After = place;
        }

        ComeBacks += ComesBack(Last, place);
        Last = place;
        Count++;
    }

    /// <summary>Takes a return off one day.</summary>
    /// <returns>The day of a purchase that is none any more by it; null where there is no such.</returns>
    internal int? TakeFrom(int day, ref ExactAmount rest)
    {
        int place = PlaceOf(day);
        return place >= 0 && Take(place, ref rest) ? day : null;
    }

    /// <summary>Takes a return off the latest days.</summary>
    /// <returns>The latest day that is none any more by it; null where there is no such.</returns>
    internal int? TakeNewestFirst(ref ExactAmount rest)
    {
        int? latest = null;
        while (_open.Count > 0 && !rest.IsZero)
        {
            int place = _open[^1];
            if (All[place].Net.Sign > 0 && Take(place, ref rest))
            {
                latest ??= All[place].Day;
            }

            if (All[place].Net.Sign == 0)
            {
                _open.RemoveAt(_open.Count - 1);
            }
        }

        return latest;
    }

    /// <summary>Gives the purchase days after a day, newest first.</summary>
    internal void DaysAfter(int day, List<int> days)
    {
        days.Clear();
        for (int place = Last; place != None && All[place].Day > day; place = All[place].Before)
        {
            days.Add(All[place].Day);
        }
    }

    /// <summary>Whether a day on which something was bought is a purchase day still.</summary>
    internal bool IsPurchaseDay(int day) => PlaceOf(day) is >= 0 and var place && !All[place].IsCancelled;

    /// <summary>Adds up the purchase days from one day through another.</summary>
    internal int Sum(int from, int through, ref ExactAmount money)
    {
        int place = CollectionsMarshal.AsSpan(_all).BinarySearch(new FromDay(from));
        int count = 0;
        for (place = place < 0 ? ~place : place; place < _all.Count && All[place].Day <= through; place++)
        {
            if (!All[place].IsCancelled)
            {
                count++;
                money.Add(All[place].Net);
            }
        }

        return count;
    }

    private Span<Occasion> All => CollectionsMarshal.AsSpan(_all);

    private int PlaceOf(int day) => CollectionsMarshal.AsSpan(_all).BinarySearch(new FromDay(day));

    private bool Take(int place, ref ExactAmount rest)
    {
        ref Occasion occasion = ref All[place];
        if (occasion.Net.Sign == 0)
        {
            return false;
        }

        occasion.Net.Absorb(ref rest);
        if (!occasion.Net.IsZero)
        {
            return false;
        }

        occasion.IsCancelled = true;
        Unlink(place);
        return true;
    }

    private void Unlink(int place)
    {
        var (before, after) = (All[place].Before, All[place].After);
        ComeBacks += ComesBack(before, after) - ComesBack(before, place) - ComesBack(place, after);
        if (before == None)
        {
            First = after;
        }
        else
        {
            All[before].After = after;
        }

        if (after == None)
        {
            Last = before;
        }
        else
        {
            All[after].Before = before;
        }

        Count--;
    }

    private int ComesBack(int before, int after) => before != None && after != None && All[after].Day - All[before].Day <= comeBackDays ? 1 : 0;

    private struct Occasion
    {
        internal int Day;
        internal int Before;
        internal int After;
        internal bool IsCancelled;
        internal ExactAmount Net;
    }

    private readonly struct FromDay(int day) : IComparable<Occasion>
    {
        public int CompareTo(Occasion other) => day.CompareTo(other.Day);
    }
}
