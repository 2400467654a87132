namespace Crm.Core.Segments;

/// <summary>The purchase days of a window that goes on, and the longest gap among them: each day comes in once and goes out once.</summary>
internal sealed class LadderRhythm(int windowDays)
{
    private readonly List<int> _days = [];

    // The gaps that can still become the longest, by the place of their later day: each is longer than all after it.
    private readonly List<int> _gaps = [];
    private readonly List<int> _newestFirst = [];
    private int _first;
    private int _firstGap;

    internal int Count => _days.Count - _first;

    internal int FirstDay => _days[_first];

    /// <summary>Gets the days from the first purchase day of the window to its last.</summary>
    internal int Span => Count == 0 ? 0 : _days[^1] - _days[_first];

    internal int LongestGap => _firstGap < _gaps.Count ? GapBefore(_gaps[_firstGap]) : 0;

    internal void Clear()
    {
        _days.Clear();
        _gaps.Clear();
        (_first, _firstGap) = (0, 0);
    }

    internal void Add(int day)
    {
        _days.Add(day);
        int place = _days.Count - 1;
        if (Count > 1)
        {
            while (_gaps.Count > _firstGap && GapBefore(_gaps[^1]) <= GapBefore(place))
            {
                _gaps.RemoveAt(_gaps.Count - 1);
            }

            _gaps.Add(place);
        }
    }

    /// <summary>Leaves behind what is out of the window that ends on a day.</summary>
    internal void GoOnTo(int day)
    {
        while (_first < _days.Count && _days[_first] <= day - windowDays)
        {
            _first++;
        }

        while (_firstGap < _gaps.Count && _gaps[_firstGap] <= _first)
        {
            _firstGap++;
        }
    }

    /// <summary>Begins again after a purchase day in the window was taken away.</summary>
    internal void Refill(LadderOccasions occasions, int day)
    {
        Clear();
        occasions.DaysAfter(day - windowDays, _newestFirst);
        for (int i = _newestFirst.Count - 1; i >= 0; i--)
        {
            Add(_newestFirst[i]);
        }
    }

    private int GapBefore(int place) => _days[place] - _days[place - 1];
}
