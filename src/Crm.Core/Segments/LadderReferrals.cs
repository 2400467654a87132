using System.Runtime.InteropServices;

namespace Crm.Core.Segments;

/// <summary>Who brought whom in a base, by one pass over its events, and what those who were brought then bought.</summary>
/// <remarks>
/// Someone is brought once: on the first day on which anybody else is named, by those who are named on it. Who has bought before that day is brought no more, unless nobody said
/// when it was. Nobody brings themselves.
/// </remarks>
internal sealed class LadderReferrals
{
    private readonly List<Pair> _pairs = []; // in the order of those who were brought
    private readonly int[] _ofBrought;
    private readonly int[] _ofReferrer;
    private readonly int[] _byReferrer; // places of pairs

    internal LadderReferrals(LadderColumns columns, int lastDay)
    {
        int customers = columns.Ids.Count;
        _ofBrought = new int[customers + 1];
        _ofReferrer = new int[customers + 1];
        bool isRecorded = columns.By.Span.ContainsAnyExcept(LadderColumns.Nobody);
        if (isRecorded)
        {
            Collect(columns, lastDay);
        }

        _byReferrer = Sort();
        Records = columns.Records ?? new(isRecorded, columns.Kinds.Span.Contains(LadderEventKind.Membership));
    }

    internal LadderRecords Records { get; }

    /// <summary>Gives the first day on which a customer brought somebody; the greatest number where they never did.</summary>
    internal int FirstDay(int referrer)
    {
        int first = int.MaxValue;
        foreach (int place in Of(referrer))
        {
            first = Math.Min(first, _pairs[place].Day);
        }

        return first;
    }

    /// <summary>Notes what a customer bought after being brought.</summary>
    internal void Follow(int brought, LadderOccasions bought, int followDays)
    {
        foreach (ref Pair pair in CollectionsMarshal.AsSpan(_pairs)[_ofBrought[brought].._ofBrought[brought + 1]])
        {
            pair.PurchaseDays = bought.Sum(pair.Day, pair.Day + followDays, ref pair.Money);
        }
    }

    /// <summary>Adds up what came of a customer's referrals after a day.</summary>
    internal (int Referrals, int Buyers, int PurchaseDays, decimal Money) Sum(int referrer, int after)
    {
        var (referrals, buyers, days) = (0, 0, 0);
        var money = default(ExactAmount);
        Span<Pair> pairs = CollectionsMarshal.AsSpan(_pairs);
        foreach (int place in Of(referrer))
        {
            ref Pair pair = ref pairs[place];
            if (pair.Day > after)
            {
                referrals++;
                buyers += pair.PurchaseDays > 0 ? 1 : 0;
                days += pair.PurchaseDays;
                money.Add(pair.Money);
            }
        }

        return (referrals, buyers, days, money.ToDecimal());
    }

    private ReadOnlySpan<int> Of(int referrer) => _byReferrer.AsSpan(_ofReferrer[referrer].._ofReferrer[referrer + 1]);

    private void Collect(LadderColumns columns, int lastDay)
    {
        var memo = DayMemo.Begin();
        var referrers = new SortedSet<int>();
        ReadOnlySpan<int> starts = columns.Starts.Span;
        for (int row = 0; row < columns.Ids.Count; row++)
        {
            var events = new LadderEvents(columns, starts[row], starts[row + 1]);
            int day = Referrers(events, row, lastDay, memo, referrers);
            foreach (int by in referrers)
            {
                _pairs.Add(new() { By = by, Day = day });
            }

            _ofBrought[row + 1] = _pairs.Count;
        }
    }

    // Somebody who has no row may have been the first to bring them: then nobody here was.
    private static int Referrers(in LadderEvents events, int row, int lastDay, DayMemo memo, SortedSet<int> referrers)
    {
        referrers.Clear();
        int firstPurchase = FirstPurchase(events, memo);
        int first = lastDay;
        for (int place = 0; place < events.Count; place++)
        {
            int by = events.By(place);
            int day = memo.Of(events.Day(place));
            if (by == LadderColumns.Nobody || by == row || day > first || (day > firstPurchase && !IsOnlyNoted(events, place))
                || events.Kind(place) is not (LadderEventKind.Purchase or LadderEventKind.Referral))
            {
                continue;
            }

            if (day < first)
            {
                referrers.Clear();
                first = day;
            }

            if (by >= 0)
            {
                referrers.Add(by);
            }
        }

        return first;
    }

    private static bool IsOnlyNoted(in LadderEvents events, int place) => events.Kind(place) == LadderEventKind.Referral && events.Value(place) == 1;

    private static int FirstPurchase(in LadderEvents events, DayMemo memo)
    {
        int first = int.MaxValue;
        for (int place = 0; place < events.Count; place++)
        {
            if (events.Kind(place) == LadderEventKind.Purchase)
            {
                first = Math.Min(first, memo.Of(events.Day(place)));
            }
        }

        return first;
    }

    // By counting: each referrer's pairs side by side.
    private int[] Sort()
    {
        foreach (Pair pair in _pairs)
        {
            _ofReferrer[pair.By + 1]++;
        }

        for (int row = 1; row < _ofReferrer.Length; row++)
        {
            _ofReferrer[row] += _ofReferrer[row - 1];
        }

        int[] places = new int[_pairs.Count];
        int[] next = [.. _ofReferrer];
        for (int place = 0; place < _pairs.Count; place++)
        {
            places[next[_pairs[place].By]++] = place;
        }

        return places;
    }

    private struct Pair
    {
        internal int By;
        internal int Day;
        internal int PurchaseDays;
        internal ExactAmount Money;
    }
}
