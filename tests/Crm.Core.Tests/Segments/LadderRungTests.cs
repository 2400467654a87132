using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Rungs, worked by hand on the days on which they begin and end. Numbers of the definition are the default ones unless a test says so.</summary>
public sealed class LadderRungTests
{
    // Four purchase days, 30 days apart: an average gap of 30, so up to 90 days of silence are allowed.
    private static Life Monthly => new Life().BoughtOn(0, 30, 60, 90);

    [Fact]
    public void Rung_WithoutAPurchase_IsNone()
    {
        LadderStanding standing = new Life().Did(0, new EnquiryDetail()).On(500);
        Assert.Null(standing.Rung);
        Assert.Null(standing.Row.RungSince);
        Assert.Empty(standing.RungMoves);
        Assert.Equal("has no purchase that was kept", standing.RungWords);
    }

    [Fact]
    public void New_AfterOnePurchase_AsLongAsNothingElseIsHeard() => Assert.Equal("3:new", new Life().BoughtOn(3, 3).Rungs(5_000));

    [Theory]
    [InlineData(180, "0:new 180:impressed")]
    [InlineData(181, "0:new")]
    public void Impressed_ByComingBack_WithinTheDays(int second, string rungs) => Assert.Equal(rungs, new Life().BoughtOn(0, second).Rungs(300));

    [Fact]
    public void Impressed_ByASecondComingBack_CountsLikeTheFirst() => Assert.Equal("0:new 600:impressed", new Life().BoughtOn(0, 500, 600).Rungs(900));

    [Theory]
    [InlineData(0.5, "0:new 7:impressed")]
    [InlineData(0.49, "0:new")]
    public void Impressed_BySentiment_FromTheLeastOn(double sentiment, string rungs) =>
        Assert.Equal(rungs, new Life().Bought(0).Did(7, new NoteDetail { Text = "" }, sentiment).Rungs(30));

    [Theory]
    [InlineData(0.8, "0:new 7:impressed")]
    [InlineData(0.79, "0:new")]
    public void Impressed_BySatisfaction_FromTheLeastOn(double satisfaction, string rungs) =>
        Assert.Equal(rungs, new Life().Bought(0).Did(7, new ServiceCaseDetail { Step = CaseStep.Solved, Satisfaction = satisfaction }).Rungs(30));

    [Fact]
    public void Impressed_ByAGoodWord_EndsWithABadOne() => Assert.Equal(
        "0:new 7:impressed 9:new",
        new Life().Bought(0).Did(7, new NoteDetail { Text = "" }, 1).Did(9, new ComplaintDetail(), -1).Rungs(30));

    [Fact]
    public void Impressed_ByWordsOfOneDay_TakesTheWorst() =>
        Assert.Equal("0:new", new Life().Bought(0).Did(7, new NoteDetail { Text = "" }, -1).Did(7, new NoteDetail { Text = "" }, 1).Rungs(30));

    [Fact]
    public void Impressed_ByAWordBeforeTheFirstPurchase_IsNot() => Assert.Equal("5:new", new Life().Did(4, new NoteDetail { Text = "" }, 1).Bought(5).Rungs(30));

    // Regular through day 180, the last on which the silence is the 90 days allowed.
    [Fact]
    public void Regular_WithFourDaysInAYear_UntilTheSilenceIsTooLong()
    {
        Assert.Equal("0:new 30:impressed 90:regular 181:impressed", Monthly.Rungs(400));
        Assert.Equal(LoyaltyRung.Regular, Monthly.On(180).Rung);
        Assert.Equal(
            "regular since 2026-04-01: 4 purchase days of the last 365, longest gap 30 days, 90 allowed; no true fan: not for 12 months yet", Monthly.On(180).RungWords);
    }

    // Days 0, 90, 180, 364: the window of the day 364 is the days 0 to 364; that of the day 365 lacks the first.
    [Theory]
    [InlineData(364, "0:new 90:impressed 364:regular 365:impressed")]
    [InlineData(365, "0:new 90:impressed")]
    public void Regular_ByItsWindow_WhoseFirstDayCounts(int fourth, string rungs) => Assert.Equal(rungs, new Life().BoughtOn(0, 90, 180, fourth).Rungs(400));

    // Days 0, 1, 2, 3 have an average gap of 1; the floor allows 14 days all the same. A gap of 15 breaks it: three times the average of 0 to 18 is 13.
    [Theory]
    [InlineData(14, "0:new 1:impressed 3:regular")]
    [InlineData(15, "0:new 1:impressed 3:regular 18:impressed")]
    public void Regular_OfShortGaps_IsBrokenAboveTheFloorOnly(int gap, string rungs) => Assert.Equal(rungs, new Life().BoughtOn(0, 1, 2, 3, 3 + gap).Rungs(3 + gap));

    [Fact]
    public void Regular_ByAnUnevenRhythm_BreaksAtTheGapFactor()
    {
        // Gaps 20, 20, 20, 20, 20 and then g: three times the average (100 + g) / 6 is 50 + g / 2, which g reaches at 100.
        Life Then(int gap) => new Life().BoughtOn(0, 20, 40, 60, 80, 100, 100 + gap);
        Assert.Equal(LoyaltyRung.Regular, Then(100).On(200).Rung);
        Assert.Equal(LoyaltyRung.Impressed, Then(101).On(201).Rung);

        // And the silence alone broke it before that: 3 × 20 = 60 days.
        Assert.Equal("0:new 20:impressed 60:regular 161:impressed 200:regular", Then(100).Rungs(200));
    }

    [Fact]
    public void Regular_OfOldGaps_ComesBackWhenTheyLeaveTheWindow()
    {
        // The gap of 101 days stands in the window until its first day is out: on day 100 + 365.
        Life life = new Life().BoughtOn([.. Enumerable.Range(0, 6).Select(i => 20 * i), .. Enumerable.Range(0, 14).Select(i => 201 + (20 * i))]);
        Assert.Equal(LoyaltyRung.Impressed, life.On(464).Rung);
        Assert.Equal(LoyaltyRung.Regular, life.On(465).Rung);
        Assert.Equal(Life.Day(465), life.On(465).Row.RungSince);
    }

    [Fact]
    public void Rung_AfterReturns_FallsOnTheDayOfTheReturn()
    {
        Life life = new Life().Bought(0, 10, "a").Bought(5, 20, "b").Returned(8, 20, "b").Returned(9, 9).Returned(12, 1);
        Assert.Equal("0:new 5:impressed 8:new 12:none", life.Rungs(30));
        Assert.Equal(Life.Day(12), life.On(30).Row.RungSince);
    }

    [Fact]
    public void Rung_OfAPurchaseForNothing_StaysWhateverComesBack() => Assert.Equal("0:new", new Life().Bought(0, 0).Returned(3).Rungs(30));

    // A return that is told before the purchase it names waits for it; one of an unknown purchase takes nothing.
    [Fact]
    public void Rung_AfterAReturnOfALaterOrUnknownPurchase() => Assert.Equal(
        "0:new", new Life().Bought(0).Returned(2, 10, "later").Returned(2, 10, "never").Bought(5, 10, "later").Rungs(30));

    [Theory]
    [InlineData(0.7, "true-fan")]
    [InlineData(0.69, "regular")]
    public void TrueFan_ByLiking_FromTheLeastOn(double strength, string rung) => Assert.Equal(rung, Faithful().Is(Life.Likes(strength, 0)).On(500).Rung!.Name);

    // Regular from day 90 (1 April 2026): a true fan from 1 April 2027, day 455.
    [Fact]
    public void TrueFan_AfterTheMonths_IfAMember()
    {
        Assert.Equal("0:new 30:impressed 90:regular 455:true-fan", Faithful().Is(Life.Member(0)).Rungs(500));
        Assert.Equal("0:new 30:impressed 90:regular 460:true-fan 470:regular", Faithful().Is(Life.Member(460, until: 470)).Rungs(500));
        Assert.StartsWith("regular since 2026-04-01", Faithful().Is(Life.Member(0)).On(500).RungWords, StringComparison.Ordinal);
    }

    [Fact]
    public void TrueFan_ByAReferral_FromTheDayOfIt()
    {
        Assert.Equal("0:new 30:impressed 90:regular 458:true-fan", Faithful().Rungs(500, brought: new Life("bob").Bought(458, by: "ada")));
        var fact = new Referral { By = CustomerId.Of("ada"), Dates = Life.From(459) };
        Assert.Equal("0:new 30:impressed 90:regular 459:true-fan", Faithful().Rungs(500, brought: new Life("bob").Is(fact)));
        Assert.Equal("0:new 30:impressed 90:regular", Faithful().Rungs(500, brought: new Life("bob").Bought(458, by: "eve")));
    }

    [Fact]
    public void TrueFan_WhereDataAreAbsent_IsUnknownAndTheRungRegular()
    {
        LadderStanding nothing = Faithful().On(500, records: default(LadderRecords));
        Assert.Equal((LoyaltyRung.Regular, TraitAnswer.Unknown), (nothing.Rung, nothing.Row.TrueFan));
        Assert.EndsWith(
            "unknown whether true fan: referrals are not recorded, nobody noted how much they like the company, memberships are not recorded", nothing.RungWords, StringComparison.Ordinal);

        LadderStanding disliked = Faithful().Is(Life.Likes(0, 0)).On(500);
        Assert.Equal((LoyaltyRung.Regular, TraitAnswer.No), (disliked.Rung, disliked.Row.TrueFan));
        Assert.EndsWith("no true fan: has brought nobody, does not like the company that much, is no member", disliked.RungWords, StringComparison.Ordinal);

        // What is not asked for cannot be missing.
        LoyaltyLadder byMembership = LoyaltyLadder.Of(new() { FanSigns = FanSigns.Membership });
        Assert.Equal(TraitAnswer.No, Faithful().On(500, byMembership).Row.TrueFan);
        Assert.Equal(TraitAnswer.Unknown, Faithful().On(500, byMembership, default(LadderRecords)).Row.TrueFan);
    }

    [Fact]
    public void TrueFan_BeforeTheMonths_IsNoWhateverIsMissing() => Assert.Equal(TraitAnswer.No, Faithful().On(454, records: default(LadderRecords)).Row.TrueFan);

    [Fact]
    public void TrueFan_AfterABreak_TakesTheMonthsAgain()
    {
        // 91 days of silence after day 390 break the rhythm of 30 days; on day 481 the months begin again.
        Life life = Faithful(390).BoughtOn(482, 512, 542).Is(Life.Member(0));
        Assert.Equal("0:new 30:impressed 90:regular 455:true-fan 481:impressed 482:regular", life.Rungs(560));
    }

    [Fact]
    public void Liking_NotedLater_TakesThePlaceOfTheFormer()
    {
        Life life = Faithful().Is(Life.Likes(0.9, 0)).Is(Life.Likes(-0.5, 460, until: 480));
        Assert.Equal("0:new 30:impressed 90:regular 455:true-fan 460:regular 480:true-fan", life.Rungs(500));
    }

    [Fact]
    public void Days_AreThoseOfTheZone()
    {
        // Noon in UTC is the next day in Apia (UTC+13).
        LoyaltyLadder apia = LoyaltyLadder.Of(LadderDefinition.Default, DateTimeZoneProviders.Tzdb["Pacific/Apia"]);
        Assert.Equal("1:new 31:impressed", new Life().BoughtOn(0, 30).Rungs(40, apia));
    }

    private static Life Faithful(int last = 480) => new Life().BoughtOn([.. Enumerable.Range(0, (last / 30) + 1).Select(month => 30 * month)]);

    // Who dislikes a shoe may like the company, and the other way round.
    [Theory]
    [InlineData(1, 0, "true-fan")]
    [InlineData(-1, 0.9, "regular")]
    public void TrueFan_ByLiking_OfTheCompanyOnly(double company, double shoe, string rung)
    {
        Life life = new Life().BoughtOn(0, 30, 60, 90)
            .Is(new Attitude { Kind = AttitudeKind.Liking, Strength = company, Dates = Life.From(1) })
            .Is(new Attitude { Kind = AttitudeKind.Liking, Strength = shoe, Product = ProductId.Of("shoe-7"), Dates = Life.From(50) });
        Assert.Equal(rung, life.On(100, LoyaltyLadder.Of(new() { FanMonths = 0, FanSigns = FanSigns.Liking })).Rung!.Name);
    }
}
