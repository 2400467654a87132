using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>
/// The ladder by the words of its definition, without thought of speed: for every day everything is worked out anew from what happened through that day. The
/// oracle of the real one. Purchase days come from <see cref="SlowHistories"/>, facts from what a customer says of itself.
/// </summary>
internal sealed class SlowLadder(LoyaltyLadder ladder, IReadOnlyList<LadderCustomer> everybody, Instant knownAt, LadderRecords records)
{
    private readonly LadderDefinition _d = ladder.Definition;
    private readonly Dictionary<(CustomerId, LocalDate), List<(LocalDate Day, decimal Net)>> _bought = [];

    internal LadderRow On(LadderCustomer who, LocalDate day)
    {
        var rungs = RungMoves(who, day);
        var stages = StageMoves(who, day);
        int same = stages.Count;
        while (same > 0 && stages[same - 1].Stage == stages[^1].Stage)
        {
            same--;
        }

        var referrals = Brought(who, day).Where(pair => Between(pair.Day, day) < _d.InfluencerWindowDays)
            .Select(pair => Bought(pair.Customer, day).Where(o => o.Day >= pair.Day && Between(pair.Day, o.Day) <= _d.InfluencerFollowDays).ToList()).ToList();
        var shares = Shares(who, day);
        int reduced = shares.Count(isOn => isOn == true);
        int known = shares.Count(isOn => isOn is not null);
        decimal money = referrals.Sum(days => days.Sum(o => o.Net));
        bool isInfluencer = referrals.Count >= _d.InfluencerReferrals && referrals.Sum(days => days.Count) >= _d.InfluencerPurchaseDays && !(money < _d.InfluencerMoney?.Amount);
        return new()
        {
            Customer = who.Customer.Id,
            Rung = rungs.Count == 0 ? null : rungs[^1].Rung,
            RungSince = rungs.Count == 0 ? null : rungs[^1].Day,
            TrueFan = Fan(who, day),
            Stage = stages.Count == 0 ? null : stages[^1].Stage,
            StageSince = stages.Count == 0 ? null : stages[same].Day,
            IsStageStated = stages.Count > 0 && stages[^1].IsStated,
            Influencer = isInfluencer ? TraitAnswer.Yes : records.Referrals ? TraitAnswer.No : TraitAnswer.Unknown,
            Referrals = referrals.Count,
            ReferredBuyers = referrals.Count(days => days.Count > 0),
            ReferredPurchaseDays = referrals.Sum(days => days.Count),
            ReferredMoney = money,
            BargainHunter = known < _d.BargainLeastPurchaseDays ? TraitAnswer.Unknown : reduced >= _d.BargainShare * known ? TraitAnswer.Yes : TraitAnswer.No,
            DiscountedDays = reduced,
            FullPriceDays = known - reduced,
            UnknownDiscountDays = shares.Count - known,
        };
    }

    internal List<(LocalDate Day, LoyaltyRung? Rung)> RungMoves(LadderCustomer who, LocalDate day)
    {
        var moves = new List<(LocalDate, LoyaltyRung?)>();
        LoyaltyRung? last = null;
        foreach (LocalDate each in DaysThrough(who, day))
        {
            LoyaltyRung? rung = Rung(who, each);
            if (rung != last)
            {
                moves.Add((each, rung));
            }

            last = rung;
        }

        return moves;
    }

    internal List<(LocalDate Day, LifecycleStage Stage, bool IsStated)> StageMoves(LadderCustomer who, LocalDate day)
    {
        var moves = new List<(LocalDate, LifecycleStage Stage, bool IsStated)>();
        foreach (LocalDate each in DaysThrough(who, day))
        {
            LifecycleStage? stated = Stated(who, each);
            if ((stated ?? Stage(who, each, moves.Count > 0)) is { } stage && (moves.Count == 0 || (moves[^1].Stage, moves[^1].IsStated) != (stage, stated is not null)))
            {
                moves.Add((each, stage, stated is not null));
            }
        }

        return moves;
    }

    private LoyaltyRung? Rung(LadderCustomer who, LocalDate day)
    {
        var bought = Bought(who, day);
        if (bought.Count == 0)
        {
            return null;
        }

        if (IsRegular(who, day))
        {
            return Fan(who, day) == TraitAnswer.Yes ? LoyaltyRung.TrueFan : LoyaltyRung.Regular;
        }

        bool cameBack = bought.Zip(bought.Skip(1)).Any(pair => Between(pair.First.Day, pair.Second.Day) <= _d.ComeBackDays);
        return cameBack || HasGoodWord(who, day, bought[0].Day) ? LoyaltyRung.Impressed : LoyaltyRung.New;
    }

    private bool HasGoodWord(LadderCustomer who, LocalDate day, LocalDate first)
    {
        var words = Happened(who, day).Where(one => one.Sentiment is not null || one.Detail is ServiceCaseDetail { Satisfaction: not null }).ToLookup(DayOf);
        return words.Count > 0 && words.Max(of => of.Key) is var last && last >= first && words[last].All(one =>
            !(one.Sentiment < _d.LeastSentiment) && !(one.Detail is ServiceCaseDetail detail && detail.Satisfaction < _d.LeastSatisfaction));
    }

    private bool IsRegular(LadderCustomer who, LocalDate day)
    {
        LocalDate[] days = [.. Bought(who, day).Select(o => o.Day).Where(each => Between(each, day) < _d.RegularWindowDays)];
        if (days.Length < _d.RegularPurchaseDays)
        {
            return false;
        }

        int[] gaps = [.. days.Zip(days.Skip(1), Between)];
        decimal average = (decimal)gaps.Sum() / gaps.Length;
        return gaps.Append(Between(days[^1], day)).All(gap => gap <= _d.RegularGapFloorDays || gap * gaps.Length <= _d.RegularGapFactor * average * gaps.Length);
    }

    private TraitAnswer Fan(LadderCustomer who, LocalDate day)
    {
        LocalDate since = day;
        if (!IsRegular(who, day))
        {
            return TraitAnswer.No;
        }

        while (IsRegular(who, since.PlusDays(-1)))
        {
            since = since.PlusDays(-1);
        }

        if (since.PlusMonths(_d.FanMonths) > day)
        {
            return TraitAnswer.No;
        }

        AsOf end = new(ladder.EndOf(day), knownAt);
        var answers = new List<TraitAnswer>();
        if (_d.FanSigns.HasFlag(FanSigns.Referral))
        {
            answers.Add(Brought(who, day).Any() ? TraitAnswer.Yes : records.Referrals ? TraitAnswer.No : TraitAnswer.Unknown);
        }

        if (_d.FanSigns.HasFlag(FanSigns.Membership))
        {
            bool isRecorded = records.Memberships;
            answers.Add(who.Customer.FactsOf<Membership>(end).Any() ? TraitAnswer.Yes : isRecorded ? TraitAnswer.No : TraitAnswer.Unknown);
        }

        if (_d.FanSigns.HasFlag(FanSigns.Liking))
        {
            Attitude? liking = Latest(who.Customer.FactsOf<Attitude>(end).Where(one => one is { Kind: AttitudeKind.Liking, Strength: not null } && one.Product == ProductId.None));
            answers.Add(liking is null ? TraitAnswer.Unknown : liking.Strength >= _d.FanLeastLiking ? TraitAnswer.Yes : TraitAnswer.No);
        }

        return answers.Contains(TraitAnswer.Yes) ? TraitAnswer.Yes : answers.Contains(TraitAnswer.Unknown) ? TraitAnswer.Unknown : TraitAnswer.No;
    }

    private LifecycleStage? Stated(LadderCustomer who, LocalDate day)
    {
        Instant end = ladder.EndOf(day);
        return Latest(who.Customer.Facts.OfType<StageReached>().Where(fact => fact.Dates.Source != _d.Source
            && fact.Dates.IsKnown(new(end, knownAt)) && fact.Dates.EffectiveFrom <= end && !(fact.Dates.ValidUntil <= end)))?.Stage;
    }

    private LifecycleStage? Stage(LadderCustomer who, LocalDate day, bool hadOne)
    {
        var happened = Happened(who, day);
        var bought = Bought(who, day);
        Instant end = ladder.EndOf(day);
        if (bought.Count == 0)
        {
            bool isKnown = hadOne || happened.Count > 0
                || who.Customer.Facts.Any(fact => fact.Dates.IsKnown(new(end, knownAt)) && fact.Dates.RecordedAt <= end && !(fact is StageReached && fact.Dates.Source == _d.Source))
                || who.Customer.Facts.OfType<Referral>().Any(fact => fact.Dates.IsKnown(new(end, knownAt)) && fact.Dates.EffectiveFrom <= end);
            return happened.Exists(ShowsInterest) ? LifecycleStage.Prospect : isKnown ? LifecycleStage.Suspect : null;
        }

        LocalDate last = bought[^1].Day;
        AliveScore[] scores = [.. who.AliveScores.Where(score => score.Day <= day && score.Day <= DayOf(knownAt))];
        LocalDate? scored = scores.Length == 0 ? null : scores.Max(score => score.Day);
        bool isLost;
        bool isDormant;
        if (scored >= last && Between(scored.Value, day) < _d.AliveDays)
        {
            double alive = scores.Last(score => score.Day == scored).Probability;
            (isLost, isDormant) = (alive < _d.AliveLostBelow, alive < _d.AliveDormantBelow);
        }
        else
        {
            int gaps = bought.Count - 1;
            decimal average = gaps == 0 ? _d.AssumedGapDays : (decimal)Between(bought[0].Day, last) / gaps;
            bool IsSilentFor(decimal times, int floor, int ceiling) =>
                Between(last, day) >= ceiling || (Between(last, day) >= floor && Between(last, day) >= Math.Round(times * average, 20));
            isLost = IsSilentFor(_d.LostGaps, _d.LostFloorDays, _d.LostCeilingDays);
            isDormant = IsSilentFor(_d.DormantGaps, _d.DormantFloorDays, _d.DormantCeilingDays);
        }

        return isLost ? LifecycleStage.Lost : isDormant ? LifecycleStage.Dormant : bought.Count == 1 ? LifecycleStage.FirstTime : LifecycleStage.Repeat;
    }

    private static bool ShowsInterest(Interaction one) => one.Kind switch
    {
        InteractionKind.Purchase or InteractionKind.Return or InteractionKind.Enquiry or InteractionKind.ServiceCase or InteractionKind.Complaint => true,
        InteractionKind.Visit => one.Direction != Direction.Outbound,
        InteractionKind.CampaignResponse => ((CampaignResponseDetail)one.Detail).Response is ResponseKind.Clicked or ResponseKind.Replied or ResponseKind.Accepted,
        _ => false,
    };

    // Whoever is named on the first day on which anybody is, of those named before or with the first purchase, or in a fact that nobody dated.
    private IEnumerable<(LadderCustomer Customer, LocalDate Day)> Brought(LadderCustomer who, LocalDate day) =>
        from other in everybody
        where other.Customer.Id != who.Customer.Id
        let bought = Happened(other, day).Where(one => one.Detail is PurchaseDetail).ToList()
        let first = bought.Count == 0 ? LocalDate.MaxIsoValue : bought.Min(DayOf)
        let named = bought.Where(one => ((PurchaseDetail)one.Detail).ReferredBy != CustomerId.None).Select(one => (By: ((PurchaseDetail)one.Detail).ReferredBy, Day: DayOf(one), IsDated: true))
            .Concat(other.Customer.Facts.OfType<Referral>().Where(fact => fact.Dates.IsKnown(new(knownAt, knownAt)))
                .Select(fact => (fact.By, Day: DayOf(fact.Dates.EffectiveFrom), IsDated: fact.Dates.ValidFrom is not null)))
            .Where(each => each.By != other.Customer.Id && each.Day <= day && (each.Day <= first || !each.IsDated)).ToList()
        where named.Exists(each => each.By == who.Customer.Id && each.Day == named.Min(one => one.Day))
        select (other, named.Min(each => each.Day));

    // For each purchase day whether it was on discount: at least half of what was kept of it.
    private List<bool?> Shares(LadderCustomer who, LocalDate day)
    {
        var kept = Bought(who, day).Select(o => o.Day).ToHashSet();
        var returns = Happened(who, day).Select(one => one.Detail).OfType<ReturnDetail>().ToList();
        bool IsSentBack(PurchaseDetail one) => one.Purchase != PurchaseId.None && one.Amount.Amount > 0
            && returns.Where(given => given.Purchase == one.Purchase).Sum(given => given.Amount.Amount) >= one.Amount.Amount;
        bool IsOn(PurchaseDetail one) => one.Discount!.Value is { Amount: > 0 } discount
            && (double)discount.Amount / (double)(discount.Amount + one.Amount.Amount) >= _d.BargainLeastDiscount;
        return [.. Once(who, day).Where(one => kept.Contains(DayOf(one)) && Between(DayOf(one), day) < _d.BargainWindowDays).GroupBy(DayOf)
            .Select(of => of.Select(one => (PurchaseDetail)one.Detail).Where(one => one.Discount is not null && !IsSentBack(one)).ToList())
            .Select(known => known.Count == 0 ? (bool?)null : known.Count(IsOn) * 2 >= known.Count)];
    }

    // One purchase id is one purchase, told first where it is told twice.
    private List<Interaction> Once(LadderCustomer who, LocalDate day)
    {
        var seen = new HashSet<PurchaseId>();
        return [.. Happened(who, day).Where(one => one.Detail is PurchaseDetail purchase && (purchase.Purchase == PurchaseId.None || seen.Add(purchase.Purchase)))];
    }

    private List<(LocalDate Day, decimal Net)> Bought(LadderCustomer who, LocalDate day)
    {
        if (_bought.TryGetValue((who.Customer.Id, day), out var known))
        {
            return known;
        }

        List<PurchaseReturn> returns = [.. Happened(who, day).Where(one => one.Detail is ReturnDetail { Amount.Amount: > 0 }).Select(one => one.AsReturn()!)];
        var histories = new SlowHistories(new(ladder.Zone, TimeUnit.Day, Window.Through(day), [.. Once(who, day).Select(one => one.AsPurchase()!)], returns));
        return _bought[(who.Customer.Id, day)] = histories.Known.Count == 0 ? [] : [.. histories.Known[0].Select(each => (each, NetOn(who, each, day, returns)))];
    }

    // Again by the words, for the money of one day: what was paid on it, less what of each return is left for it.
    private decimal NetOn(LadderCustomer who, LocalDate on, LocalDate day, List<PurchaseReturn> returns)
    {
        List<Interaction> bought = Once(who, day);
        var net = bought.GroupBy(DayOf).ToDictionary(of => of.Key, of => of.Sum(one => ((PurchaseDetail)one.Detail).Amount.Amount));
        foreach (PurchaseReturn given in returns.OrderBy(one => DayOf(one.At)).ThenBy(one => one.Purchase == PurchaseId.None).ThenBy(one => one.Amount.Amount))
        {
            decimal rest = given.Amount.Amount;
            IEnumerable<LocalDate> from = given.Purchase == PurchaseId.None
                ? net.Keys.Where(each => each <= DayOf(given.At)).OrderDescending().ToList()
                : bought.Where(one => ((PurchaseDetail)one.Detail).Purchase == given.Purchase).Select(DayOf).ToList();
            foreach (LocalDate each in from)
            {
                decimal taken = Math.Min(rest, net[each]);
                (net[each], rest) = (net[each] - taken, rest - taken);
            }
        }

        return net[on];
    }

    /// <summary>What is known to have happened to a customer through a day, in the order of time.</summary>
    private List<Interaction> Happened(LadderCustomer who, LocalDate day) =>
    [
        .. who.Interactions.Where(state => state.RecordedAt <= knownAt).GroupBy(state => state.Original)
            .Select(states => states.Single(state => states.All(other => ReferenceEquals(other, state) || state.Supersedes(other))))
            .Where(state => state.Kind != InteractionKind.Retraction && DayOf(state) <= day)
            .OrderBy(state => state.At).ThenBy(state => state.Id.ToString(), StringComparer.Ordinal),
    ];

    private IEnumerable<LocalDate> DaysThrough(LadderCustomer who, LocalDate day)
    {
        LocalDate[] starts =
        [
            .. who.Interactions.Select(DayOf), .. who.Customer.Facts.SelectMany(fact => new[] { DayOf(fact.Dates.RecordedAt), DayOf(fact.Dates.EffectiveFrom) }),
        ];
        if (starts.Length > 0)
        {
            for (LocalDate each = starts.Min(); each <= day; each = each.PlusDays(1))
            {
                yield return each;
            }
        }
    }

    private LocalDate DayOf(Interaction one) => DayOf(one.At);

    private LocalDate DayOf(Instant at) => at == Instant.MaxValue ? LocalDate.MaxIsoValue : at.InZone(ladder.Zone).Date;

    private static int Between(LocalDate from, LocalDate to) => Period.DaysBetween(from, to);

    private static T? Latest<T>(IEnumerable<T> facts)
        where T : CustomerFact => facts.OrderBy(fact => fact.Dates.EffectiveFrom).ThenBy(fact => fact.Dates.RecordedAt).LastOrDefault();
}
