using System.Runtime.InteropServices;
using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>Goes through the life of one customer after another, and stops only on days on which a rung or a stage can change.</summary>
/// <remarks>
/// What is true at the end of a day follows from what happened through that day, and from nothing later: so a later day asked about changes no transition before
/// it. Between two events only the passing of time changes anything, and the days on which it can are known beforehand (<see cref="NextChange"/>).
/// </remarks>
internal sealed partial class LadderWalk(LadderDefinition definition)
{
    /// <summary>No stage yet: nothing was known of the customer.</summary>
    internal const byte NoStage = byte.MaxValue;

    private const int Never = int.MaxValue;
    private const int LastYearOfMonths = 9_980;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, (int Day, int Place)> _named = [];
    private readonly LadderRhythm _rhythm = new(definition.RegularWindowDays);

    private LadderRecords _records;
    private int _firstReferral;
    private int _today;
    private bool _isKnown;
    private bool _hasInterest;
    private bool _isMember;
    private double _liking;
    private int _feelingDay;
    private bool _hasGoodWord;
    private int _aliveDay;
    private double _alive;
    private byte _stated;
    private int _regularSince;
    private int _fanFrom;
    private int _allowedGap;

    internal LadderOccasions Occasions { get; } = new(definition.ComeBackDays);

    internal List<LadderMove> RungMoves { get; } = [];

    internal List<LadderMove> StageMoves { get; } = [];

    internal byte Rung => RungMoves.Count == 0 ? (byte)0 : RungMoves[^1].Code;

    internal byte Stage => StageMoves.Count == 0 ? NoStage : StageMoves[^1].Code;

    /// <summary>Gets the figures of the last day.</summary>
    internal LadderFigures Figures { get; private set; }

    /// <summary>Goes through the events of a customer to the end of a day.</summary>
    internal void Run(in LadderEvents events, int lastDay, int firstReferral, LadderRecords records)
    {
        Clear();
        (_firstReferral, _records) = (firstReferral, records);
        Collect(events, lastDay);
        Span<Entry> entries = CollectionsMarshal.AsSpan(_entries);
        for (int place = 0; place < entries.Length;)
        {
            int day = entries[place].Day;
            GoOnTo(day - 1);
            place = Apply(events, entries, place);
            Evaluate(day);
        }

        GoOnTo(lastDay);

        // The figures are those of the last day, whether or not anything changed on it.
        if (_today != lastDay)
        {
            Evaluate(lastDay);
        }
    }

    private void Clear()
    {
        _entries.Clear();
        _named.Clear();
        _rhythm.Clear();
        Occasions.Clear();
        RungMoves.Clear();
        StageMoves.Clear();
        Figures = default;
        (_today, _feelingDay, _aliveDay) = (int.MinValue, int.MinValue, int.MinValue);
        (_isKnown, _hasInterest, _hasGoodWord, _isMember) = (false, false, false, false);
        (_liking, _alive) = (double.NaN, double.NaN);
        (_stated, _regularSince, _fanFrom) = (NoStage, Never, Never);
    }

    private void Collect(in LadderEvents events, int lastDay)
    {
        var memo = DayMemo.Begin();
        for (int place = 0; place < events.Count; place++)
        {
            int day = memo.Of(events.Day(place));
            if (day <= lastDay && events.Purchase(place) is not 0 and int number && events.Kind(place) == LadderEventKind.Purchase
                && (!_named.TryGetValue(number, out var known) || day < known.Day))
            {
                _named[number] = (day, place);
            }
        }

        bool isOrdered = true;
        for (int place = 0; place < events.Count; place++)
        {
            int day = memo.Of(events.Day(place));
            int number = events.Purchase(place);
            LadderEventKind kind = events.Kind(place);
            if (day > lastDay || (kind == LadderEventKind.Purchase && number != 0 && _named[number].Place != place))
            {
                continue; // to come, or told before
            }

            Entry entry = kind == LadderEventKind.Return ? EntryOfReturn(events, place, day, number) : new(day, 0, day, 0, place);
            isOrdered &= _entries.Count == 0 || _entries[^1].CompareTo(entry) <= 0;
            _entries.Add(entry);
            if (entry.Day > day)
            {
                // It waits for the purchase it names; that the customer was heard of does not.
                isOrdered = false;
                _entries.Add(new(day, 0, day, 0, place));
            }
        }

        if (!isOrdered)
        {
            _entries.Sort();
        }
    }

    // What comes back before the purchase it names is told waits for it.
    private Entry EntryOfReturn(in LadderEvents events, int place, int day, int number) =>
        new(number != 0 && _named.TryGetValue(number, out var purchase) ? Math.Max(day, purchase.Day) : day, (byte)(number == 0 ? 2 : 1), day, events.Amount(place), place);

    private void GoOnTo(int lastDay)
    {
        if (_today == int.MinValue)
        {
            return; // nothing has happened yet, so nothing can change
        }

        for (long next = NextChange(); next <= lastDay; next = NextChange())
        {
            Evaluate((int)next);
        }
    }

    /// <summary>The next day on which something can change by itself. Some of these days change nothing; none that does is missing.</summary>
    private long NextChange()
    {
        long next = long.MaxValue;
        if (Occasions.Count > 0)
        {
            LadderFigures figures = Figures;
            Consider((long)figures.LastDay + figures.DormantAfter);
            Consider((long)figures.LastDay + figures.LostAfter);
        }

        if (_aliveDay != int.MinValue)
        {
            Consider((long)_aliveDay + definition.AliveDays);
        }

        if (_rhythm.Count >= definition.RegularPurchaseDays)
        {
            Consider((long)_rhythm.FirstDay + definition.RegularWindowDays);
            Consider((long)Occasions.LastDay + _allowedGap + 1);
        }

        if (_regularSince != Never)
        {
            Consider(_fanFrom);
        }

        Consider(_firstReferral);
        return next;

        void Consider(long day) => next = day > _today && day < next ? day : next;
    }

    // All of a day: what was bought first, then what came back.
    private int Apply(in LadderEvents events, ReadOnlySpan<Entry> entries, int place)
    {
        int day = entries[place].Day;
        var amount = default(ExactAmount);
        bool hasBought = false;
        for (; place < entries.Length && entries[place].Day == day && entries[place].Rank == 0; place++)
        {
            int at = entries[place].Place;
            if (events.Kind(at) == LadderEventKind.Purchase)
            {
                amount.Add(events.Amount(at));
                (hasBought, _isKnown, _hasInterest) = (true, true, true);
            }
            else
            {
                Apply(events.Kind(at), events.Value(at), day);
            }
        }

        if (hasBought)
        {
            Occasions.Add(day, amount);
            _rhythm.Add(day);
        }

        int latestCancelled = int.MinValue;
        for (; place < entries.Length && entries[place].Day == day; place++)
        {
            (_isKnown, _hasInterest) = (true, true);
            var rest = default(ExactAmount);
            rest.Add(entries[place].Amount);
            int? cancelled = entries[place].Rank == 2 ? Occasions.TakeNewestFirst(ref rest)
                : _named.TryGetValue(events.Purchase(entries[place].Place), out var purchase) ? Occasions.TakeFrom(purchase.Day, ref rest) : null;
            latestCancelled = Math.Max(latestCancelled, cancelled ?? int.MinValue);
        }

        if (latestCancelled != int.MinValue && latestCancelled > (long)day - definition.RegularWindowDays)
        {
            _rhythm.Refill(Occasions, day);
        }

        return place;
    }

    private void Apply(LadderEventKind kind, double value, int day)
    {
        switch (kind)
        {
            case LadderEventKind.Membership:
                _isMember = value > 0;
                return;
            case LadderEventKind.Liking:
                _liking = value;
                return;
            case LadderEventKind.Alive:
                (_aliveDay, _alive) = (day, value);
                return;
            case LadderEventKind.StatedStage:
                _stated = double.IsNaN(value) ? NoStage : (byte)value;
                return;
            case LadderEventKind.Sentiment or LadderEventKind.Satisfaction:
                bool isGood = value >= (kind == LadderEventKind.Sentiment ? definition.LeastSentiment : definition.LeastSatisfaction);
                _hasGoodWord = isGood && (_feelingDay != day || _hasGoodWord); // of several words of a day the worst
                _feelingDay = day;
                break;
            case LadderEventKind.Interest or LadderEventKind.Return:
                _hasInterest = true;
                break;
        }

        _isKnown = true;
    }

    private void Evaluate(int day)
    {
        _today = day;
        _rhythm.GoOnTo(day);
        bool isRegular = IsRegular(day);
        if (!isRegular)
        {
            (_regularSince, _fanFrom) = (Never, Never);
        }
        else if (_regularSince == Never)
        {
            (_regularSince, _fanFrom) = (day, FanFrom(day));
        }

        LadderFigures figures = default;
        Describe(ref figures, day, isRegular);
        Figures = figures;
        Move(RungMoves, day, RungOf(figures, isRegular), isStated: false, 0);
        if (_stated != NoStage || _isKnown || StageMoves.Count > 0)
        {
            Move(StageMoves, day, _stated != NoStage ? _stated : (byte)StageOf(figures, day).Value, _stated != NoStage, NoStage);
        }
    }

    private bool IsRegular(int day)
    {
        int count = _rhythm.Count;
        if (count < definition.RegularPurchaseDays)
        {
            _allowedGap = 0;
            return false;
        }

        // The whole part of factor × average gap; gaps are whole days.
        _allowedGap = Math.Max(definition.RegularGapFloorDays, (int)Math.Floor(definition.RegularGapFactor * _rhythm.Span) / (count - 1));
        return _rhythm.LongestGap <= _allowedGap && day - Occasions.LastDay <= _allowedGap;
    }

    private int FanFrom(int day)
    {
        var since = DayNumber.ToDate(day);
        return since.Year > LastYearOfMonths ? Never : DayNumber.Of(since.PlusMonths(definition.FanMonths));
    }

    private void Describe(ref LadderFigures figures, int day, bool isRegular)
    {
        figures.HasInterest = _hasInterest;
        figures.PurchaseDays = Occasions.Count;
        figures.ComeBacks = Occasions.ComeBacks;
        figures.FeelingDay = _feelingDay;
        figures.WindowCount = _rhythm.Count;
        figures.LongestGap = _rhythm.LongestGap;
        figures.AllowedGap = _allowedGap;
        figures.RegularSince = _regularSince;
        figures.IsLong = isRegular && day >= _fanFrom;
        figures.HasReferred = _firstReferral <= day ? TraitAnswer.Yes : _records.Referrals ? TraitAnswer.No : TraitAnswer.Unknown;
        figures.IsMember = _isMember ? TraitAnswer.Yes : _records.Memberships ? TraitAnswer.No : TraitAnswer.Unknown;
        figures.Likes = double.IsNaN(_liking) ? TraitAnswer.Unknown : _liking >= definition.FanLeastLiking ? TraitAnswer.Yes : TraitAnswer.No;
        figures.TrueFan = figures.IsLong ? Signs(figures) : TraitAnswer.No;
        if (Occasions.Count > 0)
        {
            figures.FirstDay = Occasions.FirstDay;
            figures.LastDay = Occasions.LastDay;
            figures.HasGoodWord = _hasGoodWord && _feelingDay >= Occasions.FirstDay;
            figures.DormantAfter = Silence(definition.DormantGaps, definition.DormantFloorDays, definition.DormantCeilingDays);
            figures.LostAfter = Silence(definition.LostGaps, definition.LostFloorDays, definition.LostCeilingDays);
            figures.AliveDay = _aliveDay;
            figures.Alive = _alive;
            figures.DecidesAlive = _aliveDay >= Occasions.LastDay && day - (long)_aliveDay < definition.AliveDays;
        }
    }

    // One that is true is enough; while none is, one that is unknown leaves it open.
    private TraitAnswer Signs(in LadderFigures figures)
    {
        TraitAnswer answer = TraitAnswer.No;
        foreach (var (sign, found) in (ReadOnlySpan<(FanSigns, TraitAnswer)>)
            [(FanSigns.Referral, figures.HasReferred), (FanSigns.Liking, figures.Likes), (FanSigns.Membership, figures.IsMember)])
        {
            if ((definition.FanSigns & sign) != 0)
            {
                answer = answer == TraitAnswer.Yes || found == TraitAnswer.Yes ? TraitAnswer.Yes : answer == TraitAnswer.Unknown ? answer : found;
            }
        }

        return answer;
    }

    // Silences are whole days: the first that is as long as that many gaps.
    private int Silence(decimal gaps, int floor, int ceiling)
    {
        int own = Occasions.Count == 1
            ? (int)Math.Ceiling(gaps * definition.AssumedGapDays)
            : (int)Math.Ceiling(gaps * (Occasions.LastDay - Occasions.FirstDay) / (Occasions.Count - 1));
        return Math.Clamp(own, floor, ceiling);
    }

    private static byte RungOf(in LadderFigures figures, bool isRegular) => (byte)(figures.PurchaseDays == 0 ? 0
        : isRegular ? figures.TrueFan == TraitAnswer.Yes ? LoyaltyRung.TrueFan.Value : LoyaltyRung.Regular.Value
        : figures.ComeBacks > 0 || figures.HasGoodWord ? LoyaltyRung.Impressed.Value : LoyaltyRung.New.Value);

    private LifecycleStage StageOf(in LadderFigures figures, int day)
    {
        if (figures.PurchaseDays == 0)
        {
            return _hasInterest ? LifecycleStage.Prospect : LifecycleStage.Suspect;
        }

        int silence = day - figures.LastDay;
        bool isLost = figures.DecidesAlive ? figures.Alive < definition.AliveLostBelow : silence >= figures.LostAfter;
        bool isDormant = figures.DecidesAlive ? figures.Alive < definition.AliveDormantBelow : silence >= figures.DormantAfter;
        return isLost ? LifecycleStage.Lost
            : isDormant ? LifecycleStage.Dormant
            : figures.PurchaseDays == 1 ? LifecycleStage.FirstTime : LifecycleStage.Repeat;
    }

    private void Move(List<LadderMove> moves, int day, byte code, bool isStated, byte none)
    {
        if (moves.Count == 0 ? code != none : moves[^1].Code != code || moves[^1].IsStated != isStated)
        {
            moves.Add(new(day, code, isStated, Figures));
        }
    }

    /// <summary>An event in the order in which it counts: by day; on a day returns last, those told first first, then those that name a purchase, then the smaller.</summary>
    private readonly record struct Entry(int Day, byte Rank, int ToldOn, decimal Amount, int Place) : IComparable<Entry>
    {
        public int CompareTo(Entry other)
        {
            int order = Day.CompareTo(other.Day);
            if (order == 0 && (Rank == 0) != (other.Rank == 0))
            {
                return Rank == 0 ? -1 : 1;
            }

            order = order != 0 ? order : ToldOn.CompareTo(other.ToldOn);
            order = order != 0 ? order : Rank.CompareTo(other.Rank);
            order = order != 0 ? order : Amount.CompareTo(other.Amount);
            return order != 0 ? order : Place.CompareTo(other.Place);
        }
    }
}
