using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Stages of the lifecycle, worked by hand on the days on which they begin, by the default numbers unless a test says so.</summary>
public sealed class LadderStageTests
{
    [Fact]
    public void Stage_BeforeAnythingIsKnown_IsNone()
    {
        LadderStanding standing = new Life().Bought(9).On(8);
        Assert.Null(standing.Stage);
        Assert.Empty(standing.StageMoves);
        Assert.Equal("nothing was known of them", standing.StageWords);
    }

    [Fact]
    public void Stages_FromTheListToTheFirstPurchase()
    {
        Life life = new Life().Is(CustomerName.Of("Ada", Life.From(1))).Did(3, new CampaignContactDetail())
            .Did(5, new CampaignResponseDetail { Response = ResponseKind.Opened }).Did(6, new VisitDetail(), direction: Direction.Outbound)
            .Did(7, new CampaignResponseDetail { Response = ResponseKind.Clicked }).Bought(20);
        Assert.Equal("1:suspect 7:prospect 20:first-time", life.Stages(30));
        Assert.Equal("bought on 1 day, last on 2026-01-21; 10 days of silence: dormant from 270, lost from 540", life.On(30).StageWords);
    }

    // One purchase: the gap is taken to be 90 days; dormant after 3, lost after 6 of them.
    [Fact]
    public void Stages_AfterOnePurchase_ByTheAssumedGap() => Assert.Equal("0:first-time 270:dormant 540:lost", new Life().Bought(0).Stages(1_000));

    // Gaps of 40: dormant after 120, lost after 240 days.
    [Fact]
    public void Stages_ByTheOwnAverageGap() => Assert.Equal("0:first-time 40:repeat 200:dormant 320:lost", new Life().BoughtOn(0, 40, 80).Stages(1_000));

    // 0, 1, 3: the average is 1.5 and three of it 4.5, below the floors of 60 and 180. 0 and 500: above the ceilings of 365 and 1,095.
    [Theory]
    [InlineData(1, 3, "0:first-time 1:repeat 63:dormant 183:lost")]
    [InlineData(500, 1000, "0:first-time 270:dormant 500:repeat 865:dormant 1000:repeat 1365:dormant 2095:lost")]
    public void Stages_ByTheOwnAverageGap_WithinFloorAndCeiling(int second, int third, string stages) =>
        Assert.Equal(stages, new Life().BoughtOn(0, second, third).Stages(5_000));

    // The average of 41 and 42 is 41.5, and three of it 124.5: the 125th day of silence is the first that is as long.
    [Fact]
    public void Stages_OfAFractionOfADay_ComeOnTheFirstWholeDayThatIsAsLong()
    {
        Assert.Equal("0:first-time 41:repeat 208:dormant", new Life().BoughtOn(0, 41, 83).Stages(208));
        Assert.Equal("0:first-time 41:repeat", new Life().BoughtOn(0, 41, 83).Stages(207));
    }

    [Fact]
    public void Stages_OfOneWhoComesBack_AreRepeatAgain() =>
        Assert.Equal("0:first-time 270:dormant 540:lost 600:repeat", new Life().BoughtOn(0, 600).Stages(900));

    [Fact]
    public void Stages_AfterAFullReturn_AreThoseOfAProspect() => Assert.Equal("0:first-time 4:prospect", new Life().Bought(0).Returned(4).Stages(900));

    [Theory]
    [InlineData(0.5, "0:first-time")]
    [InlineData(0.49, "0:first-time 100:dormant 131:first-time")]
    [InlineData(0.1, "0:first-time 100:dormant 131:first-time")]
    [InlineData(0.09, "0:first-time 100:lost 131:first-time")]
    public void Stages_ByAModel_ForItsDays(double probability, string stages)
    {
        Assert.Equal(stages, new Life().Bought(0).Scored(100, probability).Stages(200));
        Assert.Contains($"p_alive {FormattableString.Invariant($"{probability}")} of 2026-04-11", new Life().Bought(0).Scored(100, probability).On(130).StageWords, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_ByAModel_DecideAgainstTheSilence() => Assert.Equal(
        "0:first-time 291:dormant", new Life().Bought(0).Scored(260, 0.9).Stages(300));

    [Fact]
    public void Stages_ByAModelThatHasNotSeenAPurchase_AreNotDecidedByIt() =>
        Assert.Equal("0:first-time 10:dormant 12:repeat", new Life().Bought(0).Scored(10, 0.2).Bought(12).Stages(40));

    [Fact]
    public void Stages_StatedByTheHost_HoldFromTheirDayUntilTheirEnd()
    {
        Life life = new Life().Bought(0).Is(Life.Stage(LifecycleStage.Lost, 10, until: 300)).Bought(20);
        Assert.Equal("0:first-time 10:lost! 300:lost", life.Stages(310)); // silent since day 20: lost, by the floor, since day 200
        Assert.Equal("stated by the host", life.On(250).StageWords);
        Assert.Equal(Life.Day(10), life.On(250).Row.StageSince);
    }

    [Fact]
    public void Stages_StatedByTheHost_GiveWayToLaterOnes() => Assert.Equal(
        "0:first-time 10:lost! 15:repeat!", new Life().Bought(0).Is(Life.Stage(LifecycleStage.Lost, 10)).Is(Life.Stage(LifecycleStage.Repeat, 15)).Stages(2_000));

    [Fact]
    public void Stages_StatedBeforeAnythingElse_BeginTheLife() => Assert.Equal(
        "2:prospect! 5:suspect", new Life().Is(Life.Stage(LifecycleStage.Prospect, 2, until: 5) with { Dates = Life.From(2, 5) with { RecordedAt = Life.Noon(4) } }).Stages(9));

    [Fact]
    public void ToStages_OfAStanding_AreFactsThatGiveTheStageOfEveryDay()
    {
        Life life = new Life().Bought(0).Is(Life.Stage(LifecycleStage.Dormant, 300, until: 400)).Bought(290);
        LadderStanding standing = life.On(1_500);
        IReadOnlyList<StageReached> facts = standing.ToStages(Life.Noon(1_500));
        Assert.All(facts, fact => Assert.Equal(LadderDefinition.Default.Source, fact.Dates.Source));
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 0, 0), facts[0].Dates.ValidFrom);
        Customer customer = life.Told.Customer.With(facts);
        for (int day = 0; day <= 1_500; day++)
        {
            AsOf end = AsOf.Hindsight(LoyaltyLadder.Default.EndOf(Life.Day(day)));
            Assert.Equal(life.On(day).Stage, customer.LatestOf<StageReached>(end)?.Stage);
        }

        // Its own facts are not what somebody stated.
        Assert.Equal(standing, LoyaltyLadder.Default.Evaluate(life.Told with { Customer = customer }, Life.Day(1_500), Life.Recorded));
    }

    [Fact]
    public void AsOf_ALatePurchaseAndACorrection_ShowsBothWhatWasKnownAndWhatWas()
    {
        Life life = new Life().Bought(0);
        Interaction late = new Life().Bought(40).Last with { Id = InteractionId.Of("late"), RecordedAt = Life.Noon(100) };
        LadderCustomer ada = life.And(late).And(late with
        {
            Id = InteractionId.Of("retraction"),
            Corrects = late.Id,
            RecordedAt = Life.Noon(200),
            Detail = new RetractionDetail(),
        }).Told;
        LifecycleStage? Stage(int trueAt, int knownAt) => LoyaltyLadder.Default.Evaluate(ada, new AsOf(Life.Noon(trueAt), Life.Noon(knownAt)), Life.Recorded).Stage;
        Assert.Equal(LifecycleStage.FirstTime, Stage(50, 50));
        Assert.Equal(LifecycleStage.Repeat, Stage(50, 100));
        Assert.Equal(LifecycleStage.FirstTime, Stage(50, 200));
    }

    [Fact]
    public void AsOf_AMomentWithinADay_LeavesOutWhatCameAfterIt()
    {
        LadderCustomer ada = new Life().BoughtOn(0, 7).Told;
        Assert.Equal(LifecycleStage.FirstTime, LoyaltyLadder.Default.Evaluate(ada, AsOf.At(Life.Noon(7) - Duration.Epsilon), Life.Recorded).Stage);
        Assert.Equal(LifecycleStage.Repeat, LoyaltyLadder.Default.Evaluate(ada, AsOf.At(Life.Noon(7)), Life.Recorded).Stage);
    }

    [Fact]
    public void Evaluate_AtTheEndsOfTime_IsAnswered()
    {
        LadderCustomer ada = new Life().BoughtOn(0, 7).Is(Life.Member(0) with { Dates = FactDates.Of(SourceId.Of("crm"), Instant.MinValue) }).Told;
        Assert.Equal(LifecycleStage.Lost, LoyaltyLadder.Default.Evaluate(ada, AsOf.At(Instant.MaxValue), Life.Recorded).Stage);
        Assert.Equal(LifecycleStage.Suspect, LoyaltyLadder.Default.Evaluate(ada, AsOf.Hindsight(Instant.MinValue), Life.Recorded).Stage);
        Assert.Equal(LifecycleStage.Lost, LoyaltyLadder.Default.Evaluate(ada, LocalDate.MaxIsoValue, Life.Recorded).Stage);
    }

    [Fact]
    public void Evaluate_WithAnotherCustomersInteraction_RefusesIt()
    {
        LadderCustomer ada = new Life().And(new Life("bob").Bought(1).Last).Told;
        var refusal = Assert.Throws<ArgumentException>(() => LoyaltyLadder.Default.Evaluate(ada, Life.Day(9), default));
        Assert.Contains("is none of customer ada", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OfAPurchaseThatACorrectionMovedAway_CountsItNoMore()
    {
        Life life = new Life().BoughtOn(0, 7);
        Interaction moved = life.Last with { Id = InteractionId.Of("moved"), Corrects = life.Last.Id, Customer = CustomerId.Of("bob") };
        Assert.Equal("0:first-time", life.And(moved).Stages(20));
    }
}
