using System.Numerics;

namespace Crm.Core.Segments;

/// <summary>What the numbers of a ladder must be, each and together; all that is wrong is found at once.</summary>
internal static class LadderDefinitionRules
{
    private const int MostDays = 3_660;
    private const int MostCount = 1_000_000;

    /// <summary>Names what is wrong; empty where nothing is.</summary>
    internal static IReadOnlyList<string> Faults(LadderDefinition definition)
    {
        var faults = new List<string>();
        Rungs(definition, faults);
        Traits(definition, faults);
        Stages(definition, faults);
        return faults;
    }

    internal static string Words(IReadOnlyList<string> faults) => $"The definition of a loyalty ladder is wrong: {string.Join("; ", faults)}.";

    private static void Rungs(LadderDefinition d, List<string> faults)
    {
        Between(d.ComeBackDays, 1, MostDays, nameof(d.ComeBackDays), faults);
        Between(d.LeastSentiment, -1, 1, nameof(d.LeastSentiment), faults);
        Between(d.LeastSatisfaction, 0, 1, nameof(d.LeastSatisfaction), faults);
        bool isCounted = Between(d.RegularPurchaseDays, 3, 366, nameof(d.RegularPurchaseDays), faults)
            & Between(d.RegularWindowDays, 2, MostDays, nameof(d.RegularWindowDays), faults);
        Between(d.RegularGapFactor, 1, 100, nameof(d.RegularGapFactor), faults);
        Between(d.RegularGapFloorDays, 1, MostDays, nameof(d.RegularGapFloorDays), faults);
        Between(d.FanMonths, 0, 120, nameof(d.FanMonths), faults);
        Between(d.FanLeastLiking, -1, 1, nameof(d.FanLeastLiking), faults);
        if (d.FanSigns == FanSigns.None || (d.FanSigns & ~(FanSigns.Referral | FanSigns.Liking | FanSigns.Membership)) != 0)
        {
            faults.Add($"{nameof(d.FanSigns)} is {d.FanSigns}, expected at least one of Referral, Liking, Membership");
        }

        if (isCounted && d.RegularPurchaseDays > d.RegularWindowDays)
        {
            faults.Add(FormattableString.Invariant(
                $"{nameof(d.RegularPurchaseDays)} is {d.RegularPurchaseDays}, expected at most the {d.RegularWindowDays} days of {nameof(d.RegularWindowDays)}: else nobody is regular"));
        }
        else if (isCounted && d.ComeBackDays >= 1 && d.ComeBackDays < (d.RegularWindowDays - 1) / (d.RegularPurchaseDays - 1))
        {
            faults.Add(FormattableString.Invariant(
                $"{nameof(d.ComeBackDays)} is {d.ComeBackDays}, expected at least {(d.RegularWindowDays - 1) / (d.RegularPurchaseDays - 1)}: ")
                + FormattableString.Invariant($"{d.RegularPurchaseDays} purchase days in {d.RegularWindowDays} may all be that far apart, and would be regular but not impressed"));
        }
    }

    private static void Traits(LadderDefinition d, List<string> faults)
    {
        Between(d.InfluencerWindowDays, 1, MostDays, nameof(d.InfluencerWindowDays), faults);
        Between(d.InfluencerFollowDays, 0, MostDays, nameof(d.InfluencerFollowDays), faults);
        Between(d.InfluencerReferrals, 1, MostCount, nameof(d.InfluencerReferrals), faults);
        Between(d.InfluencerPurchaseDays, 0, MostCount, nameof(d.InfluencerPurchaseDays), faults);
        if (d.InfluencerMoney is { Amount: < 0 } money)
        {
            faults.Add($"{nameof(d.InfluencerMoney)} is {money}, expected 0 or more, or null where it does not matter");
        }

        Between(d.BargainWindowDays, 1, 10 * MostDays, nameof(d.BargainWindowDays), faults);
        AboveZero(d.BargainShare, 1, nameof(d.BargainShare), faults);
        Between(d.BargainLeastDiscount, 0, 1, nameof(d.BargainLeastDiscount), faults);
        Between(d.BargainLeastPurchaseDays, 1, MostCount, nameof(d.BargainLeastPurchaseDays), faults);
    }

    private static void Stages(LadderDefinition d, List<string> faults)
    {
        Between(d.AssumedGapDays, 1, MostDays, nameof(d.AssumedGapDays), faults);
        AboveZero(d.DormantGaps, 100, nameof(d.DormantGaps), faults);
        AboveZero(d.LostGaps, 100, nameof(d.LostGaps), faults);
        Between(d.DormantFloorDays, 1, 10 * MostDays, nameof(d.DormantFloorDays), faults);
        Between(d.DormantCeilingDays, 1, 10 * MostDays, nameof(d.DormantCeilingDays), faults);
        Between(d.LostFloorDays, 1, 10 * MostDays, nameof(d.LostFloorDays), faults);
        Between(d.LostCeilingDays, 1, 10 * MostDays, nameof(d.LostCeilingDays), faults);
        Between(d.AliveDays, 1, MostDays, nameof(d.AliveDays), faults);
        Between(d.AliveDormantBelow, 0, 1, nameof(d.AliveDormantBelow), faults);
        Between(d.AliveLostBelow, 0, 1, nameof(d.AliveLostBelow), faults);
        Ordered(d.DormantFloorDays, d.DormantCeilingDays, mayBeEqual: true, nameof(d.DormantFloorDays), nameof(d.DormantCeilingDays), faults);
        Ordered(d.LostFloorDays, d.LostCeilingDays, mayBeEqual: true, nameof(d.LostFloorDays), nameof(d.LostCeilingDays), faults);
        Ordered(d.DormantGaps, d.LostGaps, mayBeEqual: false, nameof(d.DormantGaps), nameof(d.LostGaps), faults);
        Ordered(d.DormantFloorDays, d.LostFloorDays, mayBeEqual: false, nameof(d.DormantFloorDays), nameof(d.LostFloorDays), faults);
        Ordered(d.DormantCeilingDays, d.LostCeilingDays, mayBeEqual: false, nameof(d.DormantCeilingDays), nameof(d.LostCeilingDays), faults);
        Ordered(d.AliveLostBelow, d.AliveDormantBelow, mayBeEqual: false, nameof(d.AliveLostBelow), nameof(d.AliveDormantBelow), faults);
        if (d.Source == SourceId.None)
        {
            faults.Add($"{nameof(d.Source)} is none, expected the source that computed stages carry");
        }

        if (!IdText.IsStorable(d.AliveColumn))
        {
            faults.Add($"{nameof(d.AliveColumn)} is no name, expected 1 to 128 characters");
        }
    }

    // Written so that NaN fails.
    private static bool Between<T>(T value, T least, T most, string name, List<string> faults)
        where T : INumber<T>
    {
        if (value >= least && value <= most)
        {
            return true;
        }

        faults.Add(FormattableString.Invariant($"{name} is {value}, expected {least} to {most}"));
        return false;
    }

    private static void AboveZero(decimal value, decimal most, string name, List<string> faults)
    {
        if (value <= 0 || value > most)
        {
            faults.Add(FormattableString.Invariant($"{name} is {value}, expected a number above 0, at most {most}"));
        }
    }

    private static void Ordered<T>(T lower, T upper, bool mayBeEqual, string lowerName, string upperName, List<string> faults)
        where T : INumber<T>
    {
        if (lower > upper || (lower == upper && !mayBeEqual))
        {
            faults.Add(FormattableString.Invariant($"{lowerName} is {lower} and {upperName} {upper}, expected the first to be {(mayBeEqual ? "at most" : "below")} the second"));
        }
    }
}
