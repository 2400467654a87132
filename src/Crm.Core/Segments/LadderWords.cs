using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Says in words why a customer stands where they stand, with the figures, and what is not known.</summary>
internal sealed class LadderWords(LadderDefinition definition, Currency currency, LadderRecords records)
{
    internal static string Meaning(LoyaltyRung rung, LadderDefinition d) => FormattableString.Invariant(
        rung.Value switch
        {
            1 => $"customers who have bought, and have neither come back within {d.ComeBackDays} days nor said that it was good",
            2 => (FormattableString)$"customers who bought again within {d.ComeBackDays} days, or whose last word was good (sentiment {d.LeastSentiment}, satisfaction {d.LeastSatisfaction}, or more)",
            3 => $"customers who bought on {d.RegularPurchaseDays} or more of the last {d.RegularWindowDays} days, with no gap over {d.RegularGapFactor} times their average (or {d.RegularGapFloorDays} days)",
            _ => $"customers who have been regular for {d.FanMonths} months and do more than buy: {Signs(d)}",
        });

    internal static string Meaning(LoyaltyTrait trait, LadderDefinition d) => trait == LoyaltyTrait.Influencer
        ? FormattableString.Invariant($"customers who brought {d.InfluencerReferrals} or more others in the last {d.InfluencerWindowDays} days, who bought on {d.InfluencerPurchaseDays} or more days")
            + FormattableString.Invariant($" within {d.InfluencerFollowDays} days of it{(d.InfluencerMoney is { } money ? $", for {money} or more" : "")}")
        : FormattableString.Invariant($"customers at least {d.BargainShare} of whose purchase days of the last {d.BargainWindowDays} days were on discount, of {d.BargainLeastPurchaseDays} or more whose discounts are known");

    internal static string Meaning(LifecycleStage stage, LadderDefinition d) => stage.Value switch
    {
        0 => "known, and nothing heard of them",
        1 => "have shown interest and have not bought, or kept nothing",
        2 => "have bought on one day",
        3 => "have bought on several days",
        4 => FormattableString.Invariant($"customers without a purchase for {d.DormantGaps} of their average gaps ({d.DormantFloorDays} to {d.DormantCeilingDays} days), or with {d.AliveColumn} below {d.AliveDormantBelow}"),
        _ => FormattableString.Invariant($"customers without a purchase for {d.LostGaps} of their average gaps ({d.LostFloorDays} to {d.LostCeilingDays} days), or with {d.AliveColumn} below {d.AliveLostBelow}"),
    };

    internal LadderStanding Describe(LadderRow row, LadderLife life, LocalDate day, DateTimeZone zone) => new(row, day, zone, definition.Source)
    {
        RungWords = Rung((byte)(row.Rung?.Value ?? 0), life.Figures),
        StageWords = row.Stage is { } stage ? Stage((byte)stage.Value, row.IsStageStated, DayNumber.Of(day), life.Figures) : "nothing was known of them",
        InfluencerWords = Influencer(row),
        BargainHunterWords = BargainHunter(row),
        RungMoves = ValueList<RungMove>.Of(
            life.RungMoves.Select(move => new RungMove(LoyaltyRung.OfCode(move.Code), DayNumber.ToDate(move.Day), Rung(move.Code, move.Figures))), nameof(life)),
        StageMoves = ValueList<StageMove>.Of(
            life.StageMoves.Select(move => new StageMove(LifecycleStage.All[move.Code], DayNumber.ToDate(move.Day), move.IsStated, Stage(move.Code, move.IsStated, move.Day, move.Figures))),
            nameof(life)),
    };

    private static string Signs(LadderDefinition d) => string.Join(" or ", new[]
    {
        (d.FanSigns & FanSigns.Referral) != 0 ? "have brought somebody" : null,
        (d.FanSigns & FanSigns.Liking) != 0 ? FormattableString.Invariant($"like the company ({d.FanLeastLiking} or more)") : null,
        (d.FanSigns & FanSigns.Membership) != 0 ? "are a member" : null,
    }.OfType<string>());

    private static string Date(int day) => FormattableString.Invariant($"{DayNumber.ToDate(day):uuuu-MM-dd}");

    private string Rung(byte code, in LadderFigures f) => code switch
    {
        0 => f.HasInterest ? "has no purchase that was kept" : "has not bought",
        1 => FormattableString.Invariant(
            $"bought on {f.PurchaseDays} {Plural.Of(f.PurchaseDays, "day")}, first on {Date(f.FirstDay)}; not back within {definition.ComeBackDays} days, and no good word"),
        2 => f.ComeBacks > 0
            ? FormattableString.Invariant($"bought again within {definition.ComeBackDays} days, {f.ComeBacks} {Plural.Of(f.ComeBacks, "time")}")
            : $"said on {Date(f.FeelingDay)} that it was good",
        3 => $"{Rhythm(f)}; {NotAFan(f)}",
        _ => FormattableString.Invariant($"{Rhythm(f)}, for {definition.FanMonths} months or more, and {Found(f, TraitAnswer.Yes)}"),
    };

    private string Rhythm(in LadderFigures f) => FormattableString.Invariant(
        $"regular since {Date(f.RegularSince)}: {f.WindowCount} purchase days of the last {definition.RegularWindowDays}, longest gap {f.LongestGap} days, {f.AllowedGap} allowed");

    private string NotAFan(in LadderFigures f) => f.TrueFan == TraitAnswer.Unknown
        ? $"unknown whether true fan: {Found(f, TraitAnswer.Unknown)}"
        : f.IsLong ? $"no true fan: {Found(f, TraitAnswer.No)}"
        : FormattableString.Invariant($"no true fan: not for {definition.FanMonths} months yet");

    // The signs of one answer: what makes it yes, what is missing, or what all say no.
    private string Found(in LadderFigures f, TraitAnswer answer)
    {
        var words = new List<string>();
        Add(FanSigns.Referral, f.HasReferred, "has brought somebody", "referrals are not recorded", "has brought nobody");
        Add(FanSigns.Liking, f.Likes, "likes the company", "nobody noted how much they like the company", "does not like the company that much");
        Add(FanSigns.Membership, f.IsMember, "is a member", "memberships are not recorded", "is no member");
        return string.Join(", ", words);

        void Add(FanSigns sign, TraitAnswer found, string yes, string unknown, string no)
        {
            if ((definition.FanSigns & sign) != 0 && found == answer)
            {
                words.Add(found switch { TraitAnswer.Yes => yes, TraitAnswer.No => no, _ => unknown });
            }
        }
    }

    private string Stage(byte code, bool isStated, int day, in LadderFigures f)
    {
        if (isStated)
        {
            return "stated by the host";
        }

        if (f.PurchaseDays == 0)
        {
            return code == LifecycleStage.Prospect.Value ? "has shown interest, and has no purchase that was kept" : "known, and nothing heard of them";
        }

        string bought = FormattableString.Invariant($"bought on {f.PurchaseDays} {Plural.Of(f.PurchaseDays, "day")}, last on {Date(f.LastDay)}");
        return f.DecidesAlive
            ? FormattableString.Invariant($"{bought}; {definition.AliveColumn} {f.Alive} of {Date(f.AliveDay)}: dormant below {definition.AliveDormantBelow}, lost below {definition.AliveLostBelow}")
            : FormattableString.Invariant($"{bought}; {day - f.LastDay} days of silence: dormant from {f.DormantAfter}, lost from {f.LostAfter}");
    }

    private string Influencer(LadderRow row)
    {
        if (!records.Referrals && row.Referrals == 0)
        {
            return "unknown: nobody's referrals are recorded";
        }

        string money = row.ReferredMoney is { } amount ? $" for {Money.Of(amount, currency)}" : "";
        string found = FormattableString.Invariant($"brought {row.Referrals} in {definition.InfluencerWindowDays} days, {row.ReferredBuyers} of whom bought on {row.ReferredPurchaseDays} ")
            + FormattableString.Invariant($"{Plural.Of(row.ReferredPurchaseDays, "day")}{money} within {definition.InfluencerFollowDays} days of it");
        string needed = FormattableString.Invariant($"takes {definition.InfluencerReferrals} and {definition.InfluencerPurchaseDays} {Plural.Of(definition.InfluencerPurchaseDays, "day")}")
            + (definition.InfluencerMoney is { } least ? $" for {least}" : "");
        string missing = records.Referrals || row.Influencer == TraitAnswer.Yes ? "" : ", and others may not be recorded";
        return $"{Word(row.Influencer)}: {found}{missing}; it {needed}";
    }

    private string BargainHunter(LadderRow row)
    {
        int known = row.DiscountedDays + row.FullPriceDays;
        string found = FormattableString.Invariant($"{row.DiscountedDays} of {known} purchase days of {definition.BargainWindowDays} days whose discounts are known were on discount, of {row.UnknownDiscountDays} they are not known");
        string needed = FormattableString.Invariant($"takes a share of {definition.BargainShare}, of at least {definition.BargainLeastPurchaseDays}");
        return $"{Word(row.BargainHunter)}: {found}; it {needed}";
    }

    private static string Word(TraitAnswer answer) => answer switch { TraitAnswer.Yes => "yes", TraitAnswer.No => "no", _ => "unknown" };
}
