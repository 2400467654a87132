using System.Text.Json.Nodes;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>What a definition may say, and how it is kept.</summary>
public sealed class LadderDefinitionTests
{
    public static TheoryData<string, LadderDefinition> Wrong => new()
    {
        { "ComeBackDays is 0, expected 1 to 3660", new() { ComeBackDays = 0, RegularWindowDays = 4 } },
        { "LeastSentiment is -1.5, expected -1 to 1", new() { LeastSentiment = -1.5 } },
        { "LeastSatisfaction is NaN, expected 0 to 1", new() { LeastSatisfaction = double.NaN } },
        { "RegularPurchaseDays is 2, expected 3 to 366", new() { RegularPurchaseDays = 2 } },
        { "RegularWindowDays is 0, expected 2 to 3660", new() { RegularWindowDays = 0 } },
        { "RegularGapFactor is 0.9, expected 1 to 100", new() { RegularGapFactor = 0.9m } },
        { "RegularGapFloorDays is 0, expected 1 to 3660", new() { RegularGapFloorDays = 0 } },
        { "FanMonths is 121, expected 0 to 120", new() { FanMonths = 121 } },
        { "FanSigns is None, expected at least one of Referral, Liking, Membership", new() { FanSigns = FanSigns.None } },
        { "FanSigns is 9, expected at least one of Referral, Liking, Membership", new() { FanSigns = (FanSigns)9 } },
        { "FanLeastLiking is 2, expected -1 to 1", new() { FanLeastLiking = 2 } },
        { "InfluencerWindowDays is 0, expected 1 to 3660", new() { InfluencerWindowDays = 0 } },
        { "InfluencerFollowDays is -1, expected 0 to 3660", new() { InfluencerFollowDays = -1 } },
        { "InfluencerReferrals is 0, expected 1 to 1000000", new() { InfluencerReferrals = 0 } },
        { "InfluencerPurchaseDays is -1, expected 0 to 1000000", new() { InfluencerPurchaseDays = -1 } },
        { "InfluencerMoney is -1 EUR, expected 0 or more, or null where it does not matter", new() { InfluencerMoney = Money.Of(-1, Currency.Eur) } },
        { "BargainWindowDays is 0, expected 1 to 36600", new() { BargainWindowDays = 0 } },
        { "BargainShare is 1.1, expected a number above 0, at most 1", new() { BargainShare = 1.1m } },
        { "BargainShare is 0, expected a number above 0, at most 1", new() { BargainShare = 0 } },
        { "BargainLeastDiscount is 1.1, expected 0 to 1", new() { BargainLeastDiscount = 1.1 } },
        { "BargainLeastPurchaseDays is 0, expected 1 to 1000000", new() { BargainLeastPurchaseDays = 0 } },
        { "AssumedGapDays is 0, expected 1 to 3660", new() { AssumedGapDays = 0 } },
        { "DormantGaps is 0, expected a number above 0, at most 100", new() { DormantGaps = 0 } },
        { "LostGaps is 101, expected a number above 0, at most 100", new() { LostGaps = 101 } },
        { "AliveDays is 0, expected 1 to 3660", new() { AliveDays = 0 } },
        { "AliveColumn is no name, expected 1 to 128 characters", new() { AliveColumn = "" } },
        { "Source is none, expected the source that computed stages carry", new() { Source = SourceId.None } },
        { "RegularPurchaseDays is 9, expected at most the 8 days of RegularWindowDays: else nobody is regular", new() { RegularPurchaseDays = 9, RegularWindowDays = 8 } },
        {
            "ComeBackDays is 120, expected at least 121: 4 purchase days in 365 may all be that far apart, and would be regular but not impressed",
            new() { ComeBackDays = 120 }
        },
        { "DormantFloorDays is 366 and DormantCeilingDays 365, expected the first to be at most the second", new() { DormantFloorDays = 366, LostFloorDays = 400 } },
        { "LostFloorDays is 1096 and LostCeilingDays 1095, expected the first to be at most the second", new() { LostFloorDays = 1096 } },
        { "DormantGaps is 6 and LostGaps 6, expected the first to be below the second", new() { DormantGaps = 6 } },
        { "DormantFloorDays is 180 and LostFloorDays 180, expected the first to be below the second", new() { DormantFloorDays = 180 } },
        { "DormantCeilingDays is 1095 and LostCeilingDays 1095, expected the first to be below the second", new() { DormantCeilingDays = 1095 } },
        { "AliveLostBelow is 0.5 and AliveDormantBelow 0.5, expected the first to be below the second", new() { AliveLostBelow = 0.5 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Of_AWrongNumber_NamesItAndNothingElse(string fault, LadderDefinition definition)
    {
        var refusal = Assert.Throws<ArgumentException>(() => LoyaltyLadder.Of(definition));
        Assert.Equal("definition", refusal.ParamName);
        Assert.StartsWith($"The definition of a loyalty ladder is wrong: {fault}.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManyWrongNumbers_NamesAllTogether()
    {
        var refusal = Assert.Throws<ArgumentException>(() => LoyaltyLadder.Of(new() { InfluencerWindowDays = 0, BargainShare = 2, FanSigns = FanSigns.None, AliveDays = -5 }));
        Assert.Equal(4, refusal.Message.Split(';').Length);
    }

    [Fact]
    public void Of_EveryLimit_IsTaken() => Assert.Equal(0, LoyaltyLadder.Of(new()
    {
        ComeBackDays = 1,
        RegularPurchaseDays = 3,
        RegularWindowDays = 4,
        RegularGapFactor = 1,
        RegularGapFloorDays = 1,
        FanMonths = 0,
        InfluencerWindowDays = 1,
        InfluencerFollowDays = 0,
        InfluencerReferrals = 1,
        InfluencerPurchaseDays = 0,
        BargainShare = 1,
        BargainLeastPurchaseDays = 1,
        DormantFloorDays = 365,
        LostFloorDays = 1_095,
        AliveLostBelow = 0,
        AliveDormantBelow = 1,
    }).Definition.FanMonths);

    [Fact]
    public void Json_OfADefinition_BringsItBack()
    {
        LadderDefinition adjusted = new()
        {
            ComeBackDays = 200,
            BargainLeastDiscount = 0.1,
            FanMonths = 0,
            FanSigns = FanSigns.Liking | FanSigns.Membership,
            InfluencerMoney = Money.Of(12.50m, Currency.Eur),
            LostGaps = 7.25m,
            Source = SourceId.Of("ladder"),
            AliveColumn = "p",
        };
        foreach (LadderDefinition definition in new[] { LadderDefinition.Default, adjusted, adjusted with { InfluencerPurchaseDays = 0, AliveLostBelow = 0 } })
        {
            Assert.Equal(definition, LadderDefinitionJson.Read(LadderDefinitionJson.Write(definition)));
        }
    }

    [Fact]
    public void Json_OfADefinition_WritesEveryNumber()
    {
        JsonNode document = JsonNode.Parse(LadderDefinitionJson.Write(LadderDefinition.Default))!;
        Assert.Equal(LadderDefinitionJson.CurrentSchema, (int)document["schema"]!);
        int settable = typeof(LadderDefinition).GetProperties().Count(property => property.SetMethod is not null);
        Assert.Equal(settable, document["ladder"]!.AsObject().Count);
        Assert.Equal("referral, liking, membership", (string?)document["ladder"]!["fanSigns"]);
    }

    // As written by hand: what is left out is as in the default.
    [Fact]
    public void Json_WrittenByHand_IsRead() => Assert.Equal(
        LadderDefinition.Default with { FanMonths = 6, BargainShare = 0.75m, InfluencerMoney = Money.Of(100, Currency.Usd) },
        LadderDefinitionJson.Read("""{"schema": 1, "ladder": {"fanMonths": 6, "bargainShare": 0.75, "influencerMoney": "100 USD"}}"""));

    [Theory]
    [InlineData("""{"schema": 1, "ladder": {"fanMonth": 6}}""", "fanMonth")]
    [InlineData("""{"schema": 1, "ladder": {"fanMonths": "six"}}""", "$.ladder.fanMonths")]
    [InlineData("""{"schema": 1, "ladder": {"fanMonths": 6, "fanMonths": 7}}""", "ladder")]
    [InlineData("""{"schema": 1, "ladder": {"fanSigns": "fame"}}""", "$.ladder.fanSigns")]
    [InlineData("""{"schema": 1, "ladder": null}""", "its ladder is null")]
    [InlineData("""{"schema": 1}""", "does not read as one")]
    [InlineData("""{"schema": 2, "ladder": {}}""", "schema 2")]
    [InlineData("""{"ladder": {}}""", "no schema number")]
    [InlineData("""{"schema": 1, "ladder": {"fanMonths": -6, "bargainShare": 3}}""", "FanMonths is -6, expected 0 to 120; BargainShare is 3")]
    [InlineData("""{"schema": 1, "ladder": {"aliveColumn": null}}""", "AliveColumn is no name")]
    [InlineData("nothing", "does not read as one")]
    public void Json_ThatIsNone_IsRefusedWithThePlace(string json, string place) =>
        Assert.Contains(place, Assert.Throws<FormatException>(() => LadderDefinitionJson.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void AliveScore_OutOfRange_IsRefused()
    {
        foreach (double wrong in new[] { -0.1, 1.1, double.NaN })
        {
            Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => AliveScore.Of(new LocalDate(2026, 1, 1), wrong)).ParamName);
        }
    }

    [Fact]
    public void Rungs_AndTraits_AreFoundByName()
    {
        Assert.All(LoyaltyRung.All, rung => Assert.Same(rung, LoyaltyRung.FromName(rung.Name)));
        Assert.All(LoyaltyTrait.All, trait => Assert.Same(trait, LoyaltyTrait.FromName(trait.Name)));
        Assert.Equal([1, 2, 3, 4], LoyaltyRung.All.Select(rung => rung.Value));
        Assert.Equal(LoyaltyRung.List.Count, LoyaltyRung.All.Count);
        Assert.Equal(LoyaltyTrait.List.Count, LoyaltyTrait.All.Count);
    }
}
